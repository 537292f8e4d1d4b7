import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import { convert, isEmpty, type ValueType } from '../../values/convert';
import { labelOf, SESSION_CATALOGUE, SESSION_FIELDS, type SessionField } from './fields';
import {
	isDraft,
	setPath,
	type Draft,
	type Invalid,
	type Operation,
	type SessionRecord,
} from './session';
import { encodeStart, readStart, writeStart, type Start, type StartDateEncoding } from './start';
import { quote, jsonValue } from '../../values/quote';

export interface BuildSettings {
	operation: Operation;
	/** IANA zone of the workflow. */
	workflowZone: string;
	/** Luxon tokens for text dates that are not ISO; empty for none. */
	dateFormat: string;
	startDateEncoding: StartDateEncoding;
}

const LABELS = {
	date: labelOf('start_date'),
	time: labelOf('start_time'),
	zone: labelOf('timezone'),
	guid: labelOf('session_guid'),
};

const REQUIRED_FIELDS = SESSION_FIELDS.filter(({ required }) => required);

/** What could be made of the item's values, nested as the API has it, and by field id what could not, as it was given. */
interface Values {
	request: IDataObject;
	/** Most items have none. */
	bad: SessionRecord | undefined;
	issues: string[];
}

const NO_WARNINGS: readonly string[] = [];

/**
 * Builds the session of one item, or tells every issue it has. Pure: no n8n, no clock, no process zone.
 *
 * @param record values by field id, as the item gave them; by the id of a group of fields, what was given instead of it
 * @param readingIssues issues met while reading the item (an expression without a value)
 */
export function buildSession(
	index: number,
	record: SessionRecord,
	readingIssues: readonly string[],
	settings: BuildSettings,
): Draft | Invalid {
	const { operation } = settings;
	const values: Values = { request: {}, bad: undefined, issues: [] };
	if (readingIssues.length > 0) values.issues.push(...readingIssues);
	const hasGuid = operation !== 'create' && !isEmpty(record.session_guid);
	const isUpdate = operation === 'update' || hasGuid;

	refuseGroups(record, values);
	convertValues(record, operation, values);
	if (operation === 'update' && !hasGuid) {
		values.issues.push(
			`${LABELS.guid} is missing; an update needs the GUID of the session to change`,
		);
	}
	if (!isUpdate) requireValues(record, values);
	const start = buildStart(record, isUpdate, values, settings);

	if (values.issues.length > 0) {
		return { index, session: inputOf(values, start), issues: values.issues };
	}
	const { request } = values;
	if (start) {
		request.start_date = encodeStart(start, settings.startDateEncoding);
		if (start.zone !== undefined) request.timezone = start.zone;
	}
	const guid = isUpdate ? String(request.session_guid).toLowerCase() : undefined;
	return { index, request, guid, start, warnings: start?.warning ? [start.warning] : NO_WARNINGS };
}

function keep(values: Values, id: string, value: unknown): void {
	(values.bad ??= {})[id] = value;
}

function refuseGroups(record: SessionRecord, values: Values): void {
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

function convertValues(record: SessionRecord, operation: Operation, values: Values): void {
	let issues: Map<SessionField, string> | undefined;
	// A record has fields of the catalogue alone.
	for (const id in record) {
		const field = SESSION_CATALOGUE.byId(id);
		const value = record[id];
		if (!field || isEmpty(value) || !standsAlone(field)) continue;
		if (field.notFor === operation) continue;
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

function requireValues(record: SessionRecord, { request, issues }: Values): void {
	for (const { id, label } of REQUIRED_FIELDS) {
		if (id in request || !isEmpty(record[id])) continue;
		// A time without its day is told below.
		if (id === 'start_date' && !isEmpty(record.start_time)) continue;
		issues.push(`${label} is missing; a new session needs it`);
	}
}

function buildStart(
	record: SessionRecord,
	isUpdate: boolean,
	values: Values,
	settings: BuildSettings,
): Start | undefined {
	const { request, issues } = values;
	const date = isEmpty(record.start_date) ? undefined : record.start_date;
	const time = isEmpty(record.start_time) ? undefined : record.start_time;
	if (date === undefined) {
		if (time === undefined) return undefined;
		keep(values, 'start_time', time);
		issues.push(`${LABELS.time} is set, but ${LABELS.date} is missing; give the day, too`);
		return undefined;
	}
	const zone = request.timezone as string | undefined;
	const badZone = values.bad !== undefined && 'timezone' in values.bad;
	const read = readStart({
		date,
		time,
		labels: LABELS,
		zone,
		workflowZone: settings.workflowZone,
		// Without a good zone nothing can be told of daylight changes, as with an update that keeps its own.
		isUpdate: isUpdate || badZone,
		format: settings.dateFormat,
	});
	if ('value' in read && !badZone) return read.value;
	// Without its zone a date means nothing yet: it stays as it was given.
	keep(values, 'start_date', date);
	if (time !== undefined) keep(values, 'start_time', time);
	if ('issue' in read) issues.push(read.issue);
	return undefined;
}

/** What was given, or where it is good the converted value, ready to be mapped again. */
function inputOf({ request, bad = {} }: Values, start: Start | undefined): IDataObject {
	for (const id of Object.keys(bad)) setPath(request, id, jsonValue(bad[id]));
	return start ? withStart(request, start) : request;
}

function withStart(session: IDataObject, start: Start): IDataObject {
	const zone = start.zone === undefined ? {} : { timezone: start.zone };
	return { ...session, start_date: writeStart(start), ...zone };
}

/** The session in input form, for an item that comes back: mapping it again yields the same session. */
export function toInput(built: Draft | Invalid): IDataObject {
	if (!isDraft(built)) return built.session;
	const { request, start } = built;
	return start ? withStart(request, start) : { ...request };
}
