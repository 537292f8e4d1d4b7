import { spawn } from 'node:child_process';
import path from 'node:path';

/** A command that ended with a failure, with everything it printed. */
export class CommandError extends Error {
	override name = 'CommandError';

	constructor(
		command: string,
		outcome: string,
		readonly output: string,
	) {
		super(`"${command}" failed (${outcome}).\n${output.trim().split('\n').slice(-25).join('\n')}`);
	}
}

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Who runs it, where that is not this process's own user. */
	user?: { uid: number; gid: number };
}

/** To be required by a Node.js process that must not outlive this one. */
export const END_WITH_PARENT = path.join(__dirname, 'endWithParent.cjs');

const running = new Set<number>();

/**
 * Runs a command quietly and returns its standard output. Never synchronous: a blocked event loop
 * would keep Ctrl-C from being handled.
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, env = process.env, user }: CommandOptions,
): Promise<string> {
	// A process group of its own, so that a compiler three levels down can be ended as well.
	const child = spawn(command, args, {
		cwd,
		env,
		...user,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		detached: true,
	});
	const { pid } = child;
	if (pid !== undefined) running.add(pid);
	let stdout = '';
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		output += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const shown = [path.basename(command), ...args].join(' ');
	try {
		await new Promise<void>((resolve, reject) => {
			child.once('error', (error) => reject(new CommandError(shown, error.message, output)));
			child.once('close', (code, signal) => {
				if (code === 0) resolve();
				else reject(new CommandError(shown, `exit code ${code ?? signal}`, output));
			});
		});
	} finally {
		if (pid !== undefined) running.delete(pid);
	}
	return stdout;
}

/** Runs npm: the very one that started this process, where npm did. */
export async function runNpm(args: string[], options: CommandOptions): Promise<string> {
	const npm = process.env.npm_execpath;
	// A silent `npm run` passes its silence on, and then a failure would have no words.
	const spoken = [...args, '--loglevel=error'];
	return npm !== undefined && path.basename(npm) === 'npm-cli.js'
		? await runCommand(process.execPath, ['--require', END_WITH_PARENT, npm, ...spoken], options)
		: await runCommand('npm', spoken, options);
}

/**
 * Ends every command that is still running, with all its children, at once: npm would spend its
 * time on undoing what is thrown away anyhow.
 */
export function endCommands(): void {
	for (const pid of running) signalGroup(pid, 'SIGKILL');
}

// An exit in a hurry must not leave a compiler running.
process.once('exit', endCommands);

/** Signals a whole process group; one that is gone already is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
