import type { INodeProperties } from 'n8n-workflow';

import { sessionLocator } from '../../lookup/locator';

const show = (...operations: string[]): INodeProperties['displayOptions'] => ({
	show: { resource: ['attendee'], ...(operations.length > 0 && { operation: operations }) },
});

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description:
		'How many seconds to wait without a sign of the server before giving up. Not more than an hour.',
};

const options = (own: INodeProperties[], ...operations: string[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: show(...operations),
	options: own,
});

/** The parameters of the resource Attendee. */
export const attendeeDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'upsert',
		displayOptions: show(),
		options: [
			{
				name: 'Create or Update',
				value: 'upsert',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
				action: 'Create or update attendee',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'Remove attendees from their session',
				action: 'Delete attendee',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Retrieve attendees of a session',
				action: 'Get attendee',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve the attendees of a session',
				action: 'Get many attendees',
			},
		],
	},
	sessionLocator({ show: { resource: ['attendee'] } }),
	{
		displayName:
			'Each item needs a person: an email with first and last name, or the GUID of a user of your account, or the attendance code of one who is in the session. Nobody is added twice.',
		name: 'attendeeNotice',
		type: 'notice',
		default: '',
		displayOptions: show('upsert'),
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		displayOptions: show('upsert'),
		description: 'What is not set here is not sent',
		typeOptions: {
			// Without this the editor keeps the fields of another resource.
			loadOptionsDependsOn: ['resource', 'operation'],
			resourceMapper: {
				resourceMapperMethod: 'getAttendeeFields',
				mode: 'map',
				fieldWords: { singular: 'field', plural: 'fields' },
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName: 'Attendee',
		name: 'attendee',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@school.example',
		displayOptions: show('get', 'delete'),
		description: 'Who is meant: an email address, a User GUID or an Attendance Code',
	},
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
		displayOptions: {
			show: { resource: ['attendee'], operation: ['getAll'], returnAll: [false] },
		},
		description: 'Max number of results to return',
	},
	options(
		[
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description:
					'How many attendees to send in one request. 0 sends all of a session in one. Each session has requests of its own.',
			},
			{
				displayName: 'Check Only',
				name: 'checkOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to check the items without writing anything to Perculus. What would be sent comes out at Approved, and what is connected there runs.',
			},
			{
				displayName: 'Include Input',
				name: 'includeInput',
				type: 'boolean',
				default: false,
				description: "Whether to add the item's own input to the output, in the field 'input'",
			},
			{
				displayName: 'Join URL',
				name: 'joinUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://acme.perculus.com/app?c={code}',
				description:
					'The link with which a person joins, with {code} where the attendance code goes. Perculus does not document its form, so try one before you send links.',
			},
			timeout,
		],
		'upsert',
	),
	options([timeout], 'get', 'getAll', 'delete'),
];
