import type { INodeProperties } from 'n8n-workflow';

import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getAttendance from './getAttendance.operation';
import * as upsert from './upsert.operation';

export { get, getAll, getAttendance, remove, upsert };

const operationParameter: INodeProperties = {
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
			description: 'Create a new attendee, or update the current one if it already exists (upsert)',
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
			name: 'Get Attendance',
			value: 'getAttendance',
			description: 'Retrieve who attended a session that has ended, and for how long',
			action: 'Get session attendance',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Retrieve the attendees of a session',
			action: 'Get many attendees',
		},
	],
};

/** The parameters of the resource Attendee. */
export const description: INodeProperties[] = [
	operationParameter,
	...upsert.description,
	...get.description,
	...getAll.description,
	...getAttendance.description,
	...remove.description,
];
