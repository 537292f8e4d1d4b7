import type { IDataObject } from 'n8n-workflow';

import { withColumn } from '../batch/autoMap';
import {
	addMissing,
	addUnusedColumns,
	convertValues,
	keepInvalid,
	rejectNonObjects,
	requireValues,
	type Values,
} from '../batch/build';
import type { Field, FieldRecord } from '../batch/catalogue';
import { invalid } from '../batch/outcome';
import { isFailed } from '../batch/parameter';
import type { BuildResult, ItemInput, Resolution } from '../batch/types';
import { isEmpty } from '../values/convert';
import type { SessionSettings } from './draft';
import { SESSION_BATCH, type SessionDraft } from './draft';
import { buildEnd } from './end';
import { SESSION_CATALOGUE } from './fields';
import { itemReference, putReference } from './reference';
import { encodeStart, isPastAndSame, readStart, type Start, type StartDateEncoding } from './start';
import { inputForm, startAsGiven, startInput } from './view';

const NO_ISSUES: readonly string[] = [];
const NO_WARNINGS: readonly string[] = [];
const NO_KEYS: readonly string[] = [];
const { labelOf } = SESSION_CATALOGUE;

/**
 * Builds the session of one item, or reports every issue it has. Pure: no n8n, no clock, no process zone.
 *
 * @param resolution whether it is about a new session or one that exists
 */
export function buildSession(
	item: ItemInput,
	{ subject, refused, issues = NO_ISSUES }: Resolution,
	settings: SessionSettings,
): BuildResult<SessionDraft> {
	const { operation } = settings;
	const { index, record } = item;
	const values: Values = { request: {}, invalid: undefined, issues: item.issues.concat(issues) };
	values.columns = item.columns;
	const { notes = NO_WARNINGS } = item;
	const isNew = subject.kind === 'new';
	const hasGuid = operation !== 'create' && !isEmpty(record.session_guid);
	const { reference, issue } = itemReference(record, hasGuid);
	const given = record.session_reference;

	rejectNonObjects(record, SESSION_CATALOGUE, values);
	if (issue) values.issues.push(`${labelOf('session_reference')} ${issue}`);
	const isWanted = ({ hiddenFor, isVirtual }: Field) => hiddenFor !== operation && !isVirtual;
	convertValues(record, SESSION_CATALOGUE, values, isWanted);
	const foundGuid = subject.kind === 'existing' ? subject.guid : undefined;
	const isNamed = hasGuid || reference !== undefined || issue !== undefined;
	if (operation === 'update' && !isNamed) {
		addMissing(
			values,
			`${labelOf('session_guid')} is missing; an update needs the GUID of the session to change, or its ${labelOf('session_reference')}`,
		);
	}
	if (isNew) requireNew(record, values);
	const start = buildStart(record, !isNew, values, settings);
	const endWarning = buildEnd({ record, values, start, subject, format: settings.dateFormat });
	const setsNothing = !start && Object.keys(values.request).every((id) => id === 'session_guid');
	if (subject.kind === 'existing' && isNamed && setsNothing && values.issues.length === 0)
		addMissing(values, 'Nothing to change: the item sets no field of the session');

	const isShownOnly = subject.kind === 'undecided' && values.issues.length === 0;
	if (issue !== undefined) keepInvalid(values, 'session_reference', isEmpty(given) ? '' : given);
	const input = inputForm(
		values,
		isShownOnly ? startAsGiven(record) : startInput(start),
		reference,
	);
	if (values.issues.length > 0) {
		addUnusedColumns(values, item);
		values.issues.push(...notes);
		return { index, input, refused: invalid(values.issues) };
	}
	if (refused) {
		const details = [...refused.details, ...notes];
		return { index, input, refused: { ...refused, details } };
	}

	const { request } = values;
	if (foundGuid !== undefined) request.session_guid = foundGuid;
	if (reference !== undefined) putReference(request, reference, isNew);
	const isLeftOut = start !== undefined && isStartLeftOut(start, subject, settings.now);
	if (isLeftOut) delete request.timezone;
	else if (start) putStart(request, start, settings.startDateEncoding);
	const guid = isNew ? undefined : String(request.session_guid).toLowerCase();
	const draft: SessionDraft = {
		index,
		request,
		input,
		action: isNew ? 'create' : 'update',
		uniqueKeys: guid === undefined ? NO_KEYS : [guid],
		path: SESSION_BATCH,
		repeatable: !isNew,
		safeToRerun: !isNew || reference !== undefined,
		warnings: warningsOf(notes, isLeftOut ? undefined : start?.warning, endWarning),
		notes,
		guid,
		start,
	};
	if (foundGuid !== undefined) draft.foundGuid = foundGuid;
	if (reference !== undefined) draft.reference = reference;
	return draft;
}

const warningsOf = (notes: readonly string[], ...more: Array<string | undefined>) =>
	more.every((one) => one === undefined)
		? notes
		: [...notes, ...more.filter((one) => one !== undefined)];

/** A session that has begun can be changed in all but its start, so an item that is sent again must not set it again. */
function isStartLeftOut(start: Start, subject: Resolution['subject'], now: number): boolean {
	const view = subject.kind === 'existing' ? subject.view : undefined;
	return view !== undefined && isPastAndSame(start, view, now);
}

function putStart(request: IDataObject, start: Start, encoding: StartDateEncoding): void {
	request.start_date = encodeStart(start, encoding);
	if (start.zone !== undefined) request.timezone = start.zone;
}

const START_LABELS = {
	date: labelOf('start_date'),
	time: labelOf('start_time'),
	zone: labelOf('timezone'),
};

function requireNew(record: FieldRecord, values: Values): void {
	// A time without its day is reported where the two are read; an end stands for the duration.
	const isReported = ({ id }: Field) =>
		(id === 'start_date' && !isEmpty(record.start_time)) ||
		(id === 'duration' && !isEmpty(record.end_date));
	requireValues(record, SESSION_CATALOGUE, values, isReported);
}

/** The zone that the item names, or that was chosen for it; none is known yet where that is no zone. */
function zoneFor(
	values: Values,
	{ defaultZone }: SessionSettings,
): { zone?: string; isBad: boolean } {
	if (values.invalid !== undefined && 'timezone' in values.invalid) return { isBad: true };
	const { timezone } = values.request;
	if (typeof timezone === 'string') return { zone: timezone, isBad: false };
	if (!defaultZone) return { isBad: false };
	if ('value' in defaultZone) return { zone: defaultZone.value, isBad: false };
	values.issues.push(defaultZone.issue);
	return { isBad: true };
}

function buildStart(
	record: FieldRecord,
	isUpdate: boolean,
	values: Values,
	settings: SessionSettings,
): Start | undefined {
	const date = isEmpty(record.start_date) ? undefined : record.start_date;
	const time = isEmpty(record.start_time) ? undefined : record.start_time;
	if (date === undefined && time === undefined) return undefined;
	const keepGiven = () => {
		if (date !== undefined) keepInvalid(values, 'start_date', date);
		if (time !== undefined) keepInvalid(values, 'start_time', time);
	};
	if (isFailed(date) || isFailed(time)) {
		keepGiven();
		return undefined;
	}
	const { zone, isBad } = zoneFor(values, settings);
	const read = readStart({
		date,
		time,
		labels: START_LABELS,
		zone,
		workflowZone: settings.workflowZone,
		// Without a valid zone, clock changes aren't known, as in an update that keeps the session's zone.
		isUpdate: isUpdate || isBad,
		format: settings.dateFormat,
	});
	if ('value' in read && !isBad) return read.value;
	// Without its zone a date means nothing yet: it stays as it was given.
	keepGiven();
	if ('issue' in read) {
		if (read.isIncomplete) addMissing(values, read.issue);
		else {
			const label = labelOf('start_date');
			values.issues.push(withColumn(read.issue, 'start_date', values.columns, label));
		}
	}
	return undefined;
}
