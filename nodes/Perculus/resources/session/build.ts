import type { IDataObject } from 'n8n-workflow';

import { inCatalogueOrder } from '../../batch/build/catalogueOrder';
import type { Mapped } from '../../batch/read/autoMap';
import { isEmpty } from '../../values/convert';
import type { DateFormat } from '../../values/dates/dateFormat';
import { jsonValue } from '../../values/quote';
import type { Reading } from '../../values/reading';
import { labelOf } from './fields';
import { isDraft, setPath, type Draft, type Invalid, type Operation } from './session';
import { encodeStart, readStart, writeStart, type Start, type StartDateEncoding } from './start';
import {
	convertValues,
	keep,
	lack,
	refuseGroups,
	requireValues,
	tellUnused,
	type Values,
} from '../../batch/build/values';

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

const LABELS = {
	date: labelOf('start_date'),
	time: labelOf('start_time'),
	zone: labelOf('timezone'),
	guid: labelOf('session_guid'),
};

const NO_WARNINGS: readonly string[] = [];

/**
 * Builds the session of one item, or tells every issue it has. Pure: no n8n, no clock, no process zone.
 *
 * @param mapped what the item says: values by field id as it gave them, by the id of a group of fields what was given
 * instead of it, and the issues met while reading it (an expression without a value)
 */
export function buildSession(
	index: number,
	mapped: Mapped,
	settings: BuildSettings,
): Draft | Invalid {
	const { operation } = settings;
	const { record } = mapped;
	const values: Values = { request: {}, bad: undefined, issues: [...mapped.issues] };
	const hasGuid = operation !== 'create' && !isEmpty(record.session_guid);
	const isUpdate = operation === 'update' || hasGuid;

	refuseGroups(record, values);
	convertValues(record, operation, values);
	if (operation === 'update' && !hasGuid) {
		lack(values, `${LABELS.guid} is missing; an update needs the GUID of the session to change`);
	}
	if (!isUpdate) requireValues(record, values);
	const start = buildStart(mapped, isUpdate, values, settings);

	if (values.issues.length > 0) {
		tellUnused(values, mapped.unused);
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
	{ record }: Mapped,
	isUpdate: boolean,
	values: Values,
	settings: BuildSettings,
): Start | undefined {
	const date = isEmpty(record.start_date) ? undefined : record.start_date;
	const time = isEmpty(record.start_time) ? undefined : record.start_time;
	if (date === undefined) {
		if (time === undefined) return undefined;
		keep(values, 'start_time', time);
		lack(values, `${LABELS.time} is set, but ${LABELS.date} is missing; give the day, too`);
		return undefined;
	}
	const { zone, isBad } = zoneFor(values, settings);
	const read = readStart({
		date,
		time,
		labels: LABELS,
		zone,
		workflowZone: settings.workflowZone,
		// Without a good zone nothing can be told of daylight changes, as with an update that keeps its own.
		isUpdate: isUpdate || isBad,
		format: settings.dateFormat,
	});
	if ('value' in read && !isBad) return read.value;
	// Without its zone a date means nothing yet: it stays as it was given.
	keep(values, 'start_date', date);
	if (time !== undefined) keep(values, 'start_time', time);
	if ('issue' in read) {
		if (read.lacksTime) lack(values, read.issue);
		else values.issues.push(read.issue);
	}
	return undefined;
}

/** What was given, or where it is good the converted value, ready to be mapped again. */
function inputOf({ request, bad = {} }: Values, start: Start | undefined): IDataObject {
	for (const id of Object.keys(bad)) setPath(request, id, jsonValue(bad[id]));
	return inCatalogueOrder(start ? withStart(request, start) : request);
}

function withStart(session: IDataObject, start: Start): IDataObject {
	const zone = start.zone === undefined ? {} : { timezone: start.zone };
	return { ...session, start_date: writeStart(start), ...zone };
}

/** The session in input form, for an item that comes back: mapping it again yields the same session. */
export function toInput(built: Draft | Invalid): IDataObject {
	if (!isDraft(built)) return built.session;
	const { request, start } = built;
	return inCatalogueOrder(start ? withStart(request, start) : request);
}
