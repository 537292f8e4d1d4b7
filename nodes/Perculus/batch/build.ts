import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/collections';
import { convert, isEmpty, type ValueType } from '../values/convert';
import { quote } from '../values/text';
import { type Mapped, withColumn } from './autoMap';
import type { Catalogue, Field, FieldRecord, Order } from './catalogue';
import { isFailed } from './parameter';

/** What could be made of the item's values, nested as the API has it, and by field id what could not, as it was given. */
export interface Values {
	request: IDataObject;
	/** Most items have none. */
	invalid: FieldRecord | undefined;
	issues: string[];
	/** Which columns the values are from. */
	columns?: Mapped['columns'];
	/** Place of the last issue about something that was not given at all. */
	lastMissing?: number;
}

/** Notes what cannot be sent, as it was given, for the item that comes back. */
export function keepInvalid(values: Values, id: string, value: unknown): void {
	(values.invalid ??= {})[id] = value;
}

/** Reports something that wasn't given at all. */
export function addMissing(values: Values, issue: string): void {
	values.lastMissing = values.issues.push(issue) - 1;
}

/** Refuses what was given in place of an object that holds settings. */
export function rejectNonObjects(record: FieldRecord, { groups }: Catalogue, values: Values): void {
	for (const group of groups) {
		const value = record[group];
		if (value === undefined || isObject(value) || isEmpty(value)) continue;
		values.issues.push(
			`${group} must be an object that holds settings by their names; this item has ${quote(value)}`,
		);
		keepInvalid(values, group, value);
	}
}

/** Kinds that the resource reads, because they depend on other fields. */
const READ_TOGETHER: ReadonlySet<Field['kind']> = new Set(['start', 'time', 'end', 'reference']);

const standsAlone = (field: Field): field is Field & ValueType => !READ_TOGETHER.has(field.kind);

/**
 * Converts every value that is read by itself, or reports what is wrong with it.
 *
 * @param isWanted whether a field is of use at all
 */
export function convertValues(
	record: FieldRecord,
	catalogue: Catalogue,
	values: Values,
	isWanted: (field: Field) => boolean = () => true,
): void {
	let issues: Map<Field, string> | undefined;
	// A record only has fields of the catalogue.
	for (const id in record) {
		const field = catalogue.byId(id);
		const value = record[id];
		if (!field || isEmpty(value) || !standsAlone(field) || !isWanted(field)) continue;
		if (isFailed(value)) {
			keepInvalid(values, id, value);
			continue;
		}
		const converted = convert(value, field);
		if ('value' in converted) {
			// Nothing is left of tags that are only separators.
			if (converted.value !== '') setPath(values.request, id, converted.value);
		} else {
			const issue = withColumn(converted.issue, id, values.columns, field.label);
			issues = (issues ?? new Map()).set(field, issue);
			keepInvalid(values, id, value);
		}
	}
	if (!issues) return;
	// Reported in the editor's order of the fields, not the item's.
	for (const field of catalogue.fields) {
		const issue = issues.get(field);
		if (issue !== undefined) values.issues.push(issue);
	}
}

/**
 * Reports what a new one needs and doesn't have.
 *
 * @param isReported whether a missing field is reported elsewhere
 */
export function requireValues(
	record: FieldRecord,
	{ required, noun }: Catalogue,
	values: Values,
	isReported: (field: Field) => boolean = () => false,
): void {
	for (const field of required) {
		if (field.id in values.request || !isEmpty(record[field.id]) || isReported(field)) continue;
		addMissing(values, `${field.label} is missing; a new ${noun} needs it`);
	}
}

/** How many unused columns are named. */
const MOST_COLUMNS = 5;

/** Adds to the last issue about something missing which columns weren't used, and which object has the fields. */
export function addUnusedColumns(
	{ issues, lastMissing }: Values,
	{ unused, inside }: Pick<Mapped, 'unused' | 'inside'>,
): void {
	if (lastMissing === undefined) return;
	const holder = inside?.();
	if (holder !== undefined) {
		issues[lastMissing] +=
			` (this item has its fields inside ${quote(holder)}; map them from there, or move them up with an Edit Fields node)`;
		return;
	}
	const columns = unused?.() ?? [];
	if (columns.length === 0) return;
	const named = columns.slice(0, MOST_COLUMNS).map(quote).join(', ');
	const rest = columns.length - MOST_COLUMNS;
	const columnsText = rest > 0 ? `${named} and ${rest} more` : named;
	issues[lastMissing] += ` (columns of this item that were not used: ${columnsText})`;
}

/**
 * Puts a value at a dotted path; where something else than an object stands in its way, under the path as a key.
 * Paths only come from the catalogue, so no key of an item can reach a prototype.
 */
export function setPath(target: IDataObject, path: string, value: IDataObject[string]): void {
	if (!path.includes('.')) {
		target[path] = value;
		return;
	}
	const keys = path.split('.');
	const last = keys.pop() as string;
	let at = target;
	for (const key of keys) {
		const next = (at[key] ??= {});
		if (!isObject(next)) {
			target[path] = value;
			return;
		}
		at = next as IDataObject;
	}
	at[last] = value;
}

/** An item in input form with its keys in the catalogue's order, other keys at the end. */
export function sortKeys(input: IDataObject, order: Order): IDataObject {
	const ordered: IDataObject = {};
	for (const [key, below] of order) {
		if (!(key in input)) continue;
		const value = input[key];
		ordered[key] =
			below.size > 0 && isObject(value) ? sortKeys(value as IDataObject, below) : value;
	}
	for (const key in input) if (!order.has(key)) ordered[key] = input[key];
	return ordered;
}
