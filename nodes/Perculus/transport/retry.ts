import { isBusy } from './classify';
import type { NetworkError, Request, Response, Transport } from './transport';

const MOST_TRIES = 5;
/** Milliseconds. */
const LONGEST_WAIT = 60_000;
const LONGEST_WAITS = 180_000;
const FIRST_WAIT = 1000;

/**
 * Sends a request, and while the server says that it is busy (429, or 503 with Retry-After: nothing was applied) waits
 * and sends it again: after 1, 2, 4 and 8 seconds, or as long as the server asks where that is longer, at most 60 seconds
 * a wait, 5 tries and 180 seconds in all.
 */
export async function sendWithRetry(
	transport: Transport,
	request: Request,
): Promise<Response | NetworkError> {
	let waited = 0;
	for (let tries = 1; ; tries++) {
		const outcome = await transport.request(request);
		if (outcome.kind !== 'response' || !isBusy(outcome) || tries >= MOST_TRIES) return outcome;
		const wait = Math.max(retryAfter(outcome, transport.now()), FIRST_WAIT * 2 ** (tries - 1));
		if (wait > LONGEST_WAIT || waited + wait > LONGEST_WAITS) return outcome;
		waited += wait;
		await transport.wait(wait, 'server');
	}
}

/** The three forms of a date in HTTP begin with the day of the week; ISO dates are met, too. */
const DATE = /^(?:[A-Z][a-z]{2,8},? .*|\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\d/;

/** Milliseconds since 1970; the oldest form names no zone, and means GMT. */
function dateOf(value: unknown): number {
	const text = String(value ?? '').trim();
	if (!DATE.test(text)) return NaN;
	return Date.parse(/(?:GMT|UTC|Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text} GMT`);
}

/** Milliseconds that the server asks to wait, in seconds or as a date; 0 where it does not say, or says no such thing. */
export function retryAfter({ headers }: Response, now: number): number {
	const value = String(headers['retry-after'] ?? '').trim();
	if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// The date is the server's; its own clock stands beside it.
	const serverNow = dateOf(headers.date);
	const wait = dateOf(value) - (Number.isNaN(serverNow) ? now : serverNow);
	return wait > 0 ? wait : 0;
}
