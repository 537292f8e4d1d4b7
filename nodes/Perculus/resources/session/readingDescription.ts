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
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description:
		'How many seconds to wait without a sign of the server before giving up. Not more than an hour.',
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
		'One session for each item. An item whose session is not there comes out at Rejected.',
	),
	notice(
		'delete',
		'One session is deleted for each item, for good. An item whose session is not there comes out at Rejected.',
	),
	notice(
		'getAll',
		'The search runs once for each item. Deleted sessions are never found. Without filters, all sessions of the account are.',
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
				description: 'A part of the name of the session, in any case',
			},
			{
				displayName: 'Starts From',
				name: 'startsFrom',
				type: 'dateTime',
				default: '',
				description:
					"First day on which the session may start, in the workflow's time zone. The time of day is left out of account.",
			},
			{
				displayName: 'Starts Until',
				name: 'startsUntil',
				type: 'dateTime',
				default: '',
				description:
					"Last day on which the session may start, in the workflow's time zone. The time of day is left out of account.",
			},
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. math,evening',
				description: 'Whole tags of the session, separated by commas. It must have all of them.',
			},
		],
	},
	options(['get', 'getAll'], [SIMPLIFY, TIMEOUT]),
	options(['delete'], [TIMEOUT]),
];
