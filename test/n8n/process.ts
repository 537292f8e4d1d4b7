import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from './script';

const READY_MILLISECONDS = 300_000;
const STOP_MILLISECONDS = 15_000;

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** The user that runs it, if it isn't this process's own. */
	user?: { uid: number; gid: number };
}

/** The process groups of the commands that are still running. */
const groups = new Set<number>();

/** Ends every command that is still running, with all its children, at once. */
export function endCommands(): void {
	for (const pid of groups) signalGroup(pid, 'SIGKILL');
}

process.once('exit', endCommands);

/** Signals a process group; one that has ended is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Runs a command quietly and returns its standard output. */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, env = process.env, user }: CommandOptions,
): Promise<string> {
	// A group of its own, so that a compiler three levels down can be ended as well, and Ctrl-C reaches only us.
	const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
	const child = spawn(command, args, { cwd, env, ...user, stdio, detached: true });
	const { pid } = child;
	if (pid !== undefined) {
		groups.add(pid);
		child.once('close', () => groups.delete(pid));
	}
	let stdout = '';
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		output += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
	const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
	if (code === 0) return stdout;
	const shown = [path.basename(command), ...args].join(' ');
	throw new Error(`"${shown}" ended with ${code ?? signal}.\n${lastLines(output)}`);
}

/** Runs npm. A silent `npm run` would pass its silence on, and its messages would be missing. */
export async function runNpm(args: string[], options: CommandOptions): Promise<string> {
	return await runCommand('npm', ['--loglevel=error', ...args], options);
}

/** A process that runs until it is ended. */
export interface OwnProcess {
	/** For messages. */
	name: string;
	pid: number;
	/** What it and its children print. */
	logFile: string;
	/** Settles when it has ended. */
	ended: Promise<void>;
}

export interface ProcessOptions extends CommandOptions {
	name: string;
	command: string;
	args: string[];
	logFile: string;
	stopSignal?: NodeJS.Signals;
}

/** Starts a process, in a group of its own, that the cleanup ends. */
export function startProcess(options: ProcessOptions, cleanup: Cleanup): OwnProcess {
	const { name, command, args, cwd, env, logFile, user, stopSignal = 'SIGTERM' } = options;
	const log = openSync(logFile, 'a');
	const stdio: StdioOptions = ['ignore', log, log, 'ipc'];
	const child = spawn(command, args, { cwd, env, ...user, stdio, detached: true });
	closeSync(log);
	const { pid = 0 } = child;
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	// It, or helpers that it started.
	const kill = () => pid > 0 && signalGroup(pid, 'SIGKILL');
	process.once('exit', kill);
	cleanup.add(async () => {
		child.kill(stopSignal);
		await Promise.race([ended, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
		kill();
		process.off('exit', kill);
		await ended;
	});
	return { name, pid, logFile, ended };
}

/** Waits until a process answers; an error has the end of its log. */
export async function waitUntilReady(
	{ name, ended, logFile }: OwnProcess,
	isReady: () => Promise<boolean>,
): Promise<void> {
	let hasEnded = false;
	void ended.then(() => (hasEnded = true));
	const deadline = Date.now() + READY_MILLISECONDS;
	// Until it listens, asking throws.
	while (!(await isReady().catch(() => false))) {
		if (hasEnded || Date.now() > deadline) {
			throw new Error(`${name} did not start.\n${lastLines(readFileSync(logFile, 'utf8'))}`);
		}
		await sleep(200);
	}
}

const lastLines = (text: string) => text.trim().split('\n').slice(-30).join('\n');

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
