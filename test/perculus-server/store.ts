import { Roster } from './attendee/roster';
import type { StoredUser } from './attendee/user';
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
	/** Sessions made by batches since the start or the reset; the license counts them. */
	created: number;
	/** Numbers sessions, users and attendees in the order of their creation. */
	serial: number;
}

export function emptyStore(): Store {
	return {
		sessions: new Map(),
		deleted: new Map(),
		users: new Map(),
		rosters: new Map(),
		created: 0,
		serial: 0,
	};
}

export function clearStore(store: Store): void {
	for (const map of [store.sessions, store.deleted, store.users, store.rosters]) map.clear();
	store.created = 0;
	store.serial = 0;
}

export function rosterOf(store: Store, sessionGuid: string): Roster {
	const key = sessionGuid.toUpperCase();
	let roster = store.rosters.get(key);
	if (!roster) store.rosters.set(key, (roster = new Roster()));
	return roster;
}
