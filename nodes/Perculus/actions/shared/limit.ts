import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../../batch/parameter';
import { convert, isEmpty, type ValueType } from '../../values/convert';
import type { Reading } from '../../values/types';

const RETURN_ALL: ValueType = { label: 'Return All', kind: 'yesNo' };
const LIMIT: ValueType = {
	label: 'Limit',
	kind: 'wholeNumber',
	range: { min: 1, max: 0x7fffffff, unit: 'results' },
};

const DEFAULT_LIMIT = 50;

/** How many results a Get Many returns. */
export const limitParameters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

function readAs(read: Reading<unknown>, type: ValueType, byDefault: boolean | number) {
	if ('issue' in read) return { issue: `${type.label} ${read.issue}` };
	return isEmpty(read.value) ? { value: byDefault } : convert(read.value, type);
}

/** Prepares the reading of how many results an item asks for; Infinity for all. An issue is a whole sentence. */
export function limitReader(
	context: IExecuteFunctions,
): (index: number, json: IDataObject) => Reading<number> {
	const readAll = parameterReader(context, 'returnAll');
	const readLimit = parameterReader(context, 'limit');
	return (index, json) => {
		const all = readAs(readAll(index, json), RETURN_ALL, false);
		if ('issue' in all) return all;
		if (all.value === true) return { value: Infinity };
		const limit = readAs(readLimit(index, json), LIMIT, DEFAULT_LIMIT);
		return 'issue' in limit ? limit : { value: Number(limit.value) };
	};
}
