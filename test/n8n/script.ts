/** Ends a script with this message only, without a stack. */
export class UserError extends Error {
	override name = 'UserError';
}

/** What to print for an error: our own sentence, or everything there is. */
export function describeFailure(error: unknown): string {
	if (error instanceof UserError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ends what was started: the last one first, each one once. */
export class Cleanup {
	private readonly undos: Array<() => unknown> = [];

	private running: Promise<void> | undefined;

	/** Whether the end has begun: errors after that only follow from it. */
	get hasBegun(): boolean {
		return this.running !== undefined;
	}

	add(undo: () => unknown): void {
		this.undos.push(undo);
	}

	/** Ends everything. A second call waits for the first. */
	run(): Promise<void> {
		this.running ??= this.runAll();
		return this.running;
	}

	private async runAll(): Promise<void> {
		for (let undo = this.undos.pop(); undo; undo = this.undos.pop()) {
			try {
				await undo();
			} catch (error) {
				// The others must end all the same.
				console.error(error);
			}
		}
	}
}

/** The usual exit codes after signals. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Runs a script and exits, after the cleanup, with the code that `main` returns, or 1 if it throws.
 *
 * @param onSignal called on the first signal; may return another exit code than the usual one
 */
export function runScript(
	cleanup: Cleanup,
	main: () => Promise<number | void>,
	onSignal: (signal: string) => number | void = () => undefined,
): void {
	const end = async (code: number) => {
		await cleanup.run();
		process.exit(code);
	};
	// In a closed terminal, a last line of text must not stop the cleanup.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	for (const [signal, code] of Object.entries(EXIT_CODES)) {
		process.on(signal, () => {
			// One Ctrl-C arrives several times: from the terminal, and again from npm.
			if (!cleanup.hasBegun) void end(onSignal(signal) ?? code);
		});
	}
	main().then(
		(code) => {
			if (!cleanup.hasBegun) void end(code ?? 0);
		},
		(error: unknown) => {
			if (cleanup.hasBegun) return;
			console.error(`\n${describeFailure(error)}`);
			void end(1);
		},
	);
}

/** Shows the seconds while the work is done: counting in a terminal, now and then in a log. */
export async function withProgress<T>(label: string, work: () => Promise<T>): Promise<T> {
	const isTerminal = process.stdout.isTTY;
	const start = Date.now();
	const show = (end: string) => {
		const line = `  ${label.padEnd(58)} ${Math.round((Date.now() - start) / 1000)} s`;
		process.stdout.write(isTerminal ? `\r\u001b[2K${line}${end}` : `${line}${end || ' so far\n'}`);
	};
	if (isTerminal) show('');
	const timer = setInterval(() => show(''), isTerminal ? 1_000 : 15_000);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		show('\n');
	}
}
