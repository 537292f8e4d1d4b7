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
import { ATTENDEE_FIELDS } from '../../attendee/fields';

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
				description: 'Remove an attendee from a session',
				action: 'Delete attendee',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Retrieve an attendee of a session',
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
	...updateDisplayOptions({ show: at('upsert') }, [
		notice(
			'attendeeNotice',
			"Map an email with first and last name, a 'User GUID', or an 'Attendance Code'. Nobody is added twice.",
		),
		...fieldsParameters(
			'getAttendeeFields',
			"Empty fields aren't sent. The role is Admin, Instructor or User.",
			ATTENDEE_FIELDS,
		),
		optionsParameter([
			batchSizeOption('attendees of a session'),
			DRY_RUN_OPTION,
			INCLUDE_INPUT_OPTION,
			{
				displayName: 'Join URL',
				name: 'joinUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://acme.perculus.com/app?c={code}',
				description:
					"Join link template, where {code} is the attendance code. Test one link first: Perculus doesn't document the format.",
			},
			TIMEOUT_OPTION,
		]),
	]),
	{
		displayName: 'Attendee',
		name: 'attendee',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ada@school.example',
		displayOptions: { show: at('get', 'delete') },
		description: 'Email address, User GUID or Attendance Code',
	},
	...limitParameters(at('getAll')),
	...updateDisplayOptions({ show: at('get', 'getAll', 'delete') }, [
		optionsParameter([TIMEOUT_OPTION]),
	]),
];
