import { isBusy } from './classify';
import type { Response, NetworkError, Transport } from './transport';

const MOST_TRIES = 5;
/** Milliseconds. */
const LONGEST_WAIT = 60_000;
const LONGEST_WAITS = 180_000;
const FIRST_WAIT = 1000;

/**
 * Posts, and while the server says that it is busy (429, or 503 with Retry-After: nothing was applied) waits and
 * posts again: as long as the server asks, at most 60 seconds a wait, 5 tries and 180 seconds in all.
 */
export async function postWithRetry(
	transport: Transport,
	path: string,
	body: unknown,
): Promise<Response | NetworkError> {
	let waited = 0;
	for (let tries = 1; ; tries++) {
		const outcome = await transport.post(path, body);
		if (outcome.kind !== 'response' || !isBusy(outcome) || tries >= MOST_TRIES) return outcome;
		const wait = retryAfter(outcome, transport.now()) ?? FIRST_WAIT * 2 ** (tries - 1);
		if (wait > LONGEST_WAIT || waited + wait > LONGEST_WAITS) return outcome;
		waited += wait;
		await transport.wait(wait);
	}
}

/** Milliseconds that the server asks to wait, in seconds or as a date; undefined where it does not say. */
export function retryAfter({ headers }: Response, now: number): number | undefined {
	const value = String(headers['retry-after'] ?? '').trim();
	if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// The date is the server's; its own clock stands beside it.
	const at = Date.parse(value);
	const serverNow = Date.parse(String(headers.date ?? ''));
	return Number.isNaN(at)
		? undefined
		: Math.max(0, at - (Number.isNaN(serverNow) ? now : serverNow));
}
