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

	hasBegun = false;

	add(undo: () => unknown): void {
		this.undos.push(undo);
	}

	async run(): Promise<void> {
		this.hasBegun = true;
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

/** The usual exit codes after signals; a script may set another one. */
export const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Runs a script and exits, after the cleanup, with the code that `main` returns, or 1 if it throws. */
export function runScript(cleanup: Cleanup, main: () => Promise<number | void>): void {
	const end = async (code: number) => {
		// One Ctrl-C arrives several times: from the terminal, and again from npm.
		if (cleanup.hasBegun) return;
		await cleanup.run();
		process.exit(code);
	};
	// In a closed terminal, a last line of text must not stop the cleanup.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => void end(EXIT_CODES[signal]));
	}
	main()
		.then(async (code) => await end(code ?? 0))
		.catch(async (error: unknown) => {
			// After a signal, errors only follow from it.
			if (!cleanup.hasBegun) console.error(`\n${describeFailure(error)}`);
			await end(1);
		});
}

/** Prints what is done, and how many seconds it took. */
export async function withProgress<T>(label: string, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	process.stdout.write(`  ${label.padEnd(58)} `);
	try {
		return await work();
	} finally {
		console.log(`${Math.round((Date.now() - start) / 1000)} s`);
	}
}
