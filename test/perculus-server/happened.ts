import type { Store } from './store';
import type { Switches } from './switches';

/** One stay in a session. Names an attendee by code or email, or somebody who isn't one. */
export interface Visit {
	attendance_code?: string;
	email?: string;
	/** Dates, or ISO texts with an offset. */
	joined: Date | string;
	left: Date | string;
}

/** What happened in a session. */
export interface Happened {
	visits: Visit[];
	finishedMs: number | null;
	/** Requests for its report since the finish. */
	asked: number;
}

/** Milliseconds since 1970. */
export const msOf = (date: Date | string) => {
	const ms = new Date(date).getTime();
	if (Number.isNaN(ms)) throw new Error(`Not a date: ${String(date)}`);
	return ms;
};

export function happenedIn(store: Store, sessionGuid: string): Happened {
	const key = sessionGuid.toUpperCase();
	let happened = store.happened.get(key);
	if (!happened) store.happened.set(key, (happened = { visits: [], finishedMs: null, asked: 0 }));
	return happened;
}

export function attendSession(store: Store, sessionGuid: string, visit: Visit): void {
	if (msOf(visit.left) < msOf(visit.joined)) throw new Error('A visit ends before it begins');
	happenedIn(store, sessionGuid).visits.push(visit);
}

/** Finishes a session: when it was planned to end, or at another time. */
export function finishSession(
	store: Store,
	sessionGuid: string,
	at: Date | string | undefined,
	switches: Switches,
): void {
	const session = store.sessions.get(sessionGuid.toUpperCase());
	if (!session) throw new Error(`There is no session ${sessionGuid}`);
	const finishedMs = at === undefined ? session.start_ms + session.duration * 60_000 : msOf(at);
	Object.assign(happenedIn(store, sessionGuid), { finishedMs, asked: 0 });
	if (switches.durationOnFinish === 'planned') return;
	const duration = Math.round((finishedMs - session.start_ms) / 60_000);
	store.sessions.set(session.session_guid, { ...session, duration });
}
