import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from './cleanup';
import { END_WITH_PARENT, signalGroup } from './command';

const READY_MILLISECONDS = 300_000;
const STOP_MILLISECONDS = 15_000;

/** A Node.js process of our own that goes on until it is ended. */
export interface OwnProcess {
	/** What it is, for messages. */
	name: string;
	pid: number;
	/** What it and its children print. */
	logFile: string;
	/** Settles when it ends, whoever ended it. */
	ended: Promise<void>;
}

export interface ProcessOptions {
	name: string;
	node: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	logFile: string;
}

/**
 * Starts a Node.js process that ends with this one, however that happens. The cleanup ends it in
 * good order, from the first moment on.
 */
export function startProcess(
	{ name, node, args, cwd, env, logFile }: ProcessOptions,
	cleanup: Cleanup,
): OwnProcess {
	const log = openSync(logFile, 'a');
	const child = spawn(node, ['--require', END_WITH_PARENT, ...args], {
		cwd,
		env,
		stdio: ['ignore', log, log, 'ipc'],
		// A process group of its own: Ctrl-C then reaches us alone, and we end things in order.
		detached: true,
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	cleanup.add(async () => await stopProcess(child, ended));
	// For the ends that leave no time to wait, such as an exception nobody caught.
	const stopAtExit = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
	process.once('exit', stopAtExit);
	void ended.then(() => process.removeListener('exit', stopAtExit));
	return { name, pid: child.pid ?? 0, logFile, ended };
}

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
	const { pid } = child;
	if (pid === undefined) return;
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
	// Whatever did not go by itself: the process, or a helper that it started.
	signalGroup(pid, 'SIGKILL');
	await ended;
}

/** Waits until a process answers as it should; its last words are the error where it does not. */
export async function waitUntilReady(
	{ name, ended, logFile }: OwnProcess,
	isReady: () => Promise<boolean>,
): Promise<void> {
	let gone = false;
	void ended.then(() => {
		gone = true;
	});
	const deadline = Date.now() + READY_MILLISECONDS;
	for (;;) {
		if (gone) throw new Error(`${name} ended while it was starting.\n${lastLines(logFile)}`);
		if (Date.now() > deadline) throw new Error(`${name} did not start.\n${lastLines(logFile)}`);
		try {
			if (await isReady()) return;
		} catch {
			// Not listening yet.
		}
		await sleep(200);
	}
}

function lastLines(file: string): string {
	return readFileSync(file, 'utf8').trim().split('\n').slice(-30).join('\n');
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
