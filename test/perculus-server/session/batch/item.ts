import type { Switches } from '../../switches';
import { isGuid } from '../../values/guid';
import { isObject, own, type Json, type JsonObject } from '../../values/json';
import { parseDate, type ParsedDate } from '../../values/startDate';
import type { Problem } from '../../values/texts';
import { malformedOptions } from '../options';

/** An item of a batch as an honest client sends it. Nothing checks a request against this type. */
export interface SessionInput {
	session_guid?: string | null;
	name?: string | null;
	description?: string | null;
	tags?: string | null;
	start_date?: string | null;
	duration?: number | null;
	lang?: string | null;
	timezone?: string | null;
	allow_recording?: boolean | null;
	inaccessible_replay?: boolean | null;
	options?: JsonObject | null;
	[key: string]: Json | undefined;
}

/** An item after its types were checked: undefined = not sent (or malformed), null = sent as null. */
export interface SessionItem {
	index: number;
	/** Null for a create. */
	guid: string | null;
	name?: string | null;
	description?: string | null;
	tags?: string | null;
	start?: ParsedDate | null;
	duration?: number | null;
	lang?: string | null;
	timezone?: string | null;
	allowRecording?: boolean | null;
	inaccessibleReplay?: boolean | null;
	options?: JsonObject | null;
	malformed: Problem[];
	/** What was sent; empty when the item was not an object. */
	raw: JsonObject;
}

const FIELDS = [
	'session_guid',
	'name',
	'description',
	'tags',
	'start_date',
	'duration',
	'lang',
	'timezone',
	'allow_recording',
	'inaccessible_replay',
	'options',
];

/** A test's own rule sees the item as it was sent. */
export function inputOf(item: SessionItem | undefined): SessionInput {
	return (item?.raw ?? {}) as SessionInput;
}

/** Documented: without a GUID it is a create. Assumed: null is none; the switch rules on "". */
export function isCreate(item: SessionItem, switches: Switches): boolean {
	return item.guid === null || (item.guid === '' && switches.emptyGuid === 'create');
}

export function unknownFields(raw: JsonObject): Problem[] {
	return Object.keys(raw)
		.filter((key) => !FIELDS.includes(key))
		.map((field) => ({ field, text: 'unknownField' }));
}

/** Takes one item of the body apart; what has a wrong type is listed and otherwise left out. */
export function readItem(sent: Json, index: number, switches: Switches): SessionItem {
	const raw = isObject(sent) ? sent : {};
	const item: SessionItem = { index, guid: null, malformed: [], raw };
	const bad = (field: string): undefined => {
		item.malformed.push({ field, text: 'malformed' });
		return undefined;
	};
	if (!isObject(sent)) bad('');

	const text = (field: string): string | null | undefined => {
		const value = own(raw, field);
		return value === undefined || value === null || typeof value === 'string' ? value : bad(field);
	};
	const flag = (field: string): boolean | null | undefined => {
		const value = own(raw, field);
		return value === undefined || value === null || typeof value === 'boolean' ? value : bad(field);
	};
	const integer = (field: string): number | null | undefined => {
		const value = own(raw, field);
		if (value === undefined || value === null) return value;
		if (typeof value === 'number' && Number.isInteger(value)) return value;
		const numeric =
			switches.numericStrings && typeof value === 'string' && /^-?\d{1,9}$/.test(value);
		return numeric ? Number(value) : bad(field);
	};

	item.guid = text('session_guid') ?? null;
	if (item.guid && switches.malformedGuid === 'malformed' && !isGuid(item.guid))
		bad('session_guid');
	item.name = text('name');
	item.description = text('description');
	item.tags = text('tags');
	item.start = readDate(text('start_date'), switches, () => bad('start_date'));
	item.duration = integer('duration');
	item.lang = text('lang');
	item.timezone = text('timezone');
	item.allowRecording = flag('allow_recording');
	item.inaccessibleReplay = flag('inaccessible_replay');

	const options = own(raw, 'options');
	if (options === undefined || options === null) item.options = options;
	else if (!isObject(options)) bad('options');
	else {
		item.options = options;
		item.malformed.push(...malformedOptions(options, switches.autoStartKey));
	}
	return item;
}

function readDate(
	text: string | null | undefined,
	switches: Switches,
	bad: () => undefined,
): ParsedDate | null | undefined {
	if (text === undefined || text === null) return text;
	const parsed = parseDate(text);
	if (!parsed) return bad();
	if (!parsed.hasTime) return switches.acceptsDateOnly ? parsed : bad();
	return parsed.offset !== null || switches.acceptsNoOffset ? parsed : bad();
}
