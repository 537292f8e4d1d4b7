import type { IDataObject } from 'n8n-workflow';

import { convert, isEmpty, type ValueType } from '../../values/convert';
import { isObject } from '../../values/isObject';
import { quote } from '../../values/quote';
import { SESSION_CATALOGUE, SESSION_FIELDS, type SessionField } from '../../resources/session/fields';
import { setPath, type Operation, type SessionRecord } from '../../resources/session/session';

const REQUIRED_FIELDS = SESSION_FIELDS.filter(({ required }) => required);

/** What could be made of the item's values, nested as the API has it, and by field id what could not, as it was given. */
export interface Values {
	request: IDataObject;
	/** Most items have none. */
	bad: SessionRecord | undefined;
	issues: string[];
	/** Place of the last issue about something that was not given at all. */
	lacking?: number;
}

/** Notes what cannot be sent, as it was given, for the item that comes back. */
export function keep(values: Values, id: string, value: unknown): void {
	(values.bad ??= {})[id] = value;
}

/** Tells of something that was not given at all. */
export function lack(values: Values, issue: string): void {
	values.lacking = values.issues.push(issue) - 1;
}

/** What was given in place of an object that holds settings. */
export function refuseGroups(record: SessionRecord, values: Values): void {
	for (const group of SESSION_CATALOGUE.groups) {
		const value = record[group];
		if (value === undefined || isObject(value) || isEmpty(value)) continue;
		values.issues.push(
			`${group} must be an object that holds settings by their names; this item has ${quote(value)}`,
		);
		keep(values, group, value);
	}
}

/** Start date and start time are read together. */
const standsAlone = (field: SessionField): field is SessionField & ValueType =>
	field.kind !== 'start' && field.kind !== 'time';

/** Converts every value but the start's, or tells what is wrong with it. */
export function convertValues(record: SessionRecord, operation: Operation, values: Values): void {
	let issues: Map<SessionField, string> | undefined;
	// A record has fields of the catalogue alone.
	for (const id in record) {
		const field = SESSION_CATALOGUE.byId(id);
		const value = record[id];
		if (!field || isEmpty(value) || !standsAlone(field) || field.notFor === operation) continue;
		const converted = convert(value, field);
		if ('value' in converted) {
			setPath(values.request, id, converted.value);
		} else {
			issues = (issues ?? new Map()).set(field, converted.issue);
			keep(values, id, value);
		}
	}
	if (!issues) return;
	// Told in the order in which the editor shows the fields, whatever the order in the item.
	for (const field of SESSION_FIELDS) {
		const issue = issues.get(field);
		if (issue !== undefined) values.issues.push(issue);
	}
}

/** Tells what a new session needs and does not have. */
export function requireValues(record: SessionRecord, values: Values): void {
	for (const { id, label } of REQUIRED_FIELDS) {
		if (id in values.request || !isEmpty(record[id])) continue;
		// A time without its day is told where the two are read.
		if (id === 'start_date' && !isEmpty(record.start_time)) continue;
		lack(values, `${label} is missing; a new session needs it`);
	}
}

/** The columns that may hold what is lacking: a handful of their names. */
const MOST_COLUMNS = 5;

/** An item that lacks something says which of its columns were not used, with the last that is lacking. */
export function tellUnused(
	{ issues, lacking }: Values,
	unused: (() => string[]) | undefined,
): void {
	const columns = lacking === undefined ? [] : (unused?.() ?? []);
	if (lacking === undefined || columns.length === 0) return;
	const named = columns.slice(0, MOST_COLUMNS).map(quote).join(', ');
	const rest = columns.length - MOST_COLUMNS;
	const columnsText = rest > 0 ? `${named} and ${rest} more` : named;
	issues[lacking] += ` (columns of this item that were not used: ${columnsText})`;
}
