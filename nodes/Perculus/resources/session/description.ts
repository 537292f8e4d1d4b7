import type { INodeProperties } from 'n8n-workflow';

import { fieldsParameter } from '../../batch/panel/fields';
import { optionsParameter } from '../../batch/panel/options';
import { atSession, WRITES } from './panel/at';
import { fieldNotices, writeNotices } from './panel/notices';
import { writeOptions } from './panel/writeOptions';
import { readingParameters } from './readingDescription';

const AT_WRITES = { show: atSession(...WRITES) };

/** The parameters of the resource Session. */
export const sessionDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'upsert',
		displayOptions: { show: { resource: ['session'] } },
		description:
			'For an AI agent that plans sessions, choose Create or Update and let it fill Session Reference: called twice, it makes nothing twice',
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create new sessions, and never change one',
				action: 'Create session',
			},
			{
				name: 'Create or Update',
				value: 'upsert',
				description:
					'Create a new session, or update the current one if it already exists (upsert)',
				action: 'Create or update session',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'Delete sessions for good',
				action: 'Delete session',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Get a session from the list, by its GUID or by your own reference',
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
				description: 'Change sessions that exist, and never create one',
				action: 'Update session',
			},
		],
	},
	...writeNotices,
	fieldsParameter(
		AT_WRITES,
		'getSessionFields',
		'What is not set here is not sent: a new session takes the default of Perculus, another keeps what it has',
	),
	...fieldNotices,
	{
		displayName: 'Workflow Time Zone',
		name: 'workflowTimezone',
		type: 'hidden',
		default: '={{ $now.zoneName }}',
		displayOptions: AT_WRITES,
		description: "The workflow's time zone, for the list of 'Default Time Zone' alone",
	},
	{
		displayName: 'Default Time Zone Name or ID',
		name: 'defaultTimezone',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getTimeZones' },
		default: '',
		displayOptions: AT_WRITES,
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'For start dates without a time zone of their own',
	},
	optionsParameter(AT_WRITES, writeOptions),
	...readingParameters,
];
