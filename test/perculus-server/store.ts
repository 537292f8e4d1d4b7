import { randomUUID } from 'node:crypto';
import { findBy, putInto, type Roster, type StoredAttendee, type StoredUser } from './attendee';
import { stamp } from './dates';
import type { Happened } from './report';
import { preloadSession, type Preload, type StoredSession } from './session';
import type { Switches } from './switches';

/** The state between requests. Its keys are GUIDs in upper case. */
export class Store {
	readonly sessions = new Map<string, StoredSession>();
	readonly deleted = new Map<string, StoredSession>(); // with status -1
	readonly users = new Map<string, StoredUser>();
	readonly rosters = new Map<string, Roster>();
	readonly happened = new Map<string, Happened>();
	/** Changes that searches don't show until one of these numbers, the newest first. */
	readonly lagging: Array<{ guid: string; was: StoredSession | undefined; until: number }> = [];
	searches = 0;
	created = 0; // sessions created by batches; the license counts them
	serial = 0; // numbers sessions, users and attendees in the order of their creation

	clear(): void {
		const { sessions, deleted, users, rosters, happened } = this;
		for (const map of [sessions, deleted, users, rosters, happened]) map.clear();
		this.lagging.length = this.searches = this.created = this.serial = 0;
	}
}

/** The state for one request; the clock is read once for each. */
export interface Context {
	store: Store;
	switches: Switches;
	now: number;
}

export function rosterOf({ rosters }: Store, sessionGuid: string): Roster {
	const key = sessionGuid.toUpperCase();
	const roster = rosters.get(key) ?? [];
	rosters.set(key, roster);
	return roster;
}

/** Call before a change: the next searches (as many as the lag) see the session as before, or not at all. */
export function delaySearch(store: Store, guid: string, searches: number): void {
	const was = store.sessions.get(guid);
	if (searches > 0) store.lagging.unshift({ guid, was, until: store.searches + searches });
}

/** The sessions that one search finds, without deleted ones; counts the search. */
export function searchedSessions(store: Store): StoredSession[] {
	const seen = new Map<string, StoredSession | undefined>(store.sessions);
	const number = ++store.searches;
	for (const { guid, was, until } of store.lagging) if (until >= number) seen.set(guid, was);
	return [...seen.values()].filter((session) => session !== undefined);
}

export function putSession(preset: Preload, context: Context): StoredSession {
	const session = preloadSession(preset, context);
	const { sessions, deleted } = context.store;
	const [into, outOf] = session.status === -1 ? [deleted, sessions] : [sessions, deleted];
	into.set(session.session_guid, session);
	outOf.delete(session.session_guid);
	return session;
}

/** A made-up person where a preset has nothing; the number keeps email addresses apart. */
const person = (name: string, number: number, host: string) => {
	const email = `${name.toLowerCase()}-${number}@${host}`;
	return { name, surname: String(number), email, role: 'u', mobile: null };
};

export function putUser(store: Store, preset: Partial<StoredUser>): StoredUser {
	const guid = (preset.user_guid ?? randomUUID()).toUpperCase();
	const user = { ...person('User', ++store.serial, 'account.example'), ...preset, user_guid: guid };
	store.users.set(guid, user);
	return user;
}

/** With the user's or made-up values where the preset has none. */
export function presetAttendee(preset: Partial<StoredAttendee>, store: Store, made: string) {
	const guid = preset.user_guid?.toUpperCase() ?? null;
	return {
		...person('Guest', ++store.serial, 'elsewhere.example'),
		...store.users.get(guid ?? ''),
		attendee_id: store.serial,
		creation_date: made,
		updating_date: preset.creation_date ?? made,
		...preset,
		user_guid: guid,
		attendance_code: (preset.attendance_code ?? randomUUID()).toUpperCase(),
	};
}

export function putAttendee(guid: string, preset: Partial<StoredAttendee>, context: Context) {
	const { store, switches, now } = context;
	if (!store.sessions.has(guid.toUpperCase())) throw new Error(`No session ${guid}`);
	const made = stamp(now, switches.defaultTimezone, switches);
	const attendee = presetAttendee(preset, store, made);
	const roster = rosterOf(store, guid);
	if (findBy('email', attendee.email, roster))
		throw new Error(`${attendee.email} is in the session`);
	putInto(roster, attendee);
	return attendee;
}
