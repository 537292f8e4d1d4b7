import type { Problem } from './answers';
import { stateOf, type Rejection } from './batch';
import type { Switches } from './switches';
import { isGuid, isObject, own, type Json, type JsonObject } from './values';

/** Documented: an item names its attendee by one of these. Assumed: the order in which they count. */
const SELECTORS = ['attendance_code', 'user_guid', 'email'] as const;
const FIELDS = [...SELECTORS, 'name', 'surname', 'role', 'mobile'] as const;
/** Documented: user, instructor, admin; the last two are older kinds of instructor. */
const ROLES = ['u', 'e', 'a', 'e+', 'e-'];

type Fields = Partial<Record<(typeof FIELDS)[number], string | null>>;

/** An item of a batch as a well-behaved client sends it. Requests aren't checked against it. */
export interface AttendeeInput extends Fields {
	[key: string]: Json | undefined;
}

/** An item whose types were checked; values of a wrong type are listed and left out. */
export interface AttendeeItem {
	index: number;
	/** The selectors that have a value, the one that counts first. */
	selectors: Array<(typeof SELECTORS)[number]>;
	fields: Fields;
	malformed: Problem[];
	/** What was sent; null when it was no object. */
	raw: JsonObject | null;
}

export function readItem(sent: Json, index: number): AttendeeItem {
	const raw = isObject(sent) ? sent : null;
	const malformed: Problem[] = raw ? [] : [{ field: '', text: 'malformed' }];
	const fields: Fields = {};
	for (const field of FIELDS) {
		const value = raw ? own(raw, field) : undefined;
		if (value === null || typeof value === 'string') fields[field] = value;
		else if (value !== undefined) malformed.push({ field, text: 'malformed' });
	}
	const selectors = SELECTORS.filter((selector) => fields[selector]);
	return { index, selectors, fields, malformed, raw };
}

/** A test's own rule sees the item as it was sent. */
export function inputOf(item: AttendeeItem | undefined): AttendeeInput {
	return (item?.raw ?? {}) as AttendeeInput;
}

/** Everything that is wrong with an item's own values. */
export function problemsOf(item: AttendeeItem, switches: Switches): Problem[] {
	const problems: Problem[] = [];
	const add = (field: string, text: Problem['text']) => problems.push({ field, text });
	const { email, name, surname, role } = item.fields;
	const [selector] = item.selectors;
	if (selector === undefined) add('', 'selectorMissing');
	else if (selector === 'email') {
		// Documented: a guest needs all three.
		if (!name?.trim()) add('name', 'attendeeNameMissing');
		if (!surname?.trim()) add('surname', 'surnameMissing');
	} else if (switches.malformedGuid === 'malformed' && !isGuid(item.fields[selector] ?? ''))
		add(selector, 'guidMalformed');
	if (email && !/^[^@\s]+@[^@\s]+$/.test(email)) add('email', 'emailInvalid');
	if (typeof role === 'string' && !ROLES.includes(role)) add('role', 'roleUnknown');
	if (switches.strictFieldNames)
		for (const key of Object.keys(item.raw ?? {}))
			if (!(FIELDS as readonly string[]).includes(key)) add(key, 'unknownField');
	return problems;
}

/** Refused with one of the API's own codes and texts. */
export function refuseItem(
	item: AttendeeItem,
	code: number,
	text: Problem['text'],
	switches: Switches,
): Rejection {
	return rejectItem(item, code, [{ field: '', text }], switches);
}

export function rejectItem(
	item: AttendeeItem,
	code: number,
	problems: readonly Problem[],
	switches: Switches,
): Rejection {
	const stage = code === 12 ? 'validation' : 'later';
	return rejection(item, stage, stateOf(code, problems, switches), switches);
}

export function rejection(
	item: AttendeeItem,
	stage: Rejection['stage'],
	state: Rejection['state'],
	switches: Switches,
): Rejection {
	const models = { sent: () => item.raw, entity: () => entityOf(item), null: () => null };
	return { index: item.index, stage, model: models[switches.attendeeRejectedModel](), state };
}

/** Assumed, after the sessions' entity: internal numbers beside the GUIDs, all of them made up here. */
function entityOf({ fields }: AttendeeItem): JsonObject {
	const sent = Object.fromEntries(FIELDS.map((field) => [field, fields[field] ?? null]));
	return {
		attendee_id: 0,
		account_id: 990017,
		session_id: 0,
		user_id: 0,
		...sent,
		role: fields.role ?? 'u',
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
