import { type Cleanup, type EndSignal, endOnSignal } from './cleanup';
import { describeFailure } from './userError';

/**
 * Runs a script to its end: everything it started is ended, also on a signal; what goes wrong is told in a sentence;
 * the exit code is the number it returns, 1 where it throws.
 *
 * @param exitCode the exit code after a signal, where it is not the usual one
 */
export function runScript(
	cleanup: Cleanup,
	main: () => Promise<number | void>,
	exitCode?: (signal: EndSignal) => number | undefined,
): void {
	endOnSignal(cleanup, exitCode);
	main()
		.then((code) => {
			if (code !== undefined) process.exitCode ??= code;
		})
		.catch((error: unknown) => {
			if (cleanup.hasBegun) return;
			console.error(`\n${describeFailure(error)}`);
			process.exitCode = 1;
		})
		// After a signal this waits for the same cleanup, and the signal's handler exits first.
		.finally(async () => await cleanup.run())
		.finally(() => process.exit());
}
