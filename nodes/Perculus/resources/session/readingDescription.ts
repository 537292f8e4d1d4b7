import type { INodeProperties } from 'n8n-workflow';

import { sessionLocator } from '../../lookup/locator';

const show = (...operation: string[]) => ({ show: { resource: ['session'], operation } });

const notice = (operation: string, text: string): INodeProperties => ({
	displayName: text,
	name: `${operation}Notice`,
	type: 'notice',
	default: '',
	displayOptions: show(operation),
});

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description:
		'How many seconds to wait for the next sign of the server before giving up: 1 to 3600',
};

const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const options = (operations: string[], entries: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: show(...operations),
	options: entries,
});

/** The parameters of Get, Get Many and Delete. */
export const readingParameters: INodeProperties[] = [
	notice(
		'get',
		'Gets one session for each item. An item whose session does not exist comes out at Rejected.',
	),
	notice(
		'delete',
		'Deletes one session for each item, for good. An item whose session does not exist comes out at Rejected.',
	),
	notice(
		'getAll',
		'Searches once for each item. Without a filter, every session of the account is found, except deleted ones.',
	),
	sessionLocator(show('get', 'delete')),
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: show('getAll'),
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { ...show('getAll').show, returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: show('getAll'),
		options: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Algebra',
				description: 'A part of the name of the session, in small or capital letters',
			},
			{
				displayName: 'Starts From',
				name: 'startsFrom',
				type: 'dateTime',
				default: '',
				description:
					"Only sessions that start on or after this day, such as 2027-03-05, in the workflow's time zone. A time of day makes no difference.",
			},
			{
				displayName: 'Starts Until',
				name: 'startsUntil',
				type: 'dateTime',
				default: '',
				description:
					"Only sessions that start on or before this day, such as 2027-03-05, in the workflow's time zone. A time of day makes no difference.",
			},
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. math,evening',
				description:
					'One or more tags, separated by commas. Only sessions that have all of them are found.',
			},
		],
	},
	options(['get', 'getAll'], [SIMPLIFY, TIMEOUT]),
	options(['delete'], [TIMEOUT]),
];
