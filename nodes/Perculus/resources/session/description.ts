import type { INodeProperties } from 'n8n-workflow';

import { readingParameters } from './readingDescription';

const WRITES = ['create', 'update', 'upsert'];

/** The parameters of the resource Session. */
export const sessionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'upsert',
		displayOptions: { show: { resource: ['session'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create new sessions',
				action: 'Create session',
			},
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update session',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'Delete sessions, each for good',
				action: 'Delete session',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Read a session by its GUID or its reference',
				action: 'Get session',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Find sessions by name, tags and day',
				action: 'Get many sessions',
			},
			{
				name: 'Update',
				value: 'update',
				description: 'Change sessions that exist',
				action: 'Update session',
			},
		],
	},
	{
		displayName:
			'An item with a Session GUID changes that session; one without creates a session and needs a name, a start date and a duration in minutes. What you do not set is not sent.',
		name: 'upsertNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['session'], operation: ['upsert'] } },
	},
	{
		displayName:
			'Each item needs a name, a start date and a duration in minutes. A Session GUID is ignored. What you do not set is left to the settings of your account.',
		name: 'createNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['session'], operation: ['create'] } },
	},
	{
		displayName:
			'Each item needs the Session GUID of the session to change. What you do not set stays as it is.',
		name: 'updateNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['session'], operation: ['update'] } },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: { show: { resource: ['session'], operation: WRITES } },
		description:
			'What is not set here is not sent. A new session needs a name, a start date and a duration; a session to change needs its GUID.',
		typeOptions: {
			// Without this the editor keeps the fields of another operation.
			loadOptionsDependsOn: ['resource', 'operation'],
			resourceMapper: {
				resourceMapperMethod: 'getSessionFields',
				mode: 'map',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName: 'Workflow Time Zone',
		name: 'workflowTimezone',
		type: 'hidden',
		default: '={{ $now.zoneName }}',
		displayOptions: { show: { resource: ['session'], operation: WRITES } },
		description: "The workflow's time zone, for the list of 'Default Time Zone' alone",
	},
	{
		displayName: 'Default Time Zone Name or ID',
		name: 'defaultTimezone',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getTimeZones' },
		default: '',
		displayOptions: { show: { resource: ['session'], operation: WRITES } },
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'For sessions that set a start and name no time zone',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { resource: ['session'], operation: WRITES } },
		options: [
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'How many sessions to send in one request. 0 sends all of them in one.',
			},
			{
				displayName: 'Check Only',
				name: 'checkOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to only check what would be created, updated or rejected, and write nothing to Perculus. What is connected to Approved runs all the same.',
			},
			{
				displayName: 'Date Format',
				name: 'dateFormat',
				type: 'string',
				default: '',
				placeholder: 'e.g. dd.MM.yyyy HH:mm',
				description:
					'How dates are written that are not in ISO form. Use the <a href="https://moment.github.io/luxon/#/parsing" target="_blank">tokens of Luxon</a>.',
			},
			{
				displayName: 'Include Input',
				name: 'includeInput',
				type: 'boolean',
				default: false,
				description: "Whether to add the item's own input to the output, in the field 'input'",
			},
			{
				displayName: 'Recover Unknown',
				name: 'recoverUnknown',
				type: 'boolean',
				default: true,
				description:
					'Whether to look for new sessions in Perculus when the answer to their request was lost',
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
			{
				displayName: 'Start Date Encoding',
				name: 'startDateEncoding',
				type: 'options',
				default: 'wallClock',
				options: [
					{
						name: 'Offset',
						value: 'offset',
						description:
							'With its true offset. Only for accounts whose sessions otherwise start at another hour.',
					},
					{
						name: 'Wall Clock',
						value: 'wallClock',
						description:
							'As the time on the clock in its time zone, which is how Perculus reads dates',
					},
				],
				description: 'How the start date is written in the request',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 120,
				description:
					'How many seconds to wait without a sign of the server before giving up. Not more than an hour.',
			},
		],
	},
	...readingParameters,
];
