import { preloadedAttendee, type AttendeePreset, type StoredAttendee } from './attendee/attendee';
import { preloadedUser, type StoredUser, type UserPreset } from './attendee/user';
import { preloadedSession, type Preload } from './session/preload';
import type { StoredSession } from './session/session';
import { rosterOf, type Store } from './store';
import type { Switches } from './switches';
import { readClock, stamp } from './values/clock';

/** Puts a session into the store, among the deleted ones if its status is -1. */
export function putSession(preset: Preload, store: Store, switches: Switches): StoredSession {
	const now = readClock(switches.clock, switches.clockSkewMs);
	const session = preloadedSession(preset, now, ++store.serial, switches);
	const [into, outOf] =
		session.status === -1 ? [store.deleted, store.sessions] : [store.sessions, store.deleted];
	into.set(session.session_guid, session);
	outOf.delete(session.session_guid);
	return session;
}

export function putUser(preset: UserPreset, store: Store): StoredUser {
	const user = preloadedUser(preset, ++store.serial);
	store.users.set(user.user_guid, user);
	return user;
}

/** Puts an attendee into a session that is there. */
export function putAttendee(
	sessionGuid: string,
	preset: AttendeePreset,
	store: Store,
	switches: Switches,
): StoredAttendee {
	if (!store.sessions.has(sessionGuid.toUpperCase()))
		throw new Error(`There is no session ${sessionGuid}`);
	const now = readClock(switches.clock, switches.clockSkewMs);
	const made = stamp(now, switches.defaultTimezone, switches.stamps);
	const user = store.users.get(preset.user_guid?.toUpperCase() ?? '');
	const attendee = preloadedAttendee(preset, user, ++store.serial, made, switches);
	const roster = rosterOf(store, sessionGuid);
	if (roster.ofEmail(attendee.email))
		throw new Error(`${attendee.email} is in the session already`);
	roster.put(attendee);
	return attendee;
}
