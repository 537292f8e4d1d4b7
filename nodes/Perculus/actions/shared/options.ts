import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	updateDisplayOptions,
} from 'n8n-workflow';

import { type Field, spelling } from '../../batch/catalogue';
import { parameterReader } from '../../batch/parameter';
import type { Reading } from '../../values/collections';
import { convert, isEmpty, type ValueType } from '../../values/convert';

/** Shows parameters only for some operations of a resource. */
export const showForOperations = (
	resource: 'attendee' | 'session',
	operation: string[],
	parameters: INodeProperties[],
): INodeProperties[] =>
	updateDisplayOptions({ show: { resource: [resource], operation } }, parameters);

/** A note between the parameters. */
export const notice = (name: string, text: string): INodeProperties => ({
	displayName: text,
	name,
	type: 'notice',
	default: '',
});

/** The label, and the other names that aren't merely another spelling of one before. */
function namesOf({ id, label, aliases = [] }: Field): string {
	const names = new Map<string, string>();
	for (const name of [label, id, ...aliases]) {
		const spelled = spelling(name);
		if (!names.has(spelled)) names.set(spelled, name);
	}
	return [...names.values()].join(' / ');
}

/** The names that automatic mapping takes for the fields of a new mapper; those that can be added follow the same rule. */
export const namesTaken = (fields: readonly Field[]): string =>
	`Input fields are matched by name, in any spelling: ${fields
		.filter(({ visible }) => visible)
		.map(namesOf)
		.join('; ')}. Other fields are ignored.`;

/**
 * The mapper of a resource's fields, and a note on the names that it takes automatically. Two parameters of this name
 * may stand in one node, one for each resource.
 *
 * @param resourceMapperMethod the method that lists the fields
 */
export const fieldsParameters = (
	resourceMapperMethod: string,
	description: string,
	fields: readonly Field[],
): INodeProperties[] => [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		description,
		typeOptions: {
			// Without this the editor keeps the fields of another resource or operation.
			loadOptionsDependsOn: ['resource', 'operation'],
			resourceMapper: {
				resourceMapperMethod,
				mode: 'map',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		...notice('mappingNotice', namesTaken(fields)),
		// n8n 1.x takes a path to a part of a parameter only with the slash.
		displayOptions: { show: { '/fields.mappingMode': ['autoMapInputData'] } },
	},
];

/** The collection of a resource's options. */
export const optionsParameter = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options,
});

/** @param what 'sessions' */
export const batchSizeOption = (what: string): INodeProperties => ({
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description: `How many ${what} to send in one request, 0 for all`,
});

export const DRY_RUN_OPTION: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to validate items without saving anything. Nodes connected to Approved still run.',
};

export const INCLUDE_INPUT_OPTION: INodeProperties = {
	displayName: 'Include Input',
	name: 'includeInput',
	type: 'boolean',
	default: false,
	description: "Whether to add the item's own input to the output, in the field 'input'",
};

export const SIMPLIFY_OPTION: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const TIMEOUT_OPTION: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description: 'Seconds to wait for a response (1 to 3600)',
};

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
