import { emptyAnswer, jsonAnswer, type Answer } from './answers';
import type { Json } from './values';
import type { RecordedRequest } from './handler';
import type { Route } from './routes';

/** One thing that goes wrong, once. A fault comes before the bearer check: proxies fail, too. */
export interface Fault {
	/** Only requests to this route; any request when absent. */
	route?: Route;
	/** Only requests of which this is true; any request when absent. */
	when?: (request: RecordedRequest) => boolean;
	/** Waits for the n-th matching request from now on; default 1, the next one. */
	nth?: number;
	/** Answer with this status instead (nothing is applied, unless `applyThen`). */
	status?: number;
	/** Answer with this body instead: a text goes out as it is, anything else as JSON. */
	body?: Json;
	/** Content type of a text body; HTML when it starts with `<`, plain text otherwise. */
	contentType?: string;
	/** Headers put on the answer, on the real one, too. */
	headers?: Record<string, string>;
	/** Wait this long before answering, after applying. */
	delayMs?: number;
	/** Wait for this before answering, after applying. */
	until?: Promise<void>;
	/** Close the socket without an answer, before or after applying. */
	drop?: 'before' | 'after';
	/** Apply, announce the whole answer's length, send only so many bytes, close. */
	cut?: number;
	/** Apply, send the answer a byte at a time with this pause. */
	trickleMs?: number;
	/** Never answer, before or after applying. `stop()` frees the socket. */
	hang?: 'before' | 'after';
	/** Answer with a redirect. Nothing is applied, unless `applyThen`. */
	redirect?: { status: number; to: string };
	/** How many matching requests the fault meets; default 1. */
	times?: number;
	/** Apply the request first, then give the fault's status, body or redirect. */
	applyThen?: boolean;
}

/**
 * Takes the first fault that is due out of the queue, or counts it down. Every fault that waits for
 * its n-th request counts each that it would meet, also one that another fault meets.
 */
export function takeFault(faults: Fault[], request: RecordedRequest): Fault | undefined {
	let taken: Fault | undefined;
	for (const fault of [...faults]) {
		const { route, when, nth = 1, times = 1 } = fault;
		if (route !== undefined && route !== request.route) continue;
		if (when && !when(request)) continue;
		if (nth > 1) replace(faults, fault, { ...fault, nth: nth - 1 });
		else if (taken === undefined) {
			taken = fault;
			replace(faults, fault, times > 1 ? { ...fault, times: times - 1 } : undefined);
		}
	}
	return taken;
}

function replace(faults: Fault[], fault: Fault, by: Fault | undefined): void {
	faults.splice(faults.indexOf(fault), 1, ...(by ? [by] : []));
}

/** The answer a fault gives instead of the real one; null when it leaves that alone. */
export function faultAnswer(fault: Fault): Answer | null {
	if (fault.redirect) {
		const { status, to } = fault.redirect;
		return { ...emptyAnswer(status), headers: { Location: to } };
	}
	if (fault.status === undefined && fault.body === undefined) return null;
	const status = fault.status ?? 200;
	if (fault.body === undefined) return emptyAnswer(status);
	if (typeof fault.body !== 'string') return jsonAnswer(status, fault.body);
	const type = fault.body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
	return {
		status,
		headers: { 'Content-Type': fault.contentType ?? `${type}; charset=utf-8` },
		body: fault.body,
	};
}
