// Loaded into each process that we start: it ends, with its group, when we have ended, even by a kill -9.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
// The channel must not keep it running.
process.channel?.unref();
