import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/collections';
import { isEmpty, onlyEntry } from '../values/convert';
import { isCalendarDate } from '../values/dates/parseDate';
import { dateLikeText, quote } from '../values/text';
import {
	type Catalogue,
	type FieldRecord,
	isTimeHeading,
	type Naming,
	RANK,
	spelling,
} from './catalogue';

/** Keys that n8n's agent merges into the item of a tool; `name` is the tool's, not the item's. */
const AGENT_KEYS = new Set(['chatInput', 'name', 'toolCallId']);

/** What items say that this node approved. */
const OUTCOMES: ReadonlySet<unknown> = new Set(
	'created updated saved would_create would_update would_save'.split(' '),
);

const NONE: readonly string[] = [];

/** The values that an item sets, by field, and what there is to say about its keys. */
export interface Mapped {
	record: FieldRecord;
	issues: readonly string[];
	/** Sentences that its item shows with any outcome: settings that aren't used. */
	notes?: readonly string[] | undefined;
	/** By field, the key that a value was taken from, if that isn't the field's id. */
	columns?: Readonly<Record<string, string>> | undefined;
	/** Of automatic mapping: the keys of the item that name no field, for an item in which something is missing. */
	unused?: (() => string[]) | undefined;
	/** Of automatic mapping: the key of an object inside the item that has the fields. */
	inside?: (() => string | undefined) | undefined;
}

/**
 * What an item that this node didn't approve carries in input form: under `rejection`, or in the details of the Error
 * output. Undefined for any other item, which is its own.
 */
function previousRejection(json: IDataObject, noun: string): IDataObject | undefined {
	const { rejection, error, details } = json;
	if (isObject(rejection)) return isObject(json[noun]) ? json[noun] : undefined;
	const isFailed = error !== undefined && isObject(details) && typeof details.reason === 'string';
	return isFailed && isObject(details[noun]) ? details[noun] : undefined;
}

const isPlainObject = (value: unknown) => isObject(value) && dateLikeText(value) === undefined;

/** Sets a field of a record; a list of one is its entry. */
export function setField(
	record: FieldRecord,
	id: string,
	given: unknown,
	catalogue: Catalogue,
): void {
	record[id] = onlyEntry(given, catalogue.byId(id)?.kind ?? '');
}

/** Spreadsheets and forms hold the options as text, if at all. */
function asObject(value: unknown): IDataObject | undefined {
	if (isObject(value)) return value;
	if (typeof value !== 'string' || !value.trim().startsWith('{')) return undefined;
	try {
		const parsed: unknown = JSON.parse(value);
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** The item whose keys are mapped. */
interface Source {
	json: IDataObject;
	isTool: boolean;
	/** It comes from this node, or is the API's view: its settings aren't checked. */
	isOurs: boolean;
	catalogue: Catalogue;
}

/** Whether a key isn't the person's, or not about this resource. */
function isForeign(key: string, { rank }: Pick<Naming, 'rank'>, source: Source): boolean {
	const { json, isTool, catalogue } = source;
	if (isTool && AGENT_KEYS.has(key)) return true;
	if (rank >= RANK.GENERAL && catalogue.isOther(json)) return true;
	// What n8n's chat calls so is its conversation.
	return key === 'sessionId' && 'chatInput' in json;
}

/** The field that a key of the item sets. */
function namingOf(key: string, source: Source): Naming | undefined {
	const naming = source.catalogue.namedBy(key);
	if (!naming || isForeign(key, naming, source)) return undefined;
	// An alias is an ordinary word: `start` may hold all of another thing.
	const value = source.json[key];
	return naming.rank === RANK.ALIAS && isPlainObject(value) && !isCalendarDate(value)
		? undefined
		: naming;
}

/** Reads the settings of a group key by key. @returns the paths of keys that are none */
function mapGroup(holder: IDataObject, group: string, record: FieldRecord, source: Source) {
	const { catalogue, isOurs, json } = source;
	const isAnswer = catalogue.isAnswer(json);
	const unknown: string[] = [];
	for (const key of Object.keys(holder)) {
		const value = holder[key];
		if (isEmpty(value)) continue;
		const path = `${group}.${key}`;
		const inner = catalogue.groupNamedBy(path);
		if (inner !== undefined) {
			unknown.push(...mapHolder(value, inner, record, source));
			continue;
		}
		const id = catalogue.settingNamedBy(key);
		const field = id === undefined ? undefined : catalogue.byId(id);
		const isInPlace = id?.slice(0, id.lastIndexOf('.')) === group;
		if (!field || (isOurs && !isInPlace)) unknown.push(path);
		// Sent back beside a value that was changed, an echo would bring the old one back.
		else if (!(isAnswer && field.echo) && isEmpty(record[field.id])) {
			setField(record, field.id, value, catalogue);
		}
	}
	return unknown;
}

/** Reads a group, or notes under its id what was given in its place, so that it is refused. */
function mapHolder(
	value: unknown,
	group: string,
	record: FieldRecord,
	source: Source,
): readonly string[] {
	if (isEmpty(value)) return NONE;
	const holder = asObject(value);
	if (holder) return mapGroup(holder, group, record, source);
	record[group] ??= value;
	return NONE;
}

const MOST_NAMED = 5;

function unknownNote(unknown: readonly string[], noun: string): readonly string[] | undefined {
	if (unknown.length === 0) return undefined;
	const named = unknown.slice(0, MOST_NAMED).map(quote).join(', ');
	const rest = unknown.length - MOST_NAMED;
	return [
		`Not used, because a ${noun} has no such setting: ${named}${rest > 0 ? ` and ${rest} more` : ''}.`,
	];
}

/** How many fields an object inside the item would set that the item doesn't. */
function fieldsInside(key: string, record: FieldRecord, source: Source): number {
	const inner = source.json[key];
	if (!isObject(inner)) return 0;
	const from = { ...source, json: inner as IDataObject };
	const ids = Object.keys(inner)
		.filter((one) => !isEmpty(inner[one]))
		.map((one) => namingOf(one, from)?.field);
	return ids.filter((id) => id !== undefined && !(id in record)).length;
}

/**
 * Maps an item by its own keys: by field id, then by label, then by the usual spellings, then by the aliases, at last
 * by a general heading; the first of these wins. Empty values and keys that name no field are ignored.
 */
export function autoMap(
	item: IDataObject,
	catalogue: Catalogue,
	settings: { isTool: boolean },
): Mapped {
	const back = previousRejection(item, catalogue.noun);
	const json = back ?? item;
	const source: Source = {
		json,
		catalogue,
		// The agent's keys are the item's own; what was rejected has a name of its own.
		isTool: settings.isTool && !back,
		isOurs: back !== undefined || OUTCOMES.has(item.outcome) || catalogue.isAnswer(json),
	};
	const record: FieldRecord = {};
	/** Fields that are there without a value, if that makes a difference. */
	let empty: string[] | undefined;
	/** Of what was not named by its id. */
	let ranks: Partial<Record<string, number>> | undefined;
	let columns: Record<string, string> | undefined;
	let groups: Array<[key: string, group: string]> | undefined;
	let times: Array<[field: string, key: string]> | undefined;
	for (const key of Object.keys(json)) {
		const naming = namingOf(key, source);
		if (!naming) {
			const group = catalogue.groupNamedBy(key);
			if (group !== undefined) (groups ??= []).push([key, group]);
			continue;
		}
		const { field, rank } = naming;
		if (isEmpty(json[key])) {
			if (json[key] !== undefined && catalogue.byId(field)?.reportIfEmpty)
				(empty ??= []).push(field);
			continue;
		}
		if (rank === RANK.ALIAS && isTimeHeading(key, catalogue.byId(field)))
			(times ??= []).push([field, key]);
		const taken = ranks?.[field] ?? (field in record ? RANK.ID : undefined);
		if (taken !== undefined && taken <= rank) continue;
		if (rank > 0 || taken !== undefined) {
			(ranks ??= {})[field] = rank;
			(columns ??= {})[field] = key;
		}
		setField(record, field, json[key], catalogue);
	}
	for (const [field, key] of times ?? [])
		if (columns?.[field] !== key) record[field] = { date: record[field], time: json[key] };
	// Inner ones first: a path of its own is more exact than an object around it.
	const unknown = groups
		?.sort(([, a], [, b]) => b.length - a.length)
		.flatMap(([key, group]) => mapHolder(json[key], group, record, source));
	if (empty) for (const field of empty) record[field] ??= '';
	const unused = () =>
		Object.keys(json).filter((key) => {
			const isNamed = catalogue.groupNamedBy(key) !== undefined || namingOf(key, source);
			return !isNamed && !isForeign(key, catalogue.namedBy(key) ?? { rank: RANK.ID }, source);
		});
	const inside = () => {
		const counts = unused().map((key) => [key, fieldsInside(key, record, source)] as const);
		const [most] = counts.sort(([, a], [, b]) => b - a);
		return most && most[1] > 0 ? most[0] : undefined;
	};
	return {
		record,
		issues: NONE,
		notes: unknown && !source.isOurs ? unknownNote(unknown, catalogue.noun) : undefined,
		columns,
		unused,
		inside,
	};
}

/** Names the column of a value in an issue about it, if its heading isn't the field's own. */
export function withColumn(issue: string, id: string, columns: Mapped['columns'], label: string) {
	const column = columns?.[id];
	return column === undefined || spelling(column) === spelling(label)
		? issue
		: `${issue} (column ${quote(column)})`;
}
