import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttendeePreset, StoredAttendee, StoredUser, UserPreset } from './attendee';
import type { Fault } from './faults';
import { handle, InFlight, type RecordedRequest, type Scene } from './handler';
import type { Route } from './routes';
import { attendSession, finishSession, type Visit } from './happened';
import type { SessionInput } from './sessionItem';
import type { Preload, StoredSession } from './session';
import { putAttendee, putSession, putUser, rosterOf, Store } from './store';
import { defaultSwitches, type Switches } from './switches';

export interface PerculusServer {
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** Every request, in the order of arrival. */
	requests: RecordedRequest[];
	/** The bodies of all batch requests that carried an array, whatever became of them. */
	batches(): SessionInput[][];
	/** The requests to one route, in the order of arrival. */
	requestsTo(route: Route): RecordedRequest[];
	/** Resolves when so many requests have arrived as a whole, of one route or of all. */
	arrival(count?: number, route?: Route): Promise<void>;
	/** The most requests, of one route or of all, that were in work at the same time. */
	maxInFlight(route?: Route): number;
	/** The store, by upper-case GUID. */
	sessions: Map<string, StoredSession>;
	/** The deleted ones, by upper-case GUID, with status -1. */
	deleted: Map<string, StoredSession>;
	/** The users of the account, by upper-case GUID. */
	users: Map<string, StoredUser>;
	/** The attendees of a session, in the order in which they were added. */
	attendeesOf(sessionGuid: string): StoredAttendee[];
	/** Live: may be changed at any time. */
	switches: Switches;
	/** The queue: a request consumes the first fault meant for its route. */
	faults: Fault[];
	set(partial: Partial<Switches>): void;
	fail(...faults: Fault[]): void;
	/** Puts a session into the store, as if made a day ago; with status -1 it is a deleted one. */
	preload(preset: Preload): StoredSession;
	/** Puts a user into the account. */
	preloadUser(preset?: UserPreset): StoredUser;
	/** Puts an attendee into a session: the user's values if `user_guid` names one, else a guest's. */
	preloadAttendee(sessionGuid: string, preset?: AttendeePreset): StoredAttendee;
	/** Lets somebody be in a session, for its report. */
	attend(sessionGuid: string, visit: Visit): void;
	/** Finishes a session: when it was planned to end, or at another time. Then its report is ready. */
	finish(sessionGuid: string, at?: Date | string): void;
	/** Empties requests, sessions, users and faults; the switches are again those given at the start. */
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

export async function startPerculusServer(options: StartOptions = {}): Promise<PerculusServer> {
	const { port = 0, host = '127.0.0.1', onRequest, ...given } = options;
	const requests: RecordedRequest[] = [];
	const faults: Fault[] = [];
	const store = new Store();
	const switches: Switches = { ...defaultSwitches(), ...given };
	const inFlight = new InFlight();
	const arrived: RecordedRequest[] = [];
	const arrivals = new EventEmitter();
	const onArrival = (request: RecordedRequest) => {
		arrived.push(request);
		arrivals.emit('one');
	};
	const scene: Scene = { store, switches, faults, requests, inFlight, onArrival, onRequest };

	const server = createServer((request, response) => {
		handle(request, response, scene).catch((error: unknown) => {
			// A client that goes away in the middle of its request is no fault of the server.
			if (request.destroyed && !request.complete) return;
			console.error('The Perculus server failed:', error);
			response.destroy();
		});
	});
	// Longer than any test, so that a kept-alive socket is never closed under a client's hands.
	server.keepAliveTimeout = 120_000;
	// A client's reset after a cut answer must not end the process.
	server.on('connection', (socket) => socket.on('error', () => undefined));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const address = server.address() as AddressInfo;

	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
		requests,
		sessions: store.sessions,
		deleted: store.deleted,
		users: store.users,
		attendeesOf: (sessionGuid) => rosterOf(store, sessionGuid).all(),
		switches,
		faults,
		batches: () => {
			const bodies = requests.filter(({ route }) => route === 'batch').map(({ body }) => body);
			return bodies.filter((body) => Array.isArray(body)) as SessionInput[][];
		},
		requestsTo: (route) => requests.filter((request) => request.route === route),
		arrival: async (count = 1, route) => {
			const isOne = (request: RecordedRequest) => route === undefined || request.route === route;
			while (arrived.filter(isOne).length < count) await once(arrivals, 'one');
		},
		maxInFlight: (route) => inFlight.max(route),
		set: (partial) => void Object.assign(switches, partial),
		fail: (...more) => void faults.push(...more),
		preload: (preset) => putSession(store, preset, switches),
		preloadUser: (preset = {}) => putUser(store, preset),
		preloadAttendee: (sessionGuid, preset = {}) =>
			putAttendee(store, sessionGuid, preset, switches),
		attend: (sessionGuid, visit) => attendSession(store, sessionGuid, visit),
		finish: (sessionGuid, at) => finishSession(store, sessionGuid, at, switches),
		reset: () => {
			requests.length = 0;
			arrived.length = 0;
			inFlight.reset();
			faults.length = 0;
			store.clear();
			Object.assign(switches, defaultSwitches(), given);
		},
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
