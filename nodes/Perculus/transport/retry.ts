import type { IDataObject } from 'n8n-workflow';

import { type PlainKeys, readModel } from './body';
import { type Failure, isBusy, readSingleResponse, type SingleReply } from './responses';
import type { NetworkError, Request, Response, Transport } from './transport';

/** Milliseconds before each repeat of a lost request, if the same twice does no harm. */
const LOST_RESPONSE_DELAYS = [1000, 2000];

const MAX_TRIES = 5;
/** Milliseconds. */
const MAX_WAIT = 60_000;
const MAX_TOTAL_WAIT = 180_000;
const FIRST_WAIT = 1000;

/**
 * Sends a request, and while the server is busy (429, or 503 with Retry-After: nothing was applied) waits and sends it
 * again: after 1, 2, 4 and 8 seconds, or as long as the server asks if that is longer, at most 60 seconds a wait, 5 tries
 * and 180 seconds in all.
 */
export async function sendWhileBusy(
	transport: Transport,
	request: Request,
): Promise<Response | NetworkError> {
	let waited = 0;
	const maxTries = transport.sendsOnce ? 1 : MAX_TRIES;
	for (let tries = 1; ; tries++) {
		const outcome = await transport.request(request);
		if (outcome.kind !== 'response' || !isBusy(outcome) || tries >= maxTries) return outcome;
		const asked = parseRetryAfter(outcome, transport.now());
		const wait = Math.max(asked, FIRST_WAIT * 2 ** (tries - 1));
		if (wait > MAX_WAIT || waited + wait > MAX_TOTAL_WAIT) return outcome;
		waited += wait;
		await transport.wait(wait);
	}
}

/** The last reply, and how many times the request was sent. */
export interface Repeated<R> {
	reply: R;
	sent: number;
}

/**
 * Sends a request whose response was lost up to two times more. Only for what does no harm twice.
 *
 * @param reply to the first request
 * @param send sends it again
 */
export async function retryLostResponse<R extends { kind: string }>(
	transport: Transport,
	reply: R | Failure,
	send: () => Promise<R | Failure>,
): Promise<Repeated<R | Failure>> {
	let [last, sent] = [reply, 1];
	for (const pause of transport.sendsOnce ? [] : LOST_RESPONSE_DELAYS) {
		if (!isLost(last) && !(sent > 1 && couldNotConnect(last))) break;
		await transport.wait(pause);
		last = await send();
		sent++;
	}
	return { reply: last, sent };
}

const isFailure = (reply: { kind: string }): reply is Failure => reply.kind === 'failed';
const isLost = (reply: { kind: string }) => isFailure(reply) && reply.repeatable === true;
/** A server that has just lost a response may also refuse the next connection. */
const couldNotConnect = (reply: { kind: string }) =>
	isFailure(reply) && reply.name === 'no connection';

/**
 * Reads or deletes something. A lost response is asked for again, up to two times.
 *
 * @param isReadable of the body of a 2xx
 * @returns for a DELETE that may have been applied, the first failure if no repeat was answered
 */
export async function requestIdempotent(
	transport: Transport,
	request: Request,
	isReadable: (body: unknown) => boolean = () => true,
): Promise<Repeated<SingleReply>> {
	const purpose = request.method === 'DELETE' ? 'delete' : 'read';
	const send = async (): Promise<SingleReply> =>
		readSingleResponse(await sendWhileBusy(transport, request), purpose, isReadable);
	const first = await send();
	const { reply, sent } = await retryLostResponse(transport, first, send);
	const isInDoubt = isFailure(first) && first.applied === 'unknown' && isFailure(reply);
	return { reply: isInDoubt ? { ...first, ...endsAllOf(reply) } : reply, sent };
}

/**
 * Reads one thing. A response about another one is none: it would come out as the one that was asked for.
 *
 * @param plainKeys keys under which it has plain values
 * @param isAsked whether a model is the one that was asked for
 */
export async function fetchModel(
	transport: Transport,
	path: string,
	plainKeys: PlainKeys,
	isAsked: (model: IDataObject) => boolean,
): Promise<{ kind: 'model'; model: IDataObject } | Exclude<SingleReply, { kind: 'answer' }>> {
	const modelIn = (body: unknown) => readModel(body, plainKeys) ?? {};
	const { reply } = await requestIdempotent(transport, { method: 'GET', path }, (body) =>
		isAsked(modelIn(body)),
	);
	return reply.kind === 'answer' ? { kind: 'model', model: modelIn(reply.response.body) } : reply;
}

/** Whether the last request ends everything, although the first one did not. */
export const endsAllOf = ({ endsAll }: Failure): Pick<Failure, 'endsAll'> =>
	endsAll ? { endsAll } : {};

/** The three forms of a date in HTTP begin with the day of the week; ISO dates have been seen as well. */
const DATE = /^(?:[A-Z][a-z]{2,8},? .*|\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\d/;

/** Milliseconds since 1970; the oldest form names no zone, and means GMT. */
function parseHttpDate(value: unknown): number {
	const text = String(value ?? '').trim();
	if (!DATE.test(text)) return NaN;
	return Date.parse(/(?:GMT|UTC|Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text} GMT`);
}

/** Milliseconds that the server asks to wait, in seconds or as a date; 0 without a usable value. */
function parseRetryAfter({ headers }: Response, now: number): number {
	const value = String(headers['retry-after'] ?? '').trim();
	if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// The date is on the server's clock, which the Date header shows.
	const serverNow = parseHttpDate(headers.date);
	const wait = parseHttpDate(value) - (Number.isNaN(serverNow) ? now : serverNow);
	return wait > 0 ? wait : 0;
}
