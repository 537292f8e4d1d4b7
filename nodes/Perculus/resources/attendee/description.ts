import type { INodeProperties } from 'n8n-workflow';

import { fieldsParameter } from '../../batch/panel/fields';
import { mappedBy, notice } from '../../batch/panel/notice';
import {
	batchSizeOption,
	DRY_RUN_OPTION,
	INCLUDE_INPUT_OPTION,
	optionsParameter,
	TIMEOUT_OPTION,
} from '../../batch/panel/options';
import { namesTaken } from '../../batch/read/namesTaken';
import { limitParameters } from '../../each/limit';
import { sessionLocator } from '../../lookup/locator';
import { ATTENDEE_FIELDS } from './fields';

const at = (...operation: string[]) => ({ resource: ['attendee'], operation });

/** The parameters of the resource Attendee. */
export const attendeeDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'upsert',
		displayOptions: { show: { resource: ['attendee'] } },
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
	notice(
		'attendeeNotice',
		at('upsert'),
		'Each item is one person: an email with first and last name, or the User GUID of someone in your account, or the Attendance Code of someone who is in the session already. Nobody is added twice.',
	),
	fieldsParameter(
		{ show: at('upsert') },
		'getAttendeeFields',
		'What is not set here is not sent. The role is Admin, Instructor or User.',
	),
	notice(
		'mappingNotice',
		{ ...at('upsert'), ...mappedBy('autoMapInputData') },
		namesTaken(ATTENDEE_FIELDS),
	),
	{
		displayName: 'Attendee',
		name: 'attendee',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@school.example',
		displayOptions: { show: at('get', 'delete') },
		description:
			'Who is meant: an email address such as ada@school.example, a User GUID or an Attendance Code',
	},
	...limitParameters(at('getAll')),
	optionsParameter({ show: at('upsert') }, [
		batchSizeOption(
			'How many attendees to send in one request, such as 200. 0 sends all of a session in one. Each session has requests of its own.',
		),
		DRY_RUN_OPTION,
		INCLUDE_INPUT_OPTION,
		{
			displayName: 'Join URL',
			name: 'joinUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://acme.perculus.com/app?c={code}',
			description:
				'The link with which a person joins, with {code} where the attendance code goes. Perculus does not document its form, so try one before you send links.',
		},
		TIMEOUT_OPTION,
	]),
	optionsParameter({ show: at('get', 'getAll', 'delete') }, [TIMEOUT_OPTION]),
];
