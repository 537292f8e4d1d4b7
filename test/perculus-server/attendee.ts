import type { Switches } from './switches';
import { spellGuid, type JsonObject } from './values';

/** Documented: what a user lends to an attendee. The server has no routes for users. */
export interface StoredUser {
	/** In upper case. */
	user_guid: string;
	name: string;
	surname: string;
	email: string;
	role: string;
	mobile: string | null;
}

/** An attendee of one session. */
export interface StoredAttendee extends Omit<StoredUser, 'user_guid'> {
	/** In upper case. */
	attendance_code: string;
	/** In upper case; null for a guest. */
	user_guid: string | null;
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

type Key = 'attendance_code' | 'email' | 'user_guid';

/** The attendees of one session. Documented: email and user are unique in it, in any case. */
export class Roster {
	private readonly byCode = new Map<string, StoredAttendee>();
	private readonly index = new Map<string, StoredAttendee>();

	/** In the order in which they were added. */
	all(): StoredAttendee[] {
		return [...this.byCode.values()];
	}

	by(key: Key, value: string): StoredAttendee | undefined {
		return this.index.get(`${key} ${value.toLowerCase()}`);
	}

	/** Documented: a path's id is an attendance code, an email address or a user's GUID. */
	find(id: string): StoredAttendee | undefined {
		return this.by('attendance_code', id) ?? this.by('email', id) ?? this.by('user_guid', id);
	}

	/** Adds an attendee, or replaces the one with the same attendance code. */
	put(attendee: StoredAttendee): void {
		const old = this.byCode.get(attendee.attendance_code);
		for (const name of namesOf(old)) this.index.delete(name);
		this.byCode.set(attendee.attendance_code, attendee);
		for (const name of namesOf(attendee)) this.index.set(name, attendee);
	}

	remove(attendee: StoredAttendee): void {
		for (const name of namesOf(attendee)) this.index.delete(name);
		this.byCode.delete(attendee.attendance_code);
	}
}

function namesOf(attendee?: StoredAttendee): string[] {
	const keys = ['attendance_code', 'email', 'user_guid'] as const;
	return keys.flatMap((key) => {
		const value = attendee?.[key];
		return value ? [`${key} ${value.toLowerCase()}`] : [];
	});
}
