import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './http/answer';
import type { Store } from './session/batch';
import { readClock } from './values/clock';
import { faultAnswer, takeFault, type Fault } from './http/faults';
import type { SessionInput } from './session/item';
import { parseJson, type Json } from './values/json';
import { answerRequest, targetOf } from './http/route';
import { preloadedSession, type Preload, type StoredSession } from './session/session';
import { defaultSwitches, type Switches } from './switches';

export interface RecordedRequest {
	method: string;
	/** As it was asked for, with the query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, or the raw text where it is none. */
	body: Json;
	/** Real time of its arrival (`Date.now()`). */
	at: number;
	/** Status of the answer; absent while there is none, and for ever after a drop or a hang. */
	status?: number;
}

export interface PerculusServer {
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** Every request, in the order of arrival. */
	requests: RecordedRequest[];
	/** The bodies of all batch requests that carried an array, whatever became of them. */
	batches(): SessionInput[][];
	/** The store, by upper-case GUID. */
	sessions: Map<string, StoredSession>;
	/** Live: may be changed at any time. */
	switches: Switches;
	/** The queue: a request consumes the first fault meant for its route. */
	faults: Fault[];
	set(partial: Partial<Switches>): void;
	fail(...faults: Fault[]): void;
	/** Puts a session into the store, as if made a day ago. */
	preload(preset: Preload): StoredSession;
	/** Empties requests, sessions and faults; the switches are again those given at the start. */
	reset(): void;
	/** Ends the server and every open socket, so that a hanging fault never blocks. */
	stop(): Promise<void>;
}

export type StartOptions = Partial<Switches> & {
	/** 0, the default: any free port. */
	port?: number;
	host?: string;
	/** Called with each request after its answer (or its drop). */
	onRequest?: (request: RecordedRequest) => void;
};

async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

export async function startPerculusServer(options: StartOptions = {}): Promise<PerculusServer> {
	const { port = 0, host = '127.0.0.1', onRequest, ...given } = options;
	const requests: RecordedRequest[] = [];
	const faults: Fault[] = [];
	const store: Store = { sessions: new Map(), created: 0, serial: 0 };
	const switches: Switches = { ...defaultSwitches(), ...given };
	const sockets = new Set<Socket>();
	const pauses = new Set<NodeJS.Timeout>();

	const pause = (ms: number) =>
		new Promise<void>((resolve) => {
			const timer = setTimeout(() => {
				pauses.delete(timer);
				resolve();
			}, ms);
			pauses.add(timer);
		});

	const send = async (response: ServerResponse, answer: Answer, fault: Fault | undefined) => {
		const body = Buffer.from(answer.body, 'utf8');
		// Node's own Date header would follow the machine's clock, not the one of this server.
		response.sendDate = false;
		const now = readClock(switches.clock, switches.clockSkewMs);
		if (switches.dateHeader) response.setHeader('Date', new Date(now.ms).toUTCString());
		for (const [name, value] of Object.entries({ ...answer.headers, ...fault?.headers }))
			response.setHeader(name, value);
		response.setHeader('Content-Length', body.length);
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
		response.end(fault?.trickleMs === undefined ? body : undefined);
	};

	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const { method = 'GET', url: path = '/', headers } = request;
		const record: RecordedRequest = { method, path, headers, body: '', at: Date.now() };
		requests.push(record);
		const text = await readText(request);
		const parsed = parseJson(text);
		record.body = parsed.ok ? parsed.value : text;

		const target = targetOf(method, path, switches.basePaths);
		const fault = takeFault(faults, target?.route ?? null);
		const instead = fault ? faultAnswer(fault) : null;
		const skips = fault?.drop === 'before' || fault?.hang === 'before';
		const applies = !skips && (instead === null || fault?.applyThen === true);
		const real = applies
			? answerRequest(target, headers.authorization, text, store, switches)
			: null;

		if (fault?.delayMs) await pause(fault.delayMs);
		const answer = fault?.drop || fault?.hang ? null : (instead ?? real);
		if (fault?.drop) request.socket.destroy();
		if (answer && !response.destroyed) {
			record.status = answer.status;
			await send(response, answer, fault);
		}
		onRequest?.(record);
	};

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			// A client that goes away in the middle of its request is no fault of the server.
			if (request.destroyed && !request.complete) return;
			console.error('The Perculus server failed:', error);
			response.destroy();
		});
	});
	// Longer than any test, so that a kept-alive socket is never closed under a client's hands.
	server.keepAliveTimeout = 120_000;
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		// A client's reset after a cut answer must not end the process.
		socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const address = server.address() as AddressInfo;

	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
		requests,
		sessions: store.sessions,
		switches,
		faults,
		batches: () => {
			const isBatch = ({ method, path }: RecordedRequest) =>
				targetOf(method, path, switches.basePaths)?.route === 'batch';
			const bodies = requests.filter(isBatch).map(({ body }) => body);
			return bodies.filter((body) => Array.isArray(body)) as SessionInput[][];
		},
		set: (partial) => void Object.assign(switches, partial),
		fail: (...more) => void faults.push(...more),
		preload: (preset) => {
			const now = readClock(switches.clock, switches.clockSkewMs);
			const session = preloadedSession(preset, now, ++store.serial, switches);
			store.sessions.set(session.session_guid, session);
			return session;
		},
		reset: () => {
			requests.length = 0;
			faults.length = 0;
			store.sessions.clear();
			store.created = 0;
			store.serial = 0;
			Object.assign(switches, defaultSwitches(), given);
		},
		stop: () =>
			new Promise((resolve) => {
				for (const timer of pauses) clearTimeout(timer);
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}
