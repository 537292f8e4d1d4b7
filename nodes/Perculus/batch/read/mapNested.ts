import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from '../../values/convert/convert';
import { isObject } from '../../values/isObject';
import type { Catalogue, FieldRecord } from './catalogue';

/** A path of the catalogue as the group that holds the field and the key in it. */
function split(path: string): { group: string; key: string } {
	const dot = path.lastIndexOf('.');
	return { group: path.slice(0, Math.max(dot, 0)), key: path.slice(dot + 1) };
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

/**
 * Adds to a record what stands in the groups of an item: in an object under the group's whole path, or in the object
 * of the group around it. What was given in place of a group is noted under the group's id, to be told.
 */
export function mapNested(json: IDataObject, record: FieldRecord, catalogue: Catalogue): void {
	const { groups, fields } = catalogue;
	if (!groups.some((id) => own(json, id) !== undefined)) return;
	const holders = new Map<string, IDataObject[]>([['', []]]);
	for (const id of groups) {
		const { group, key } = split(id);
		const around = holders.get(group) ?? [];
		const given = [own(json, id), ...around.map((holder) => own(holder, key))];
		const objects = given.map(asObject);
		holders.set(
			id,
			objects.filter((object) => object !== undefined),
		);
		const other = given.find((value, index) => !objects[index] && !isEmpty(value));
		if (other !== undefined) record[id] = other;
	}
	const isAnswer = catalogue.isAnswer(json);
	for (const { id, echo } of fields) {
		// Sent back beside a value that was changed, an echo would bring the old one back.
		if (record[id] !== undefined || (isAnswer && echo)) continue;
		const { group, key } = split(id);
		const value = holders
			.get(group)
			?.map((holder) => own(holder, key))
			.find((one) => !isEmpty(one));
		if (value !== undefined) record[id] = value;
	}
}
