import type { INodeProperties } from 'n8n-workflow';

import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getReport from './getReport.operation';
import * as upsert from './upsert.operation';

export { get, getAll, getReport, remove, upsert };

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
			name: 'Get Report',
			value: 'getReport',
			description: 'Retrieve the report of a session that has ended',
			action: 'Get session report',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Update an existing session',
			action: 'Update session',
		},
	],
};

/** The parameters of the resource Session. */
export const description: INodeProperties[] = [
	operationParameter,
	...upsert.description,
	...get.description,
	...getAll.description,
	...getReport.description,
	...remove.description,
];
