import { randomUUID } from 'node:crypto';
import type { Refusal } from '../batch/switches';
import type { AttendeeInput } from './item';

/** Switches of attendees. What every batch has (`order`, `details`, `malformed`…) holds here, too. */
export interface AttendeeSwitches {
	/** Documented: an attendance code is a GUID. */
	newAttendanceCode: () => string;
	/** Inferred: v2's views have session_guid and user_guid. `id`: v1's session_id and user_id. */
	attendeeKeys: 'guid' | 'id';
	/** Assumed: what the server makes of an e-mail address before it keeps and echoes it. */
	emails: 'kept' | 'lowerCase';

	/** Assumed: 200, 207 or 400 as for sessions, or 200 whatever became of the items (as in v1). */
	attendeeStatus: 'byResult' | 'always200';
	/** Assumed: the body when every item failed. `code13` is the v1 form; its status is 400. */
	attendeeAllFailedBody: 'lists' | 'code13';
	/** Assumed: a rejected item's model: what was sent, an internal entity, or none. */
	attendeeRejectedModel: 'sent' | 'entity' | 'null';
	/**
	 * Assumed: what an item with several selectors is. `firstOf`: attendance code, then user, then
	 * e-mail decides, and the others are values. `refused`: code 15 where an attendance code stands
	 * beside another one. Documented: an e-mail beside a user is a value of the attendee.
	 */
	attendeeSelectors: 'firstOf' | 'refused';
	/**
	 * Assumed: what re-adding by user or e-mail does to fields that were not sent. `reset`: a user's
	 * become the user's own again, a guest's role `u` and the mobile null. Updates by attendance code
	 * keep them in any case.
	 */
	attendeeUnsent: 'kept' | 'reset';
	/**
	 * Documented: code 51 comes with 409 where it is the whole answer. Assumed: that a conflict is its
	 * item's rejection; with `wholeBody` it refuses the whole list with 409, and nothing is saved.
	 */
	mailConflict: 'perItem' | 'wholeBody';
	/** Assumed: more attendees than this are refused as a whole (code 41 or 413); null for no limit. */
	attendeeLimit: number | null;
	/** A test's own refusals; asked for every item that would otherwise be applied. */
	refuseAttendee: (item: AttendeeInput, index: number) => Refusal | null;
	/** Assumed: so many results (chosen by the seed), or those of these items, are left out. */
	attendeeOmit: number | ((item: AttendeeInput, index: number) => boolean);
	/** Assumed: this many attendees that nobody asked for are added to `approved`. */
	attendeeStranger: number;

	/** Inferred: search answers a bare array, as for sessions. `data`: an object with the list in it. */
	attendeeList: 'bare' | 'data';
	/** Assumed: whether search divides what it finds into pages, or answers all whatever is asked. */
	attendeePaging: 'paged' | 'whole';
}

export function attendeeDefaults(): AttendeeSwitches {
	return {
		newAttendanceCode: randomUUID,
		attendeeKeys: 'guid',
		emails: 'kept',
		attendeeStatus: 'byResult',
		attendeeAllFailedBody: 'lists',
		attendeeRejectedModel: 'sent',
		attendeeSelectors: 'firstOf',
		attendeeUnsent: 'kept',
		mailConflict: 'perItem',
		attendeeLimit: null,
		refuseAttendee: () => null,
		attendeeOmit: 0,
		attendeeStranger: 0,
		attendeeList: 'bare',
		attendeePaging: 'paged',
	};
}
