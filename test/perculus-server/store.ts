import { Roster } from './attendee/roster';
import type { StoredUser } from './attendee/user';
import type { Happened } from './report/happened';
import type { StoredSession } from './session/session';

/** What outlives a request. GUIDs are its keys, in upper case. */
export interface Store {
	sessions: Map<string, StoredSession>;
	/** Deleted sessions, with status -1; none of them is among the living. */
	deleted: Map<string, StoredSession>;
	/** The users of the account. */
	users: Map<string, StoredUser>;
	/** The attendees of each session that ever had one. */
	rosters: Map<string, Roster>;
	/** Who came to each session, and when it was finished. */
	happened: Map<string, Happened>;
	/** Changes that searches don't show yet, by session, the oldest first. */
	lagging: Map<string, Array<{ was: StoredSession | undefined; searches: number }>>;
	/** Sessions made by batches since the start or the reset; the license counts them. */
	created: number;
	/** Counts answers with `recordDates: 'moving'`. */
	answers: number;
	/** Numbers sessions, users and attendees in the order of their creation. */
	serial: number;
}

export function emptyStore(): Store {
	return {
		sessions: new Map(),
		deleted: new Map(),
		users: new Map(),
		rosters: new Map(),
		happened: new Map(),
		lagging: new Map(),
		created: 0,
		answers: 0,
		serial: 0,
	};
}

export function clearStore(store: Store): void {
	const { sessions, deleted, users, rosters, happened, lagging } = store;
	for (const map of [sessions, deleted, users, rosters, happened, lagging]) map.clear();
	store.created = 0;
	store.answers = 0;
	store.serial = 0;
}

export function rosterOf(store: Store, sessionGuid: string): Roster {
	const key = sessionGuid.toUpperCase();
	let roster = store.rosters.get(key);
	if (!roster) store.rosters.set(key, (roster = new Roster()));
	return roster;
}

/** Call before a change: so many searches from now on see the session as it was, or not at all. */
export function delaySearch(store: Store, sessionGuid: string, searches: number): void {
	if (searches <= 0) return;
	const key = sessionGuid.toUpperCase();
	const lagging = store.lagging.get(key) ?? [];
	store.lagging.set(key, [...lagging, { was: store.sessions.get(key), searches }]);
}

/** The living sessions as one search sees them; counts it. */
export function searchedSessions(store: Store): StoredSession[] {
	const seen = new Map(store.sessions);
	for (const [key, changes] of store.lagging) {
		const was = changes[0]?.was;
		if (was) seen.set(key, was);
		else seen.delete(key);
		const left = changes
			.map((change) => ({ ...change, searches: change.searches - 1 }))
			.filter(({ searches }) => searches > 0);
		if (left.length > 0) store.lagging.set(key, left);
		else store.lagging.delete(key);
	}
	return [...seen.values()];
}
