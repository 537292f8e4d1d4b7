import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoredAttendee, StoredUser } from './attendee';
import { readClock } from './dates';
import { handle, type Fault, type RecordedRequest, type Scene } from './http';
import { finishSession, happenedIn, type Visit } from './report';
import type { Route } from './routes';
import type { Preload } from './session';
import type { SessionInput } from './sessionItem';
import { putAttendee, putSession, putUser, rosterOf, Store } from './store';
import { defaultSwitches, type Switches } from './switches';

export type StartOptions = Partial<Switches> & {
	port?: number; // default: any free one
	onRequest?: (request: RecordedRequest) => void; // after its response (or its drop)
};

export type PerculusServer = Awaited<ReturnType<typeof startPerculusServer>>;

export async function startPerculusServer(options: StartOptions = {}) {
	const { port = 0, onRequest, ...given } = options;
	const requests: RecordedRequest[] = [];
	const arrivals = new EventEmitter();
	const faults: Fault[] = [];
	const store = new Store();
	const switches: Switches = { ...defaultSwitches(), ...given };
	const context = () => ({ store, switches, now: readClock(switches) });
	const inWork = new Set<RecordedRequest>();
	const mostInWork = new Map<Route | null | undefined, number>();
	const isTo = (route?: Route | null) => (request: RecordedRequest) =>
		route === undefined || request.route === route;

	const onArrival = (request: RecordedRequest) => {
		requests.push(request);
		inWork.add(request);
		for (const route of [undefined, request.route]) {
			const now = [...inWork].filter(isTo(route)).length;
			mostInWork.set(route, Math.max(mostInWork.get(route) ?? 0, now));
		}
		arrivals.emit('one');
		return () => void inWork.delete(request);
	};
	const scene: Scene = { store, switches, faults, onArrival, onRequest };

	const server = createServer((request, response) => {
		handle(request, response, scene).catch((error: unknown) => {
			// A client may close the connection in the middle of its request.
			if (request.destroyed && !request.complete) return;
			console.error('The Perculus server failed:', error);
			response.destroy();
		});
	});
	// Longer than any test, so that a kept-alive socket is never closed while a client writes.
	server.keepAliveTimeout = 120_000;
	// A client's reset after a cut response must not end the process.
	server.on('connection', (socket) => socket.on('error', () => undefined));
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${address.port}`,
		requests, // in the order of arrival
		sessions: store.sessions, // by upper-case GUID
		switches, // may be changed at any time
		faults, // a request consumes the first one for its route
		requestsTo: (route: Route) => requests.filter(isTo(route)),
		/** The bodies of all session batches, also of those that were refused. */
		batches: () => requests.filter(isTo('batch')).map(({ body }) => body as SessionInput[]),
		/** Resolves when this number of requests has arrived, of one route or of all. */
		arrival: async (count = 1, route?: Route): Promise<void> => {
			while (requests.filter(isTo(route)).length < count) await once(arrivals, 'one');
		},
		/** The largest number of simultaneous requests, of one route or of all. */
		maxInFlight: (route?: Route) => mostInWork.get(route) ?? 0,
		set: (partial: Partial<Switches>) => void Object.assign(switches, partial),
		fail: (...more: Fault[]) => void faults.push(...more),
		/** Puts a session into the store, as if created a day ago; with status -1 it is a deleted one. */
		preload: (preset: Preload) => putSession(preset, context()),
		preloadUser: (preset: Partial<StoredUser> = {}) => putUser(store, preset),
		/** Puts an attendee into a session: the user's values if `user_guid` names one, else a guest's. */
		preloadAttendee: (sessionGuid: string, preset: Partial<StoredAttendee> = {}) =>
			putAttendee(sessionGuid, preset, context()),
		attendeesOf: (sessionGuid: string) => [...rosterOf(store, sessionGuid)],
		/** Adds a person's stay to a session, for its report. */
		attend: (guid: string, visit: Visit) => void happenedIn(store, guid).visits.push(visit),
		/** Finishes a session at its planned end or at another time. Then its report is ready. */
		finish: (guid: string, at?: Date | string) => finishSession(guid, at, context()),
		/** Forgets everything; the switches are again those given at the start. */
		reset: () => {
			for (const list of [requests, faults]) list.length = 0;
			for (const seen of [inWork, mostInWork, store]) seen.clear();
			Object.assign(switches, defaultSwitches(), given);
		},
		/** Ends the server and every open socket, so that a hanging fault never blocks. */
		stop: async (): Promise<void> => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
