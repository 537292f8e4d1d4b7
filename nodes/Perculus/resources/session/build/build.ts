import {
	convertValues,
	keep,
	lack,
	refuseGroups,
	requireValues,
	tellUnused,
	type Values,
} from '../../../batch/build/values';
import type { Built, ReadItem, Resolution } from '../../../batch/contract';
import { invalid } from '../../../batch/output/outcome';
import { CACHED_CATALOGUES, type Catalogue, type FieldRecord } from '../../../batch/read/catalogue';
import { isFailed } from '../../../batch/read/failedExpression';
import { cached } from '../../../values/cache';
import { isEmpty } from '../../../values/convert/convert';
import type { DateFormat } from '../../../values/dates/dateFormat';
import type { Reading } from '../../../values/reading';
import { itemReference, putReference } from '../references/itemReference';
import type { Operation, SessionDraft } from '../session';
import { inputOf, startAsGiven } from './inputForm';
import { encodeStart, isSameStart, readStart, type Start, type StartDateEncoding } from './start';

export interface BuildSettings {
	operation: Operation;
	/** IANA zone of the workflow. */
	workflowZone: string;
	/** How text dates are written that are not ISO. */
	dateFormat?: DateFormat | undefined;
	/** IANA zone for an item that sets a start and names no zone; without one the workflow's is taken. */
	defaultZone?: Reading<string> | undefined;
	startDateEncoding: StartDateEncoding;
}

const NO_ISSUES: readonly string[] = [];
const NO_WARNINGS: readonly string[] = [];

/**
 * Builds the session of one item, or tells every issue it has. Pure: no n8n, no clock, no process zone.
 *
 * @param resolution whether it is about a new session or one that exists
 */
export function buildSession(
	item: ReadItem,
	{ subject, issues = NO_ISSUES }: Resolution,
	settings: BuildSettings,
	catalogue: Catalogue,
): Built<SessionDraft> {
	const { operation } = settings;
	const { index, record } = item;
	const values: Values = { request: {}, bad: undefined, issues: item.issues.concat(issues) };
	const isNew = subject.kind === 'new';
	const hasGuid = operation !== 'create' && !isEmpty(record.session_guid);
	const { reference, issue } = itemReference(record, hasGuid);

	refuseGroups(record, catalogue, values);
	if (issue) values.issues.push(`${catalogue.labelOf('session_reference')} ${issue}`);
	convertValues(record, catalogue, values, ({ notFor, ours }) => notFor !== operation && !ours);
	if (subject.kind === 'existing' && subject.guid !== undefined) {
		values.request.session_guid = subject.guid;
	} else if (operation === 'update' && !hasGuid && reference === undefined && issue === undefined) {
		const [guidLabel, label] = ['session_guid', 'session_reference'].map(catalogue.labelOf);
		lack(
			values,
			`${guidLabel} is missing; an update needs the GUID of the session to change, or its ${label}`,
		);
	}
	if (isNew) requireNew(record, catalogue, values);
	const start = buildStart(record, !isNew, values, settings, catalogue);

	if (values.issues.length > 0) {
		tellUnused(values, item.unused);
		if (issue !== undefined) keep(values, 'session_reference', record.session_reference ?? '');
		const input = inputOf(values, start, reference, catalogue);
		return { index, input, refused: invalid(values.issues) };
	}
	const { request } = values;
	if (reference !== undefined) putReference(request, reference, isNew);
	// A session that has begun can be changed in all but its start, so a row that is sent again must not set it again.
	const isAsFound =
		start && subject.kind === 'existing' && subject.view && isSameStart(start, subject.view);
	if (isAsFound) {
		delete request.timezone;
	} else if (start && subject.kind !== 'undecided') {
		request.start_date = encodeStart(start, settings.startDateEncoding);
		if (start.zone !== undefined) request.timezone = start.zone;
	}
	const guid = subject.kind === 'existing' ? String(request.session_guid).toLowerCase() : undefined;
	const warnings = start?.warning && !isAsFound ? [start.warning] : NO_WARNINGS;
	const draft: SessionDraft = { index, request, guid, start, warnings };
	if (reference !== undefined) draft.reference = reference;
	if (subject.kind === 'undecided') draft.startAsGiven = startAsGiven(record);
	return draft;
}

/** Of the fields that are read together. */
const startLabels = cached(
	({ labelOf }: Catalogue) => ({
		date: labelOf('start_date'),
		time: labelOf('start_time'),
		zone: labelOf('timezone'),
	}),
	CACHED_CATALOGUES,
);

function requireNew(record: FieldRecord, catalogue: Catalogue, values: Values): void {
	// A time without its day is told where the two are read.
	const isTold = ({ kind }: { kind: string }) => kind === 'start' && !isEmpty(record.start_time);
	requireValues(record, catalogue, values, isTold);
}

/** The zone that the item names, or that was chosen for it; none is known yet where that is no zone. */
function zoneFor(
	values: Values,
	{ defaultZone }: BuildSettings,
): { zone?: string; isBad: boolean } {
	if (values.bad !== undefined && 'timezone' in values.bad) return { isBad: true };
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
	settings: BuildSettings,
	catalogue: Catalogue,
): Start | undefined {
	const date = isEmpty(record.start_date) ? undefined : record.start_date;
	const time = isEmpty(record.start_time) ? undefined : record.start_time;
	if (date === undefined && time === undefined) return undefined;
	const keepGiven = () => {
		if (date !== undefined) keep(values, 'start_date', date);
		if (time !== undefined) keep(values, 'start_time', time);
	};
	if (isFailed(date) || isFailed(time)) {
		keepGiven();
		return undefined;
	}
	const { zone, isBad } = zoneFor(values, settings);
	const read = readStart({
		date,
		time,
		labels: startLabels(catalogue),
		zone,
		workflowZone: settings.workflowZone,
		// Without a good zone nothing can be told of daylight changes, as with an update that keeps its own.
		isUpdate: isUpdate || isBad,
		format: settings.dateFormat,
	});
	if ('value' in read && !isBad) return read.value;
	// Without its zone a date means nothing yet: it stays as it was given.
	keepGiven();
	if ('issue' in read) {
		if (read.isIncomplete) lack(values, read.issue);
		else values.issues.push(read.issue);
	}
	return undefined;
}
