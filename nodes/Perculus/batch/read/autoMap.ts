import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import { isEmpty } from '../../values/convert';
import { FIELD_GROUPS, SESSION_FIELDS } from '../../resources/session/fields';
import type { SessionRecord } from '../../resources/session/session';
import { aliasOf, type Alias } from './aliases';

/** Keys that n8n's agent merges into the item of a tool; `name` is the tool's, not the session's. */
const AGENT_KEYS = new Set(['chatInput', 'name', 'toolCallId']);

const NO_ISSUES: readonly string[] = [];

export interface Mapped {
	record: SessionRecord;
	issues: readonly string[];
}

/** A path of the catalogue as the group that holds the field and the key in it. */
function split(path: string): { group: string; key: string } {
	const dot = path.lastIndexOf('.');
	return { group: path.slice(0, Math.max(dot, 0)), key: path.slice(dot + 1) };
}

/** The fields that stand in a group, with their places; worked out once, not for each item. */
const GROUPED_FIELDS = SESSION_FIELDS.map(({ id }) => ({ id, ...split(id) })).filter(
	({ group }) => group !== '',
);
const GROUPS = FIELD_GROUPS.map((id) => ({ id, ...split(id) }));

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

function nestedOptions(json: IDataObject, { record }: Mapped): void {
	if (!GROUPS.some(({ id }) => own(json, id) !== undefined)) return;
	const groups = new Map([['', json]]);
	for (const { id, group, key } of GROUPS) {
		const parent = groups.get(group);
		// A group can stand under its whole path, too, as a field can.
		const given = own(json, id) ?? (parent && own(parent, key));
		const object = asObject(given);
		if (object) groups.set(id, object);
		else if (!isEmpty(given)) record[id] = given;
	}
	const isView = isSessionView(json);
	for (const { id, group, key } of GROUPED_FIELDS) {
		// The API repeats the duration in here. Sent back beside a changed duration it would bring the old length back.
		if (isView && id === 'options.session_duration') continue;
		const object = groups.get(group);
		const value = object && own(object, key);
		if (value !== undefined && value !== null && record[id] === undefined) record[id] = value;
	}
}

/**
 * Maps an item by its own keys: by field id, then by label, then by the usual spellings; the first of these wins.
 * Keys that name no field are left alone.
 */
export function autoMap(item: IDataObject, settings: { isTool: boolean }): Mapped {
	const json = sessionIn(item);
	// The agent's keys are the item's own; a rejected session in it has a name of its own.
	const isAgents = settings.isTool && json === item;
	const mapped: Mapped = { record: {}, issues: NO_ISSUES };
	const { record } = mapped;
	/** Of what was not named by its id. */
	let ranks: Partial<Record<string, Alias['rank']>> | undefined;
	for (const key of Object.keys(json)) {
		const alias = aliasOf(key);
		if (!alias || (isAgents && AGENT_KEYS.has(key))) continue;
		const { field, rank } = alias;
		if (rank > 0) {
			const taken = ranks?.[field] ?? (field in record ? 0 : undefined);
			if (taken !== undefined && taken <= rank) continue;
		}
		if (rank > 0 || ranks) (ranks ??= {})[field] = rank;
		record[field] = json[key];
	}
	nestedOptions(json, mapped);
	return mapped;
}
