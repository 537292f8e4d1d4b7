import type { Switches } from '../switches';
import { spellGuid } from '../values/guid';
import type { JsonObject } from '../values/json';
import type { StoredUser } from './user';

/** What an attendee is told by and what can be said about one. */
export interface Person {
	name: string;
	surname: string;
	email: string;
	role: string;
	mobile: string | null;
}

/** An attendee of one session, as the server keeps it. */
export interface StoredAttendee extends Person {
	/** In upper case. */
	attendance_code: string;
	/** In upper case; null for a guest. */
	user_guid: string | null;
	attendee_id: number;
	creation_date: string;
	updating_date: string;
}

export type AttendeePreset = Partial<StoredAttendee>;

/** Documented (v1): the 12 keys. Inferred: the names of the two GUIDs in v2. */
export function attendeeView(
	attendee: StoredAttendee,
	sessionGuid: string,
	switches: Switches,
): JsonObject {
	const spelled = (guid: string) => spellGuid(guid, switches.guidCase);
	const session = spelled(sessionGuid);
	const user = attendee.user_guid === null ? null : spelled(attendee.user_guid);
	return {
		...(switches.attendeeKeys === 'guid'
			? { session_guid: session, user_guid: user }
			: { session_id: session, user_id: user }),
		attendee_id: attendee.attendee_id,
		attendance_code: spelled(attendee.attendance_code),
		name: attendee.name,
		surname: attendee.surname,
		email: attendee.email,
		role: attendee.role,
		mobile: attendee.mobile,
		avatar: null,
		creation_date: attendee.creation_date,
		updating_date: attendee.updating_date,
	};
}

/** An attendee as if there from before, with the user's or made-up values where the preset has none. */
export function preloadedAttendee(
	preset: AttendeePreset,
	user: StoredUser | undefined,
	number: number,
	made: string,
	switches: Switches,
): StoredAttendee {
	const { name = 'Guest', surname = String(number), role = 'u', mobile = null } = user ?? {};
	return {
		name,
		surname,
		email: user?.email ?? `guest-${number}@elsewhere.example`,
		role,
		mobile,
		attendee_id: number,
		creation_date: made,
		updating_date: preset.creation_date ?? made,
		...preset,
		user_guid: preset.user_guid?.toUpperCase() ?? null,
		attendance_code: (preset.attendance_code ?? switches.newAttendanceCode()).toUpperCase(),
	};
}
