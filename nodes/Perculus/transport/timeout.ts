/** Seconds. */
const USUAL = 120;
/** An hour. Timers take no more than 2,147,483 seconds, and a number of milliseconds must not be waited out as seconds. */
const LONGEST = 3600;

/**
 * The timeout of a run, in whole seconds.
 *
 * @param given the option; from an expression it may be anything, and what is no number of at least 1 is the usual
 */
export function timeoutOf(given: unknown): number {
	const seconds = Math.floor(Number(given));
	return seconds >= 1 ? Math.min(seconds, LONGEST) : USUAL;
}
