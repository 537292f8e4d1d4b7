import { errorAnswer, jsonAnswer, type Answer } from '../http/answer';
import type { Switches } from '../switches';
import { isObject, own, type Json, type JsonObject } from '../values/json';
import { pageOf } from '../values/page';
import { seededRandom, shuffled } from '../values/random';
import { attendeeView, type StoredAttendee } from './attendee';
import type { Roster } from './roster';

/**
 * Documented: the route. Inferred from v1: the filter. Assumed: names are found by a part or the
 * whole as sessions are, everything else by the whole; all ignore case.
 */
export function answerAttendeeSearch(
	body: Json,
	sessionGuid: string,
	roster: Roster,
	switches: Switches,
): Answer {
	if (!isObject(body)) return errorAnswer(400, 19, 'bodyInvalid', switches.language);
	const found = roster.all().filter(matcher(body, switches));
	const ordered =
		switches.searchOrder === 'shuffled' ? shuffled(found, seededRandom(switches.seed)) : found;
	const page = switches.attendeePaging === 'whole' ? ordered : pageOf(ordered, body, switches);
	if (page === null) return errorAnswer(400, 12, 'pageInvalid', switches.language);
	const views = page.map((attendee) => attendeeView(attendee, sessionGuid, switches));
	return jsonAnswer(200, switches.attendeeList === 'bare' ? views : { data: views });
}

function matcher(filter: JsonObject, switches: Switches): (attendee: StoredAttendee) => boolean {
	const asked = (key: string): string | undefined => {
		const value = own(filter, key);
		return typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
	};
	const whole = (value: string | null, text: string | undefined) =>
		text === undefined || value?.toLowerCase() === text;
	const part = (value: string, text: string | undefined) =>
		switches.nameMatch === 'exact'
			? whole(value, text)
			: text === undefined || value.toLowerCase().includes(text);
	const name = asked('name');
	const surname = asked('surname');
	const code = asked('attendance_code');
	const user = asked('user_guid') ?? asked('user_id');
	const email = asked('email');
	const role = asked('role');
	const mobile = asked('mobile');

	return (attendee) =>
		part(attendee.name, name) &&
		part(attendee.surname, surname) &&
		whole(attendee.attendance_code, code) &&
		whole(attendee.user_guid, user) &&
		whole(attendee.email, email) &&
		whole(attendee.role, role) &&
		whole(attendee.mobile, mobile);
}
