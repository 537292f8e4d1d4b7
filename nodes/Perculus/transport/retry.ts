import { classifySingle, isBusy } from './classify';
import { NO_TIME_LEFT } from './failures/networkErrors';
import type { SingleReply } from './reply';
import type { NetworkError, Request, Response, Transport } from './transport';

/** Milliseconds before each repeat of a request whose answer was lost, where the same twice does no harm. */
export const REPEAT_PAUSES = [1000, 2000] as const;

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

export interface Asked {
	/** Where it stays in doubt whether something was deleted, the first lost answer; else the last reply. */
	reply: SingleReply;
	/**
	 * How many times it was sent. After the first time, a 404 to a DELETE means that it is gone, and any other refusal
	 * does not tell what the first one did. 0: the run had no time left for it.
	 */
	sent: number;
}

/**
 * Asks for something, a search included, or deletes something: what does no harm twice. A lost answer is asked for again, up
 * to 2 times, within the time that a run spends on silence.
 *
 * @param isReadable of the body of a 2xx; one that is not counts as lost
 */
export async function askWithRetry(
	transport: Transport,
	request: Request,
	isReadable: (body: unknown) => boolean = () => true,
): Promise<Asked> {
	const purpose = request.method === 'DELETE' ? 'delete' : 'read';
	const again = transport.afterSilence();
	const first = await sendWithRetry(transport, request);
	const firstReply = classifySingle(first, purpose, isReadable);
	if (isNotBegun(first)) return { reply: firstReply, sent: 0 };

	let [reply, sent] = [firstReply, 1];
	for (const pause of REPEAT_PAUSES) {
		// A server that has just lost an answer may refuse the next connection, too.
		const isLost = reply.kind === 'failed' && (reply.repeatable || (sent > 1 && !reply.status));
		if (!isLost) break;
		await again.wait(pause);
		const outcome = await sendWithRetry(again, request);
		if (isNotBegun(outcome)) break;
		reply = classifySingle(outcome, purpose, isReadable);
		sent++;
	}
	// That there is no such thing is as good as an answer, whether in the API's words or not.
	const isNews = reply.kind !== 'failed' || reply.status === 404;
	const isInDoubt = firstReply.kind === 'failed' && firstReply.applied === 'unknown' && !isNews;
	return { reply: isInDoubt ? firstReply : reply, sent };
}

const isNotBegun = (outcome: Response | NetworkError) =>
	outcome.kind === 'networkError' && outcome.code === NO_TIME_LEFT;

/** The three forms of a date in HTTP begin with the day of the week; ISO dates are met, too. */
const DATE = /^(?:[A-Z][a-z]{2,8},? .*|\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\d/;

/** Milliseconds since 1970; the oldest form names no zone, and means GMT. */
function dateOf(value: unknown): number {
	const text = String(value ?? '').trim();
	if (!DATE.test(text)) return NaN;
	return Date.parse(/(?:GMT|UTC|Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text} GMT`);
}

/** Milliseconds that the server asks to wait, in seconds or as a date; 0 where it does not say, or says no such thing. */
function retryAfter({ headers }: Response, now: number): number {
	const value = String(headers['retry-after'] ?? '').trim();
	if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// The date is the server's; its own clock stands beside it.
	const serverNow = dateOf(headers.date);
	const wait = dateOf(value) - (Number.isNaN(serverNow) ? now : serverNow);
	return wait > 0 ? wait : 0;
}
