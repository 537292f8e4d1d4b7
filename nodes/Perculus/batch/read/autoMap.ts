import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from '../../values/convert/convert';
import { isObject } from '../../values/isObject';
import type { Catalogue, FieldRecord, Naming } from './catalogue';
import { mapNested } from './mapNested';

/** Keys that n8n's agent merges into the item of a tool; `name` is the tool's, not the item's. */
const AGENT_KEYS = new Set(['chatInput', 'name', 'toolCallId']);

const NO_ISSUES: readonly string[] = [];

export interface Mapped {
	record: FieldRecord;
	issues: readonly string[];
	/** Of auto-mapping: the columns of the item that name no field, for an item that lacks something. */
	unused?: (() => string[]) | undefined;
}

/**
 * What an item that this node did not approve carries in input form: under `rejection`, or in the details of the
 * Error output. Undefined for any other item, which is its own.
 */
function handedBack(json: IDataObject, noun: string): IDataObject | undefined {
	const { rejection, error, details } = json;
	if (isObject(rejection)) return isObject(json[noun]) ? json[noun] : undefined;
	const isFailed = error !== undefined && isObject(details) && typeof details.reason === 'string';
	return isFailed && isObject(details[noun]) ? details[noun] : undefined;
}

/** Keys of the item that are others' than the person's. */
function isForeign(key: string, json: IDataObject, isTool: boolean): boolean {
	if (isTool && AGENT_KEYS.has(key)) return true;
	// What n8n's chat calls so is its conversation.
	return key === 'sessionId' && 'chatInput' in json;
}

/**
 * Maps an item by its own keys: by field id, then by label, then by the usual spellings, then by the aliases; the
 * first of these wins. Empty values take no part, and keys that name no field are left alone.
 */
export function autoMap(
	item: IDataObject,
	catalogue: Catalogue,
	settings: { isTool: boolean },
): Mapped {
	const back = handedBack(item, catalogue.noun);
	const json = back ?? item;
	// The agent's keys are the item's own; what was rejected has a name of its own.
	const isTool = settings.isTool && !back;
	const record: FieldRecord = {};
	/** Fields that stand there without a value, where that makes a difference. */
	let empty: string[] | undefined;
	/** Of what was not named by its id. */
	let ranks: Partial<Record<string, Naming['rank']>> | undefined;
	for (const key of Object.keys(json)) {
		const naming = catalogue.namedBy(key);
		if (!naming || isForeign(key, json, isTool)) continue;
		const { field, rank } = naming;
		if (isEmpty(json[key])) {
			if (json[key] !== undefined && catalogue.byId(field)?.tellsEmpty) (empty ??= []).push(field);
			continue;
		}
		if (rank > 0) {
			const taken = ranks?.[field] ?? (field in record ? 0 : undefined);
			if (taken !== undefined && taken <= rank) continue;
		}
		if (rank > 0 || ranks) (ranks ??= {})[field] = rank;
		record[field] = json[key];
	}
	mapNested(json, record, catalogue);
	if (empty) for (const field of empty) record[field] ??= '';
	const unused = () =>
		Object.keys(json).filter(
			(key) =>
				!catalogue.namedBy(key) && !catalogue.groups.includes(key) && !isForeign(key, json, isTool),
		);
	return { record, issues: NO_ISSUES, unused };
}
