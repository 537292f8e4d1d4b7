import { attendeeNotFound, emptyAnswer, errorAnswer, jsonAnswer, pageOf } from './answers';
import type { Answer } from './answers';
import { attendeeView, type Roster, type StoredAttendee } from './attendee';
import { hasName } from './sessionSearch';
import type { Switches } from './switches';
import { isObject, ownText, shuffled, type Json, type JsonObject } from './values';

/** Documented: the route. Inferred from v1: the filter. */
export function answerAttendeeSearch(
	body: Json,
	sessionGuid: string,
	roster: Roster,
	switches: Switches,
): Answer {
	if (!isObject(body)) return errorAnswer(400, 19, 'Invalid request body.', switches);
	const found = roster.all().filter((attendee) => matches(attendee, body, switches));
	const ordered = switches.searchOrder === 'shuffled' ? shuffled(found, switches.seed) : found;
	const page = switches.attendeePaging === 'whole' ? ordered : pageOf(ordered, body, switches);
	if (page === null) return errorAnswer(400, 12, 'Invalid page number.', switches);
	const views = page.map((attendee) => attendeeView(attendee, sessionGuid, switches));
	return jsonAnswer(200, switches.attendeeList === 'bare' ? views : { data: views });
}

/** Assumed: names are found as those of sessions are, the rest by the whole. */
function matches(attendee: StoredAttendee, filter: JsonObject, switches: Switches): boolean {
	const { attendance_code, email, role, mobile, user_guid: user_id } = attendee;
	const whole = Object.entries({ attendance_code, email, role, mobile, user_id });
	return (
		hasName(attendee.name, ownText(filter, 'name'), switches) &&
		hasName(attendee.surname, ownText(filter, 'surname'), switches) &&
		whole.every(([key, value]) => {
			const asked = ownText(filter, key);
			return asked === undefined || value?.toLowerCase() === asked;
		})
	);
}

/** Documented: the route and its three kinds of id. Inferred: the view, and 404 with code 40. */
export function answerAttendeeGet(id: string, guid: string, roster: Roster, switches: Switches) {
	const attendee = roster.find(id);
	return attendee
		? jsonAnswer(200, attendeeView(attendee, guid, switches))
		: attendeeNotFound(switches);
}

/** Documented: 204 without a body. */
export function answerAttendeeDelete(id: string, roster: Roster, switches: Switches): Answer {
	const attendee = roster.find(id);
	if (!attendee) return attendeeNotFound(switches);
	roster.remove(attendee);
	return emptyAnswer(204);
}
