import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../batch/parameter';
import type { Draft } from '../batch/types';
import type { Reading } from '../values/collections';
import { isEmpty } from '../values/convert';
import { dateFormat, type DateFormat } from '../values/dates/dateFormat';
import { quote } from '../values/text';
import { readZone } from '../values/zones';
import type { Start, StartDateEncoding } from './start';

/** The three operations that write; all of them are the same batch request. */
export type WriteOperation = 'upsert' | 'create' | 'update';

/** Path of the batch of sessions. */
export const SESSION_BATCH = '/session/batch';

/** A session that can be sent. */
export interface SessionDraft extends Draft {
	/** Lower-case GUID of the session to update; undefined for a create. */
	guid: string | undefined;
	/** GUID that only a lookup found. */
	foundGuid?: string;
	/** Sentences that its item shows with any outcome. */
	notes: readonly string[];
	/** When it begins, if that is set. */
	start: Start | undefined;
	/** The user's own reference for the session. */
	reference?: string;
}

export interface SessionSettings {
	operation: WriteOperation;
	/** IANA zone of the workflow. */
	workflowZone: string;
	/** How text dates are written that are not ISO. */
	dateFormat?: DateFormat | undefined;
	/** IANA zone for an item that sets a start and names no zone; without one the workflow's is taken. */
	defaultZone?: Reading<string> | undefined;
	startDateEncoding: StartDateEncoding;
	/** Milliseconds since 1970. */
	now: number;
}

/** Options that are read item by item, because their expressions may differ. */
export const PER_ITEM_OPTIONS = ['dateFormat'];

const DEFAULT_ZONE = "The parameter 'Default Time Zone'";

function formatOf(read: Reading<unknown>): DateFormat | undefined {
	return 'value' in read ? dateFormat(read.value) : { text: '', issue: read.issue };
}

function zoneOf(read: Reading<unknown>): Reading<string> | undefined {
	if ('issue' in read) return { issue: `${DEFAULT_ZONE} ${read.issue}` };
	if (isEmpty(read.value)) return undefined;
	const zone = readZone(read.value);
	return 'value' in zone
		? zone
		: { issue: `${DEFAULT_ZONE} ${zone.issue}; it is ${quote(read.value)}` };
}

/** Prepares the reading of what an item is built with: the node's own settings, and those that differ from item to item. */
export function settingsReader(
	context: IExecuteFunctions,
	settings: Omit<SessionSettings, 'dateFormat' | 'defaultZone'>,
): (index: number, json: IDataObject) => SessionSettings {
	const readFormat = parameterReader(context, 'options.dateFormat');
	const readDefaultZone = parameterReader(context, 'defaultTimezone');
	const settingsOf = (format: Reading<unknown>, zone: Reading<unknown>): SessionSettings => ({
		...settings,
		dateFormat: formatOf(format),
		defaultZone: zoneOf(zone),
	});
	// As a rule they are the same for all items.
	let last:
		{ format: Reading<unknown>; zone: Reading<unknown>; settings: SessionSettings } | undefined;
	return (index, json) => {
		const format = readFormat(index, json);
		const zone = readDefaultZone(index, json);
		if (last?.format !== format || last.zone !== zone)
			last = { format, zone, settings: settingsOf(format, zone) };
		return last.settings;
	};
}
