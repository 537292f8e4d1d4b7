import { emptyAnswer, errorAnswer, jsonAnswer, notFoundAnswer, type Answer } from './answers';
import type { Switches } from './switches';
import { isObject, ownText, pageOf, shuffled, type Json, type JsonObject } from './values';
import { attendeeView, type Roster, type StoredAttendee } from './attendee';

/** Documented: the route. Inferred from v1: the filter. */
export function answerAttendeeSearch(
	body: Json,
	sessionGuid: string,
	roster: Roster,
	switches: Switches,
): Answer {
	if (!isObject(body)) return errorAnswer(400, 19, 'bodyInvalid', switches);
	const found = roster.all().filter(matcher(body, switches));
	const ordered = switches.searchOrder === 'shuffled' ? shuffled(found, switches.seed) : found;
	const page = switches.attendeePaging === 'whole' ? ordered : pageOf(ordered, body, switches);
	if (page === null) return errorAnswer(400, 12, 'pageInvalid', switches);
	const views = page.map((attendee) => attendeeView(attendee, sessionGuid, switches));
	return jsonAnswer(200, switches.attendeeList === 'bare' ? views : { data: views });
}

/** Assumed: names are found by a part or the whole, as sessions are, the rest by the whole. */
function matcher(filter: JsonObject, { nameMatch }: Switches) {
	const asked = (key: string) => ownText(filter, key)?.toLowerCase();
	const names = (['name', 'surname'] as const).map((key) => [key, asked(key)] as const);
	const others = (['attendance_code', 'email', 'role', 'mobile', 'user_guid'] as const).map(
		(key) => [key, asked(key) ?? (key === 'user_guid' ? asked('user_id') : undefined)] as const,
	);
	return (attendee: StoredAttendee): boolean =>
		names.every(([key, text]) => {
			const name = attendee[key].toLowerCase();
			return text === undefined || (nameMatch === 'exact' ? name === text : name.includes(text));
		}) &&
		others.every(([key, text]) => text === undefined || attendee[key]?.toLowerCase() === text);
}

/** Documented: the route and its three kinds of id. Inferred: the view, and 404 with code 40. */
export function answerAttendeeGet(
	id: string,
	sessionGuid: string,
	roster: Roster,
	switches: Switches,
): Answer {
	const attendee = roster.find(id);
	return attendee
		? jsonAnswer(200, attendeeView(attendee, sessionGuid, switches))
		: notFoundAnswer(40, 'attendeeNotFound', switches);
}

/** Documented: 204 without a body. */
export function answerAttendeeDelete(id: string, roster: Roster, switches: Switches): Answer {
	const attendee = roster.find(id);
	if (!attendee) return notFoundAnswer(40, 'attendeeNotFound', switches);
	roster.remove(attendee);
	return emptyAnswer(204);
}
