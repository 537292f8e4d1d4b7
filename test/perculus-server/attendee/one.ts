import { emptyAnswer, jsonAnswer, notFoundAnswer, type Answer } from '../http/answer';
import type { Switches } from '../switches';
import { attendeeView } from './attendee';
import type { Roster } from './roster';

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
