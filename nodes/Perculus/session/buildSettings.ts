import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../batch/parameter';
import { isEmpty } from '../values/convert';
import { dateFormat, type DateFormat } from '../values/dates/dateFormat';
import { quote } from '../values/text';
import type { Reading } from '../values/types';
import { readZone } from '../values/zones';
import type { BuildSettings } from './build';

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
	settings: Omit<BuildSettings, 'dateFormat' | 'defaultZone'>,
): (index: number, json: IDataObject) => BuildSettings {
	const readFormat = parameterReader(context, 'options.dateFormat');
	const readDefaultZone = parameterReader(context, 'defaultTimezone');
	const settingsOf = (format: Reading<unknown>, zone: Reading<unknown>): BuildSettings => ({
		...settings,
		dateFormat: formatOf(format),
		defaultZone: zoneOf(zone),
	});
	// As a rule they are the same for all items.
	let last:
		{ format: Reading<unknown>; zone: Reading<unknown>; settings: BuildSettings } | undefined;
	return (index, json) => {
		const format = readFormat(index, json);
		const zone = readDefaultZone(index, json);
		if (last?.format !== format || last.zone !== zone)
			last = { format, zone, settings: settingsOf(format, zone) };
		return last.settings;
	};
}
