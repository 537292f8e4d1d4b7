/**
 * Runs a program that is not Node.js for a process that may be killed: `guard.cjs <JSON>` with
 * command, args, cwd, stopSignal and, for another user, uid and gid. It is started with
 * endWithParent.cjs, which ends this process group when the one that started it is gone.
 */
const { spawn } = require('node:child_process');

const { command, args, cwd, stopSignal, uid, gid } = JSON.parse(process.argv[2]);
const child = spawn(command, args, { cwd, uid, gid, stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => child.kill(stopSignal));
