type Undo = () => void | Promise<void>;

/** Everything that was started and has to be ended, the last one first, each one once. */
export class Cleanup {
	private readonly undos: Undo[] = [];

	private running: Promise<void> | undefined;

	/** Whether the end has begun: failures after that are only its echo. */
	get hasBegun(): boolean {
		return this.running !== undefined;
	}

	add(undo: Undo): void {
		this.undos.push(undo);
	}

	/** Ends everything. A second call waits for the first instead of starting again. */
	run(): Promise<void> {
		this.running ??= this.runAll();
		return this.running;
	}

	private async runAll(): Promise<void> {
		for (let undo = this.undos.pop(); undo; undo = this.undos.pop()) {
			try {
				await undo();
			} catch (error) {
				// One thing that does not end must not keep the others alive.
				console.error(error);
			}
		}
	}
}

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const EXIT_CODES: Record<EndSignal, number> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Runs the cleanup, then exits, when the process is asked to end; the exit code is the usual one of
 * the signal where the caller does not name another. Later signals are ignored: one
 * Ctrl-C reaches this process several times (from the terminal and again from npm), and the cleanup
 * itself ends in bounded time.
 */
export function endOnSignal(
	cleanup: Cleanup,
	exitCode: (signal: EndSignal) => number | undefined = () => undefined,
): void {
	// With the terminal closed, a last line of text must not be what stops the cleanup.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	let ending = false;
	for (const signal of Object.keys(EXIT_CODES) as EndSignal[]) {
		process.on(signal, () => {
			if (ending) return;
			ending = true;
			process.exitCode = exitCode(signal) ?? EXIT_CODES[signal];
			void cleanup.run().finally(() => process.exit());
		});
	}
}
