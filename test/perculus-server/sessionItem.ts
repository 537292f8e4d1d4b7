import type { Problem } from './answers';
import { parseDate, type ParsedDate } from './dates';
import type { Switches } from './switches';
import { isGuid, isObject, own, type Json, type JsonObject } from './values';
import { malformedOptions } from './sessionOptions';

/** An item of a batch as a well-behaved client sends it. Requests aren't checked against it. */
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

/** An item whose types were checked. Undefined: not sent, malformed or null, which changes nothing. */
export interface SessionItem {
	index: number;
	/** Documented: without a GUID it is a create. Assumed: null and '' are none. */
	guid: string | undefined;
	name?: string;
	description?: string;
	tags?: string;
	start?: ParsedDate;
	duration?: number;
	lang?: string;
	timezone?: string;
	allowRecording?: boolean;
	inaccessibleReplay?: boolean;
	options?: JsonObject;
	malformed: Problem[];
	/** Names that the API doesn't have. */
	unknown: Problem[];
	/** What was sent; empty when the item was no object. */
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

/** Takes one item of the body apart; values of a wrong type are listed and otherwise left out. */
export function readItem(sent: Json, index: number, switches: Switches): SessionItem {
	const raw = isObject(sent) ? sent : {};
	const malformed: Problem[] = isObject(sent) ? [] : [{ field: '', text: 'malformed' }];
	const take = <T extends Json>(field: string, fits: (value: Json) => boolean): T | undefined => {
		const value = own(raw, field) ?? undefined;
		if (value === undefined || fits(value)) return value as T | undefined;
		malformed.push({ field, text: 'malformed' });
		return undefined;
	};
	const text = (field: string) => take<string>(field, (value) => typeof value === 'string');
	const flag = (field: string) => take<boolean>(field, (value) => typeof value === 'boolean');

	const start = take<string>('start_date', (value) => {
		const parsed = typeof value === 'string' ? parseDate(value) : null;
		return !!parsed?.hasTime && (parsed.offset !== null || switches.acceptsNoOffset);
	});
	const strict = switches.malformedGuid === 'malformed';
	const item: SessionItem = {
		index,
		guid: take<string>(
			'session_guid',
			(value) => typeof value === 'string' && (!strict || value === '' || isGuid(value)),
		),
		name: text('name'),
		description: text('description'),
		tags: text('tags'),
		start: start === undefined ? undefined : (parseDate(start) ?? undefined),
		duration: take<number>('duration', Number.isInteger),
		lang: text('lang'),
		timezone: text('timezone'),
		allowRecording: flag('allow_recording'),
		inaccessibleReplay: flag('inaccessible_replay'),
		options: take<JsonObject>('options', isObject),
		malformed,
		unknown: Object.keys(raw)
			.filter((key) => !FIELDS.includes(key))
			.map((field) => ({ field, text: 'unknownField' })),
		raw,
	};
	if (item.options) malformed.push(...malformedOptions(item.options));
	return item;
}
