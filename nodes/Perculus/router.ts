import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import * as attendee from './actions/attendee';
import * as session from './actions/session';
import type { Outputs } from './batch/rejected';
import { rejectAllOnCrash } from './batch/stop';

type Execute = (context: IExecuteFunctions) => Promise<Outputs>;

const ROUTES: Readonly<Record<string, Readonly<Record<string, Execute>>>> = {
	attendee: {
		upsert: attendee.upsert.execute,
		get: attendee.get.execute,
		getAll: attendee.getAll.execute,
		getAttendance: attendee.getAttendance.execute,
		delete: attendee.remove.execute,
	},
	session: {
		upsert: session.upsert.execute,
		create: session.upsert.execute,
		update: session.upsert.execute,
		get: session.get.execute,
		getAll: session.getAll.execute,
		getReport: session.getReport.execute,
		delete: session.remove.execute,
	},
};

/** Executes the operation that the node is set to. */
export async function route(context: IExecuteFunctions): Promise<Outputs> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	const execute = ROUTES[resource]?.[operation] ?? unknownOperation(operation);
	return await execute(context);
}

/** n8n offers 'Custom API Call' among the operations, which is the HTTP Request node's to make. */
const unknownOperation =
	(operation: string): Execute =>
	async (context) =>
		await rejectAllOnCrash(context, { one: 'item', many: 'items' }, async () => {
			throw new NodeOperationError(
				context.getNode(),
				`This node does not have the operation ${operation}; choose one from its list`,
			);
		});
