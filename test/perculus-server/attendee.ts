import { emptyAnswer, errorAnswer, jsonAnswer, pageOf, type Answer } from './answers';
import type { Target } from './routes';
import type { Switches } from './switches';
import { isObject, shuffled, spellGuid, type Json, type JsonObject } from './values';

/** Documented: what a user lends to an attendee. The server has no routes for users. */
export interface StoredUser {
	user_guid: string; // in upper case
	name: string;
	surname: string;
	email: string;
	role: string;
	mobile: string | null;
}

export interface StoredAttendee extends Omit<StoredUser, 'user_guid'> {
	attendance_code: string; // in upper case
	user_guid: string | null; // in upper case; null for a guest
	attendee_id: number;
	creation_date: string;
	updating_date: string;
}

/** Documented (v1): the 12 keys. Inferred: the names of the two GUIDs in v2. */
export function attendeeView(
	{ user_guid: user, attendance_code: code, ...rest }: StoredAttendee,
	sessionGuid: string,
	{ attendeeKeys, guidCase }: Switches,
): JsonObject {
	return {
		[`session_${attendeeKeys}`]: spellGuid(sessionGuid, guidCase),
		[`user_${attendeeKeys}`]: user === null ? null : spellGuid(user, guidCase),
		attendance_code: spellGuid(code, guidCase),
		...rest,
		avatar: null,
	};
}

export type Roster = StoredAttendee[]; // of one session, in the order in which they were added

/** Documented: each of the three is unique in a session, and is compared in any case. */
export function findBy(
	key: 'attendance_code' | 'email' | 'user_guid',
	value: string,
	roster: Roster,
): StoredAttendee | undefined {
	const wanted = value.toLowerCase();
	return roster.find((attendee) => attendee[key]?.toLowerCase() === wanted);
}

/** Documented: a path's id is an attendance code, an email address or a user's GUID. */
export const findAttendee = (id: string, roster: Roster) =>
	findBy('attendance_code', id, roster) ??
	findBy('email', id, roster) ??
	findBy('user_guid', id, roster);

/** Adds an attendee, or replaces the one with the same attendance code. */
export function putInto(roster: Roster, attendee: StoredAttendee): void {
	const at = roster.findIndex((one) => one.attendance_code === attendee.attendance_code);
	roster.splice(at < 0 ? roster.length : at, 1, attendee);
}

/** Documented: the route. Its filters are left out: no page names them. */
export function answerAttendeeSearch(body: Json, guid: string, roster: Roster, switches: Switches) {
	if (!isObject(body)) return errorAnswer(400, 19, 'Invalid request body.', switches);
	const { searchOrder, seed, attendeePaging, attendeeList } = switches;
	const all = searchOrder === 'shuffled' ? shuffled(roster, seed) : roster;
	const page = attendeePaging === 'whole' ? all : pageOf(all, body, switches);
	if (page === null) return errorAnswer(400, 12, 'Invalid page number.', switches);
	const views = page.map((attendee) => attendeeView(attendee, guid, switches));
	return jsonAnswer(200, attendeeList === 'bare' ? views : { data: views });
}

/** Documented: get, and delete with 204; three kinds of id. Inferred: the view, and 404 with code 40. */
export function answerAttendee(target: Target, roster: Roster, switches: Switches): Answer {
	const attendee = findAttendee(target.attendee, roster);
	if (!attendee) return errorAnswer(404, 40, 'Attendee not found.', switches);
	if (target.route === 'attendeeGet')
		return jsonAnswer(200, attendeeView(attendee, target.guid, switches));
	roster.splice(roster.indexOf(attendee), 1);
	return emptyAnswer(204);
}
