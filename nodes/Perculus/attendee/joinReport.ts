import type { IDataObject } from 'n8n-workflow';

import { keysOf } from './compare';

/** A person in a session's report, among its attendees, or both. */
export interface ReportPerson {
	/** From the session's attendees; undefined for a person who is only in the report. */
	attendee?: IDataObject;
	/** As the API returned them; none for a person who isn't in the report. */
	entries: IDataObject[];
}

interface Group extends ReportPerson {
	keys: string[];
	/** Place of its first entry in the report. */
	place: number;
}

/** The people of a report and the session's other attendees. */
export interface Joined {
	/** In the order of the report. */
	inReport: ReportPerson[];
	/** Attendees who aren't in the report, in the order in which they were listed. */
	others: IDataObject[];
	/** Whether one of the attendee's keys is in the report, though beside a surer key of another person. */
	isNamed(attendee: IDataObject): boolean;
}

/** Attendees by what names them; a key that two of them share names none of them for sure. */
function indexAttendees(attendees: readonly IDataObject[]) {
	const byKey = new Map<string, IDataObject | undefined>();
	for (const attendee of attendees) {
		for (const key of keysOf(attendee)) byKey.set(key, byKey.has(key) ? undefined : attendee);
	}
	return byKey;
}

/**
 * Joins the entries of a report with the attendees of the session: by attendance code, then user, then email, never by
 * name. Entries of one attendee, or with a key in common, are one person; two attendees are never one.
 */
export function joinReport(
	entries: readonly IDataObject[],
	attendees: readonly IDataObject[],
): Joined {
	const attendeeOf = indexAttendees(attendees);
	const groups = new Set<Group>();
	const byAttendee = new Map<IDataObject, Group>();
	const byKey = new Map<string, Group>();
	const add = (group: Group, keys: readonly string[], added: readonly IDataObject[]) => {
		groups.add(group);
		group.entries.push(...added);
		group.keys.push(...keys);
		for (const key of keys) if (!byKey.get(key)?.attendee) byKey.set(key, group);
	};
	const newGroup = (place: number, attendee?: IDataObject): Group => ({
		place,
		entries: [],
		keys: [],
		...(attendee && { attendee }),
	});

	const unmatched: Array<{ entry: IDataObject; keys: string[]; place: number }> = [];
	entries.forEach((entry, place) => {
		const keys = keysOf(entry);
		const attendee = keys.map((key) => attendeeOf.get(key)).find((one) => one !== undefined);
		if (!attendee) {
			unmatched.push({ entry, keys, place });
			return;
		}
		const group = byAttendee.get(attendee) ?? newGroup(place, attendee);
		byAttendee.set(attendee, group);
		add(group, keys, [entry]);
	});
	// Afterwards, because such an entry may share a key with any entry of an attendee.
	for (const { entry, keys, place } of unmatched) {
		const alike = [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))];
		const group = alike.find(({ attendee }) => attendee) ?? alike[0] ?? newGroup(place);
		group.place = Math.min(group.place, place);
		add(group, keys, [entry]);
		for (const other of alike) {
			if (other === group || other.attendee) continue;
			groups.delete(other);
			group.place = Math.min(group.place, other.place);
			add(group, other.keys, other.entries);
		}
	}
	return {
		inReport: [...groups].sort((a, b) => a.place - b.place),
		others: attendees.filter((attendee) => !byAttendee.has(attendee)),
		isNamed: (attendee) => keysOf(attendee).some((key) => byKey.has(key)),
	};
}
