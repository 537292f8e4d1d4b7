import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { emptyAnswer, jsonAnswer, textAnswer, type Answer } from './answers';
import { readClock } from './dates';
import { answerRequest, targetOf, type Route } from './routes';
import type { Store } from './store';
import type { Switches } from './switches';
import { parseJson, type Json } from './values';

/** A fault of one or more requests. It comes before the bearer check, because proxies also fail. */
export interface Fault {
	route?: Route; // only requests to this route
	when?: (request: RecordedRequest) => boolean; // only requests for which this is true
	nth?: number; // waits for the n-th matching request from now on; default 1, the next one
	times?: number; // how many matching requests it meets; default 1
	status?: number; // the response's status instead; nothing is applied, unless `applyThen`
	body?: Json; // the response's body instead: text unchanged (HTML if it starts with `<`), or JSON
	applyThen?: boolean; // apply the request before the fault's status or body
	headers?: Record<string, string>; // added to the response, also to the real one
	delayMs?: number; // wait this long after applying
	until?: Promise<void>; // wait for this after applying
	drop?: 'before' | 'after'; // close the socket without a response, before or after applying
	cut?: number; // apply, announce the whole length, send only so many bytes, close
	trickleMs?: number; // apply, send the response a byte at a time with this pause
	hang?: 'before' | 'after'; // never respond, before or after applying; `stop()` frees the socket
}

export interface RecordedRequest {
	method: string;
	path: string; // with the query
	route: Route | null; // null for a path that the server doesn't know
	headers: IncomingHttpHeaders;
	body: Json; // parsed JSON, or the raw text where it isn't
	at: number; // real time of its arrival
	status?: number; // of the response; absent while there is none, and after a drop or a hang
}

/** Emits `hang` with the port of a client whose request gets no response. */
export const hangs = new EventEmitter();

export interface Scene {
	store: Store;
	switches: Switches;
	faults: Fault[];
	onArrival: (request: RecordedRequest) => () => void; // returns the function to call at its end
	onRequest?: (request: RecordedRequest) => void; // after its response (or its drop)
}

/** Responds to a request, or lets a fault do so. */
export async function handle(request: IncomingMessage, response: ServerResponse, scene: Scene) {
	const { store, switches } = scene;
	const { method = 'GET', url: path = '/', headers } = request;
	const target = targetOf(method, path, switches);
	const route = target?.route ?? null;
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	const body = parseJson(text) ?? text;
	const record: RecordedRequest = { method, path, route, headers, body, at: Date.now() };
	const end = scene.onArrival(record);
	response.once('close', end);

	const fault = takeFault(scene.faults, record) ?? {};
	const instead = faultAnswer(fault);
	const skips = fault.drop === 'before' || fault.hang === 'before';
	const applies = !skips && (instead === null || fault.applyThen === true);
	const real = applies ? answerRequest(target, headers.authorization, text, store, switches) : null;

	const delayMs = switches.latencyMs + (fault.delayMs ?? 0);
	if (delayMs > 0) await pause(delayMs);
	await fault.until;
	if (fault.drop) request.socket.destroy();
	if (fault.hang) hangs.emit('hang', request.socket.remotePort);
	const answer = fault.drop || fault.hang ? null : (instead ?? real);
	if (answer && !response.destroyed) {
		record.status = answer.status;
		await send(response, answer, fault, switches, end);
	}
	scene.onRequest?.(record);
}

/** Doesn't keep the process alive: a stopped server may still have waits. */
const pause = async (ms: number) => await setTimeout(ms, undefined, { ref: false });

/** Returns the first fault that is due. Faults that wait for their n-th request count each one that matches. */
function takeFault(faults: Fault[], request: RecordedRequest): Fault | undefined {
	let taken: Fault | undefined;
	const left = faults.flatMap((fault): Fault[] => {
		const { route = request.route, when, nth = 1, times = 1 } = fault;
		if (route !== request.route || (when && !when(request))) return [fault];
		if (nth > 1) return [{ ...fault, nth: nth - 1 }];
		if (taken) return [fault];
		taken = fault;
		return times > 1 ? [{ ...fault, times: times - 1 }] : [];
	});
	faults.splice(0, faults.length, ...left);
	return taken;
}

/** The response of a fault instead of the real one; null if the fault doesn't change it. */
function faultAnswer({ status, body }: Fault): Answer | null {
	if (body === undefined) return status === undefined ? null : emptyAnswer(status);
	if (typeof body === 'string') return textAnswer(status ?? 200, body);
	return jsonAnswer(status ?? 200, body);
}

/** Writes a response, complete or as a fault changes it; `end` is called before the last byte. */
async function send(
	response: ServerResponse,
	answer: Answer,
	{ headers, cut, trickleMs }: Fault,
	switches: Switches,
	end: () => void,
): Promise<void> {
	const body = Buffer.from(answer.body, 'utf8');
	// Node's own Date header would follow the machine's clock, not the one of this server.
	response.sendDate = false;
	response.setHeader('Date', new Date(readClock(switches)).toUTCString());
	for (const [name, value] of Object.entries({ ...answer.headers, ...headers }))
		response.setHeader(name, value);
	// HTTP has no length, not even 0, where there can't be a body.
	if (answer.status !== 204) response.setHeader('Content-Length', body.length);
	response.writeHead(answer.status);

	if (cut !== undefined) {
		response.flushHeaders();
		response.write(body.subarray(0, cut));
		// Closes after what was written has left, where destroy() might swallow it.
		response.socket?.destroySoon();
		return;
	}
	if (trickleMs !== undefined)
		for (let at = 0; at < body.length && !response.destroyed; at++) {
			response.write(body.subarray(at, at + 1));
			await pause(trickleMs);
		}
	end();
	response.end(trickleMs === undefined ? body : undefined);
}
