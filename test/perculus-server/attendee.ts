import { randomUUID } from 'node:crypto';
import type { Switches } from './switches';
import { spellGuid, type JsonObject } from './values';

/** What users and attendees have in common. */
export interface Person {
	name: string;
	surname: string;
	email: string;
	role: string;
	mobile: string | null;
}

/** Documented: what a user lends to an attendee. The server has no routes for users. */
export interface StoredUser extends Person {
	/** In upper case. */
	user_guid: string;
}

/** An attendee of one session. */
export interface StoredAttendee extends Person {
	/** In upper case. */
	attendance_code: string;
	/** In upper case; null for a guest. */
	user_guid: string | null;
	attendee_id: number;
	creation_date: string;
	updating_date: string;
}

export type UserPreset = Partial<StoredUser>;
export type AttendeePreset = Partial<StoredAttendee>;

/** Documented (v1): the 12 keys. Inferred: the names of the two GUIDs in v2. */
export function attendeeView(
	{ user_guid: userGuid, attendance_code: code, ...rest }: StoredAttendee,
	sessionGuid: string,
	{ attendeeKeys, guidCase }: Switches,
): JsonObject {
	const session = spellGuid(sessionGuid, guidCase);
	const user = userGuid === null ? null : spellGuid(userGuid, guidCase);
	const { creation_date, updating_date, attendee_id, ...person } = rest;
	return {
		...(attendeeKeys === 'guid'
			? { session_guid: session, user_guid: user }
			: { session_id: session, user_id: user }),
		attendee_id,
		attendance_code: spellGuid(code, guidCase),
		...person,
		avatar: null,
		creation_date,
		updating_date,
	};
}

/** A user with made-up values where the preset has none; the number keeps email addresses apart. */
export function preloadUser(preset: UserPreset, number: number): StoredUser {
	return {
		name: 'User',
		surname: String(number),
		email: `user-${number}@account.example`,
		role: 'u',
		mobile: null,
		...preset,
		user_guid: (preset.user_guid ?? randomUUID()).toUpperCase(),
	};
}

/** An attendee as if there before, with the user's or made-up values where the preset has none. */
export function preloadAttendee(
	preset: AttendeePreset,
	user: StoredUser | undefined,
	number: number,
	made: string,
): StoredAttendee {
	const guest = {
		name: 'Guest',
		surname: String(number),
		email: `guest-${number}@elsewhere.example`,
		role: 'u',
		mobile: null,
	};
	return {
		...guest,
		...user,
		attendee_id: number,
		creation_date: made,
		updating_date: preset.creation_date ?? made,
		...preset,
		user_guid: preset.user_guid?.toUpperCase() ?? null,
		attendance_code: (preset.attendance_code ?? randomUUID()).toUpperCase(),
	};
}

/** The attendees of one session. Documented: email and user are unique in it, in any case. */
export class Roster {
	private readonly byCode = new Map<string, StoredAttendee>();
	private readonly byEmail = new Map<string, StoredAttendee>();
	private readonly byUser = new Map<string, StoredAttendee>();

	/** In the order in which they were added. */
	all(): StoredAttendee[] {
		return [...this.byCode.values()];
	}

	ofCode(code: string): StoredAttendee | undefined {
		return this.byCode.get(code.toUpperCase());
	}

	ofEmail(email: string): StoredAttendee | undefined {
		return this.byEmail.get(email.toLowerCase());
	}

	ofUser(guid: string): StoredAttendee | undefined {
		return this.byUser.get(guid.toUpperCase());
	}

	/** Documented: a path's id is an attendance code, an email address or a user's GUID. */
	find(id: string): StoredAttendee | undefined {
		return this.ofCode(id) ?? this.ofEmail(id) ?? this.ofUser(id);
	}

	/** Adds an attendee, or replaces the one with the same attendance code. */
	put(attendee: StoredAttendee): void {
		this.unlink(this.ofCode(attendee.attendance_code));
		this.byCode.set(attendee.attendance_code, attendee);
		this.byEmail.set(attendee.email.toLowerCase(), attendee);
		if (attendee.user_guid !== null) this.byUser.set(attendee.user_guid, attendee);
	}

	remove(attendee: StoredAttendee): void {
		this.unlink(attendee);
		this.byCode.delete(attendee.attendance_code);
	}

	/** Back to what `all` returned before. */
	restore(attendees: readonly StoredAttendee[]): void {
		for (const map of [this.byCode, this.byEmail, this.byUser]) map.clear();
		for (const attendee of attendees) this.put(attendee);
	}

	private unlink(attendee: StoredAttendee | undefined): void {
		if (!attendee) return;
		this.byEmail.delete(attendee.email.toLowerCase());
		if (attendee.user_guid !== null) this.byUser.delete(attendee.user_guid);
	}
}
