import type { INodeProperties } from 'n8n-workflow';

import { namesTaken } from '../../batch/read/namesTaken';
import { sessionLocator } from '../../lookup/locator';
import { ATTENDEE_FIELDS } from './fields';

const show = (...operations: string[]): INodeProperties['displayOptions'] => ({
	show: { resource: ['attendee'], ...(operations.length > 0 && { operation: operations }) },
});

const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description:
		'How many seconds to wait for the next sign of the server before giving up: 1 to 3600',
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
				description:
					'Create a new attendee, or update the current one if it already exists (upsert)',
				action: 'Create or update attendee',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'Remove attendees from a session',
				action: 'Delete attendee',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Get one attendee of a session',
				action: 'Get attendee',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Get many attendees of a session',
				action: 'Get many attendees',
			},
		],
	},
	sessionLocator({ show: { resource: ['attendee'] } }),
	{
		displayName:
			'Each item is one person: an email with first and last name, or the User GUID of someone in your account, or the Attendance Code of someone who is in the session already. Nobody is added twice.',
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
		description: 'What is not set here is not sent. The role is Admin, Instructor or User.',
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
		displayName: namesTaken(ATTENDEE_FIELDS),
		name: 'mappingNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				resource: ['attendee'],
				operation: ['upsert'],
				// n8n 1.x takes a path to a part of a parameter only with the slash.
				'/fields.mappingMode': ['autoMapInputData'],
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
		description:
			'Who is meant: an email address such as ada@school.example, a User GUID or an Attendance Code',
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
					'How many attendees to send in one request, such as 200. 0 sends all of a session in one. Each session has requests of its own.',
			},
			{
				displayName: 'Check Only',
				name: 'checkOnly',
				type: 'boolean',
				default: false,
				description:
					'Whether to only check what would be saved or rejected. Nothing is written to Perculus, but the nodes connected to Approved run all the same.',
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
