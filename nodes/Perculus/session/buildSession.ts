import type { IDataObject } from 'n8n-workflow';

import { convert, isEmpty } from './convert';
import { FIELD_GROUPS, labelOf, SESSION_FIELDS } from './fields';
import {
	isObject,
	setPath,
	type Draft,
	type Invalid,
	type Operation,
	type SessionRecord,
} from './session';
import {
	encodeStart,
	readStart,
	writeStart,
	type Start,
	type StartDateEncoding,
} from './startDate';
import { show, storable } from './show';

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
};

/** What the item gave and what could be made of it. */
class Session {
	readonly request: IDataObject = {};
	/** What was given, or where it is good the converted value, ready to be mapped again. */
	readonly input: IDataObject = {};

	set(id: string, value: IDataObject[string]): void {
		setPath(this.request, id, value);
		setPath(this.input, id, value);
	}

	keep(id: string, value: unknown): void {
		setPath(this.input, id, storable(value));
	}
}

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
	const session = new Session();
	const issues = [...readingIssues];
	const given = (id: string) => (isEmpty(record[id]) ? undefined : record[id]);
	const hasGuid = operation !== 'create' && given('session_guid') !== undefined;
	const isUpdate = operation === 'update' || hasGuid;

	for (const group of FIELD_GROUPS) {
		const value = given(group);
		if (value === undefined || isObject(value)) continue;
		issues.push(
			`${group} must be an object that holds settings by their names; this item has ${show(value)}`,
		);
		session.keep(group, value);
	}
	for (const field of SESSION_FIELDS) {
		const value = given(field.id);
		if (field.kind === 'start' || field.kind === 'time') continue;
		if (field.kind === 'guid' && operation === 'create') continue;
		if (value === undefined) continue;
		const converted = convert(value, field);
		if ('value' in converted) {
			session.set(field.id, converted.value);
		} else {
			issues.push(converted.issue);
			session.keep(field.id, value);
		}
	}

	if (operation === 'update' && !hasGuid) {
		issues.push(
			`${labelOf('session_guid')} is missing; an update needs the GUID of the session to change`,
		);
	}
	if (!isUpdate) {
		for (const { id, label, required } of SESSION_FIELDS) {
			// A time without its day is told below.
			const isTold = id === 'start_date' && given('start_time') !== undefined;
			if (required && !isTold && given(id) === undefined) {
				issues.push(`${label} is missing; a new session needs it`);
			}
		}
	}

	const start = buildStart(record, isUpdate, session, issues, settings);
	if (issues.length > 0) return { index, session: session.input, issues };
	const guid = isUpdate ? String(session.request.session_guid).toLowerCase() : undefined;
	return {
		index,
		request: session.request,
		guid,
		start,
		warnings: start?.warning ? [start.warning] : [],
	};
}

function buildStart(
	record: SessionRecord,
	isUpdate: boolean,
	session: Session,
	issues: string[],
	settings: BuildSettings,
): Start | undefined {
	const [date, time] = [record.start_date, record.start_time].map((value) =>
		isEmpty(value) ? undefined : value,
	);
	if (date === undefined) {
		if (time === undefined) return undefined;
		session.keep('start_time', time);
		issues.push(`${LABELS.time} is set, but ${LABELS.date} is missing; give the day, too`);
		return undefined;
	}
	const zone = session.request.timezone as string | undefined;
	const badZone = zone === undefined && !isEmpty(record.timezone);
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
	if ('issue' in read || badZone) {
		// Without its zone a date means nothing yet: it stays as it was given.
		session.keep('start_date', date);
		if (time !== undefined) session.keep('start_time', time);
		if ('issue' in read) issues.push(read.issue);
		return undefined;
	}
	const start = read.value;
	session.keep('start_date', writeStart(start));
	session.request.start_date = encodeStart(start, settings.startDateEncoding);
	if (start.zone !== undefined) session.set('timezone', start.zone);
	return start;
}

/** The session in input form, for an item that comes back: mapping it again yields the same session. */
export function toInput({ request, start }: Draft): IDataObject {
	return start ? { ...request, start_date: writeStart(start) } : { ...request };
}
