import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import * as attendee from './actions/attendee';
import * as session from './actions/session';
import { getAttendeeFields, getSessionFields, getTimeZones, searchSessions } from './methods';
import { route } from './router';

export class Perculus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Perculus',
		name: 'perculus',
		icon: { light: 'file:perculus.svg', dark: 'file:perculus.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ({ upsert: "create or update", getAll: "get many", getReport: "get report", getAttendance: "get attendance" }[$parameter["operation"]] ?? $parameter["operation"]) + ": " + $parameter["resource"] }}',
		description:
			'Create or update virtual-classroom sessions and their attendees in Perculus (Constructor Groups), find and delete them, and see who attended',
		defaults: { name: 'Perculus' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		// Always two: n8n's editor deletes the lines of an output that goes. A plain text, because n8n evaluates it as one;
		// it must not throw, or the node has no outputs at all.
		outputs:
			'={{ [{ type: "main", displayName: $parameter["operation"] === "delete" ? "Deleted" : ["get", "getAll", "getReport", "getAttendance"].includes($parameter["operation"]) ? "Found" : "Approved" }, { type: "main", displayName: "Rejected" }] }}',
		credentials: [{ name: 'perculusApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Attendee', value: 'attendee' },
					{ name: 'Session', value: 'session' },
				],
				default: 'session',
			},
			...session.description,
			...attendee.description,
		],
	};

	methods = {
		listSearch: { searchSessions },
		loadOptions: { getTimeZones },
		resourceMapping: { getAttendeeFields, getSessionFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await route(this);
	}
}
