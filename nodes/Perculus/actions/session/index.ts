import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import {
	batchSizeOption,
	DRY_RUN_OPTION,
	fieldsParameters,
	INCLUDE_INPUT_OPTION,
	notice,
	optionsParameter,
	TIMEOUT_OPTION,
} from '../shared/options';
import { limitParameters } from '../shared/limit';
import { sessionLocator } from '../shared/locatorParameter';
import { SESSION_FIELDS } from '../../session/fields';

const atSession = (...operation: string[]) => ({ resource: ['session'], operation });
const shownAt = (operations: string[], properties: INodeProperties[]) =>
	updateDisplayOptions({ show: atSession(...operations) }, properties);

const operationParameter: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'upsert',
	displayOptions: { show: { resource: ['session'] } },
	description:
		"For AI agents, use 'Create or Update' with a 'Session Reference' to avoid duplicates",
	options: [
		{
			name: 'Create',
			value: 'create',
			description: 'Create a new session',
			action: 'Create session',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			description: 'Create a new session, or update the current one if it already exists (upsert)',
			action: 'Create or update session',
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Delete a session permanently',
			action: 'Delete session',
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Retrieve a session',
			action: 'Get session',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Retrieve sessions by name, tags and day',
			action: 'Get many sessions',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Update an existing session',
			action: 'Update session',
		},
	],
};

const SIMPLIFY_OPTION: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The options of Create, Update, and Create or Update. */
export const writeOptions: INodeProperties[] = [
	batchSizeOption('sessions'),
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. dd.MM.yyyy HH:mm',
		description:
			'Format of dates that aren\'t ISO 8601, e.g. dd.MM.yyyy HH:mm. <a href="https://moment.github.io/luxon/#/parsing" target="_blank">All letters</a>.',
	},
	DRY_RUN_OPTION,
	INCLUDE_INPUT_OPTION,
	SIMPLIFY_OPTION,
	{
		displayName: 'Start Date Encoding',
		name: 'startDateEncoding',
		type: 'options',
		default: 'wallClock',
		options: [
			{
				name: 'Local Time',
				value: 'wallClock',
				description: "14:00 in the session's time zone, as Perculus documents it",
			},
			{ name: 'UTC Offset', value: 'offset', description: '14:00+03:00' },
		],
		description: 'Change this only if your sessions start at the wrong hour',
	},
	TIMEOUT_OPTION,
];

const writeParameters: INodeProperties[] = [
	...shownAt(
		['upsert'],
		[
			notice(
				'upsertNotice',
				"Updates the session with the same 'Session GUID' or 'Session Reference', or creates one. New sessions need a name, start date and duration.",
			),
		],
	),
	...shownAt(
		['create'],
		[
			notice(
				'createNotice',
				"New sessions need a name, start date and duration. Items whose 'Session Reference' is in use already go to Rejected.",
			),
		],
	),
	...shownAt(
		['update'],
		[
			notice(
				'updateNotice',
				"Updates the session with the same 'Session GUID' or 'Session Reference'. Items without one go to Rejected.",
			),
		],
	),
	...shownAt(
		['create', 'update', 'upsert'],
		[
			...fieldsParameters(
				'getSessionFields',
				"Empty fields aren't sent. New sessions use Perculus defaults, existing ones keep their values.",
				SESSION_FIELDS,
			),
			{
				displayName: 'Workflow Time Zone',
				name: 'workflowTimezone',
				type: 'hidden',
				default: '={{ $now.zoneName }}',
				description: "The workflow's time zone, only for the list of 'Default Time Zone'",
			},
			{
				displayName: 'Default Time Zone Name or ID',
				name: 'defaultTimezone',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getTimeZones' },
				default: '',
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'For items without a time zone of their own',
			},
			optionsParameter(writeOptions),
		],
	),
];

const day = (displayName: string, name: string, side: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description: `Only sessions that start on or ${side} this day, in the workflow's time zone. The time of day is ignored.`,
});

const readParameters: INodeProperties[] = [
	sessionLocator({ show: atSession('get', 'delete') }),
	...limitParameters(atSession('getAll')),
	...shownAt(
		['getAll'],
		[
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add filter',
				default: {},
				options: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Algebra',
						description: 'Part of the name, in any case',
					},
					day('Starts From', 'startsFrom', 'after'),
					day('Starts Until', 'startsUntil', 'before'),
					{
						displayName: 'Tags',
						name: 'tags',
						type: 'string',
						default: '',
						placeholder: 'e.g. math,evening',
						description: 'Tags that a session must all have, separated by commas',
					},
				],
			},
		],
	),
	...shownAt(['get', 'getAll'], [optionsParameter([SIMPLIFY_OPTION, TIMEOUT_OPTION])]),
	...shownAt(['delete'], [optionsParameter([TIMEOUT_OPTION])]),
];

/** The parameters of the resource Session. */
export const sessionDescription: INodeProperties[] = [
	operationParameter,
	...writeParameters,
	...readParameters,
];
