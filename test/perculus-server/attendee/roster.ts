import type { StoredAttendee } from './attendee';

/** The attendees of one session. Documented: e-mail and user are unique in it, in any case. */
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

	/** Documented: a path's id is an attendance code, an e-mail address or a user's GUID. */
	find(id: string): StoredAttendee | undefined {
		return this.ofCode(id) ?? this.ofEmail(id) ?? this.ofUser(id);
	}

	/** Adds an attendee, or takes it for the one with the same attendance code. */
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
