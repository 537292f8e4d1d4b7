import type { IDataObject } from 'n8n-workflow';

import { SESSION_FIELDS } from './fields';
import type { SessionRecord } from './session';
import { show } from './show';
import { namingOf, type Naming } from './spelling';

/** Keys that n8n's agent merges into the item of a tool; `name` is the tool's, not the session's. */
const AGENT_KEYS = new Set(['chatInput', 'name', 'toolCallId']);

export interface Mapped {
	record: SessionRecord;
	issues: string[];
}

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const OPTION_PREFIX = 'options.';
const OPTION_FIELDS = SESSION_FIELDS.filter(({ id }) => id.startsWith(OPTION_PREFIX));
const OPTION_GROUPS = new Set(
	OPTION_FIELDS.flatMap(({ id }) =>
		id.split('.').length > 2 ? [id.slice(0, id.lastIndexOf('.'))] : [],
	),
);

/** An item this node rejected carries its session under `session`; any other item is its own. */
function sessionIn(json: IDataObject): IDataObject {
	return isObject(json.rejection) && isObject(json.session) ? json.session : json;
}

/** The answer of the API about a session (an Approved item, a search result), as against a row that a person made. */
function isSessionView(json: IDataObject): boolean {
	return typeof json.creation_date === 'string' && typeof json.session_guid === 'string';
}

/** Own properties only: a row's `__proto__` or `constructor` is never looked into. */
function own(object: IDataObject, key: string): unknown {
	return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
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

function nestedOptions(json: IDataObject, { record, issues }: Mapped): void {
	const given = own(json, 'options');
	if (given === undefined || given === null || given === '') return;
	const options = asObject(given);
	if (!options) {
		issues.push(`options must be an object; this item has ${show(given)}`);
		return;
	}
	const groups = new Map<string, IDataObject | undefined>([['options', options]]);
	for (const group of OPTION_GROUPS) {
		const value = own(options, group.slice(OPTION_PREFIX.length));
		if (value !== undefined && value !== null && !isObject(value)) {
			issues.push(`${group} must be an object; this item has ${show(value)}`);
		}
		groups.set(group, isObject(value) ? value : undefined);
	}
	for (const { id } of OPTION_FIELDS) {
		const split = id.lastIndexOf('.');
		const group = groups.get(id.slice(0, split));
		const value = group && own(group, id.slice(split + 1));
		if (value !== undefined && value !== null && record[id] === undefined) record[id] = value;
	}
	// The API repeats the duration in here. Sent back beside a changed duration it would bring the old length back.
	if (isSessionView(json)) delete record['options.session_duration'];
}

/**
 * Maps an item by its own keys: by field id, then by label, then by the usual spellings; the first of these wins.
 * Keys that name no field are left alone.
 */
export function autoMap(item: IDataObject, settings: { isTool: boolean }): Mapped {
	const json = sessionIn(item);
	const mapped: Mapped = { record: {}, issues: [] };
	const ranks: Partial<Record<string, Naming['rank']>> = {};
	for (const key of Object.keys(json)) {
		const naming = namingOf(key);
		if (!naming || (settings.isTool && AGENT_KEYS.has(key))) continue;
		const taken = ranks[naming.field];
		if (taken !== undefined && taken <= naming.rank) continue;
		ranks[naming.field] = naming.rank;
		mapped.record[naming.field] = json[key];
	}
	nestedOptions(json, mapped);
	return mapped;
}
