import type { Rejection, Stage } from '../batch/result';
import type { Switches } from '../switches';
import type { JsonObject } from '../values/json';
import { detailsOf, type Problem, type TextName } from '../values/texts';
import type { AttendeeItem } from './item';

/** Refused for its own values. */
export function invalidAttendee(
	item: AttendeeItem,
	problems: readonly Problem[],
	switches: Switches,
): Rejection {
	const details = detailsOf(problems, 'validation', switches.details, switches.language);
	return attendeeRejection(item, 'validation', { code: 12, details }, switches);
}

/** Refused with one of the API's own codes and texts. */
export function refusedAttendee(
	item: AttendeeItem,
	code: number,
	text: TextName,
	switches: Switches,
): Rejection {
	const details = detailsOf([{ field: '', text }], 'later', switches.details, switches.language);
	return attendeeRejection(item, 'later', { code, details }, switches);
}

export function attendeeRejection(
	item: AttendeeItem,
	stage: Stage,
	state: Rejection['state'],
	switches: Switches,
): Rejection {
	const model = { sent: () => item.raw, entity: () => entityOf(item), null: () => null };
	return { index: item.index, stage, model: model[switches.attendeeRejectedModel](), state };
}

/** Assumed, after the sessions' entity: internal numbers beside the GUIDs, all of them made up here. */
function entityOf({ fields }: AttendeeItem): JsonObject {
	return {
		attendee_id: 0,
		account_id: 990017,
		session_id: 0,
		user_id: 0,
		user_guid: fields.user_guid ?? null,
		attendance_code: fields.attendance_code ?? null,
		name: fields.name ?? null,
		surname: fields.surname ?? null,
		email: fields.email ?? null,
		role: fields.role ?? 'u',
		mobile: fields.mobile ?? null,
		avatar: null,
		status: 1,
		user_added: 880023,
		user_updated: 880023,
		creation_date: null,
		updating_date: null,
		session: null,
		user: null,
		_isValid: null,
		_errors: null,
	};
}
