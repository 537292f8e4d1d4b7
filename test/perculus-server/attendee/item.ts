import { isObject, own, type Json, type JsonObject } from '../values/json';
import type { Problem } from '../values/texts';

const FIELDS = [
	'attendance_code',
	'user_guid',
	'email',
	'name',
	'surname',
	'role',
	'mobile',
] as const;

export type AttendeeField = (typeof FIELDS)[number];

type Fields = Partial<Record<AttendeeField, string | null>>;

/** An item of a batch as an honest client sends it. Nothing checks a request against this type. */
export interface AttendeeInput extends Fields {
	[key: string]: Json | undefined;
}

/** Documented: an item names its attendee by attendance code, by user or by e-mail. */
export type Selector = 'attendance_code' | 'user_guid' | 'email';

/** Assumed: the order in which they count. */
const SELECTORS: readonly Selector[] = ['attendance_code', 'user_guid', 'email'];

/** An item after its types were checked: undefined = not sent (or malformed), null = sent as null. */
export interface AttendeeItem {
	index: number;
	/** The selectors that have a value, the one that counts first. */
	selectors: Selector[];
	fields: Fields;
	malformed: Problem[];
	/** What was sent; null when it was no object. */
	raw: JsonObject | null;
}

/** Takes one item of the body apart; what has a wrong type is listed and otherwise left out. */
export function readAttendee(sent: Json, index: number): AttendeeItem {
	if (!isObject(sent))
		return {
			index,
			selectors: [],
			fields: {},
			malformed: [{ field: '', text: 'malformed' }],
			raw: null,
		};
	const fields: Fields = {};
	const malformed: Problem[] = [];
	for (const field of FIELDS) {
		const value = own(sent, field);
		if (value === undefined) continue;
		if (value === null || typeof value === 'string') fields[field] = value;
		else malformed.push({ field, text: 'malformed' });
	}
	const selectors = SELECTORS.filter((selector) => fields[selector]);
	return { index, selectors, fields, malformed, raw: sent };
}

/** A test's own rule sees the item as it was sent. */
export function attendeeInputOf(item: AttendeeItem | undefined): AttendeeInput {
	return (item?.raw ?? {}) as AttendeeInput;
}

export function unknownAttendeeFields(item: AttendeeItem): Problem[] {
	const known: readonly string[] = FIELDS;
	return Object.keys(item.raw ?? {})
		.filter((key) => !known.includes(key))
		.map((field) => ({ field, text: 'unknownField' }));
}
