/**
 * Loaded into the processes we start before their own code: ends them and their children when the
 * process that started them is gone, however that one ended (a kill -9 leaves no time to clean up).
 * They lead a process group of their own.
 */
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
// The channel alone must not keep them running.
process.channel?.unref();
