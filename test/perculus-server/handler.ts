import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Answer } from './answers';
import { readClock } from './dates';
import type { Store } from './store';
import type { Switches } from './switches';
import { parseJson, type Json } from './values';
import { faultAnswer, takeFault, type Fault } from './faults';
import { answerRequest, targetOf, type Route } from './routes';
import { silence } from './silence';

export interface RecordedRequest {
	method: string;
	/** As it was asked for, with the query. */
	path: string;
	/** Null for a path that the server doesn't know. */
	route: Route | null;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, or the raw text where it is none. */
	body: Json;
	/** Real time of its arrival (`Date.now()`). */
	at: number;
	/** Status of the answer; absent while there is none, and after a drop or a hang. */
	status?: number;
}

/** What a request is answered from. */
export interface Scene {
	store: Store;
	switches: Switches;
	faults: Fault[];
	requests: RecordedRequest[];
	inFlight: InFlight;
	/** Called with each request that has come as a whole, before anything is done about it. */
	onArrival: (request: RecordedRequest) => void;
	/** Called with each request after its answer (or its drop). */
	onRequest?: (request: RecordedRequest) => void;
}

/** Records a request and answers it, or lets a fault do so. */
export async function handle(
	request: IncomingMessage,
	response: ServerResponse,
	scene: Scene,
): Promise<void> {
	const { store, switches } = scene;
	const { method = 'GET', url: path = '/', headers } = request;
	const target = targetOf(method, path, switches);
	const route = target?.route ?? null;
	const record: RecordedRequest = { method, path, route, headers, body: '', at: Date.now() };
	scene.requests.push(record);
	const leave = scene.inFlight.enter(route);
	// Without an answer it is in work until its socket closes.
	response.once('close', leave);
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	record.body = parseJson(text) ?? text;

	const fault = takeFault(scene.faults, record);
	scene.onArrival(record);
	const instead = fault ? faultAnswer(fault) : null;
	const skips = fault?.drop === 'before' || fault?.hang === 'before';
	const applies = !skips && (instead === null || fault?.applyThen === true);
	const real = applies ? answerRequest(target, headers.authorization, text, store, switches) : null;

	const delayMs = switches.latencyMs + (fault?.delayMs ?? 0);
	if (delayMs > 0) await pause(delayMs);
	await fault?.until;
	if (fault?.drop) request.socket.destroy();
	if (fault?.hang) silence.emit('silent', request.socket.remotePort);
	const answer = fault?.drop || fault?.hang ? null : (instead ?? real);
	if (answer && !response.destroyed) {
		record.status = answer.status;
		await send(response, answer, fault, switches, leave);
	}
	scene.onRequest?.(record);
}

/** Doesn't keep the process alive: a stopped server may still have waits. */
async function pause(ms: number): Promise<void> {
	await setTimeout(ms, undefined, { ref: false });
}

/** Writes an answer, whole or as a fault spoils it; `leave` is called before the last byte. */
async function send(
	response: ServerResponse,
	answer: Answer,
	fault: Fault | undefined,
	switches: Switches,
	leave: () => void,
): Promise<void> {
	const body = Buffer.from(answer.body, 'utf8');
	// Node's own Date header would follow the machine's clock, not the one of this server.
	response.sendDate = false;
	const now = readClock(switches.clock);
	response.setHeader('Date', new Date(now.ms).toUTCString());
	for (const [name, value] of Object.entries({ ...answer.headers, ...fault?.headers }))
		response.setHeader(name, value);
	// HTTP has no length, not even 0, for an answer that can't have a body.
	if (answer.status !== 204) response.setHeader('Content-Length', body.length);
	response.writeHead(answer.status);

	if (fault?.cut !== undefined) {
		response.flushHeaders();
		response.write(body.subarray(0, fault.cut));
		// Closes after what was written has left, where destroy() might swallow it.
		response.socket?.destroySoon();
		return;
	}
	if (fault?.trickleMs !== undefined) {
		for (let at = 0; at < body.length && !response.destroyed; at++) {
			response.write(body.subarray(at, at + 1));
			await pause(fault.trickleMs);
		}
	}
	leave();
	response.end(fault?.trickleMs === undefined ? body : undefined);
}

/** Counts requests that have come and aren't answered yet, and remembers the most at once. */
export class InFlight {
	private readonly gauges = new Map<Route | null | 'all', { now: number; max: number }>();

	/** The function it returns marks the end; only its first call counts. */
	enter(route: Route | null): () => void {
		const entered = (['all', route] as const).map((key) => {
			const gauge = this.gauges.get(key) ?? { now: 0, max: 0 };
			this.gauges.set(key, gauge);
			gauge.max = Math.max(gauge.max, ++gauge.now);
			return gauge;
		});
		let left = false;
		return () => {
			if (!left) for (const gauge of entered) gauge.now--;
			left = true;
		};
	}

	max(route?: Route): number {
		return this.gauges.get(route ?? 'all')?.max ?? 0;
	}

	/** Starts anew; requests still in work aren't counted any more. */
	reset(): void {
		this.gauges.clear();
	}
}
