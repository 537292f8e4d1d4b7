import {
	preloadAttendee,
	preloadUser,
	Roster,
	type AttendeePreset,
	type StoredAttendee,
	type StoredUser,
	type UserPreset,
} from './attendee';
import { readClock, stamp } from './dates';
import type { Happened } from './happened';
import { preloadSession, type Preload, type StoredSession } from './session';
import type { Switches } from './switches';

/** What outlives a request. GUIDs are its keys, in upper case. */
export class Store {
	readonly sessions = new Map<string, StoredSession>();
	/** Deleted sessions, with status -1; none of them is among the living. */
	readonly deleted = new Map<string, StoredSession>();
	/** The users of the account. */
	readonly users = new Map<string, StoredUser>();
	/** The attendees of each session that ever had one. */
	readonly rosters = new Map<string, Roster>();
	/** Who came to each session, and when it was finished. */
	readonly happened = new Map<string, Happened>();
	/** Changes that searches don't show yet, by session, the oldest first. */
	readonly lagging = new Map<string, Array<{ was: StoredSession | undefined; searches: number }>>();
	/** Sessions created by batches since the start or the reset; the license counts them. */
	created = 0;
	/** Counts answers with `recordDates: 'moving'`. */
	answers = 0;
	/** Numbers sessions, users and attendees in the order of their creation. */
	serial = 0;

	clear(): void {
		const { sessions, deleted, users, rosters, happened, lagging } = this;
		for (const map of [sessions, deleted, users, rosters, happened, lagging]) map.clear();
		this.created = this.answers = this.serial = 0;
	}
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
	const lagging = store.lagging.get(sessionGuid) ?? [];
	const was = store.sessions.get(sessionGuid);
	store.lagging.set(sessionGuid, [...lagging, { was, searches }]);
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

/** Puts a session into the store, among the deleted ones if its status is -1. */
export function putSession(store: Store, preset: Preload, switches: Switches): StoredSession {
	const now = readClock(switches.clock);
	const session = preloadSession(preset, now, ++store.serial, switches);
	const [into, outOf] =
		session.status === -1 ? [store.deleted, store.sessions] : [store.sessions, store.deleted];
	into.set(session.session_guid, session);
	outOf.delete(session.session_guid);
	return session;
}

export function putUser(store: Store, preset: UserPreset): StoredUser {
	const user = preloadUser(preset, ++store.serial);
	store.users.set(user.user_guid, user);
	return user;
}

/** Puts an attendee into a session that is there. */
export function putAttendee(
	store: Store,
	sessionGuid: string,
	preset: AttendeePreset,
	switches: Switches,
): StoredAttendee {
	if (!store.sessions.has(sessionGuid.toUpperCase()))
		throw new Error(`There is no session ${sessionGuid}`);
	const now = readClock(switches.clock);
	const made = stamp(now, switches.defaultTimezone, switches.stamps);
	const user = store.users.get(preset.user_guid?.toUpperCase() ?? '');
	const attendee = preloadAttendee(preset, user, ++store.serial, made);
	const roster = rosterOf(store, sessionGuid);
	if (roster.ofEmail(attendee.email))
		throw new Error(`${attendee.email} is in the session already`);
	roster.put(attendee);
	return attendee;
}
