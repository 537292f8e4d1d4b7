import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Outputs } from './batch/emit';
import { orAllRejected } from './batch/crash';
import { deleteAttendees } from './actions/attendee/delete.operation';
import { getAttendees } from './actions/attendee/get.operation';
import { getManyAttendees } from './actions/attendee/getAll.operation';
import { writeAttendees } from './actions/attendee/upsert.operation';
import { deleteSessions } from './actions/session/delete.operation';
import { getSessions } from './actions/session/get.operation';
import { getManySessions } from './actions/session/getAll.operation';
import { writeSessions } from './actions/session/upsert.operation';

type Execute = (context: IExecuteFunctions) => Promise<Outputs>;

/** What is executed for a resource and an operation. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Execute>>>> = {
	attendee: {
		upsert: writeAttendees,
		get: getAttendees,
		getAll: getManyAttendees,
		delete: deleteAttendees,
	},
	session: {
		upsert: writeSessions,
		create: writeSessions,
		update: writeSessions,
		get: getSessions,
		getAll: getManySessions,
		delete: deleteSessions,
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
		await orAllRejected(context, { one: 'item', many: 'items' }, async () => {
			throw new NodeOperationError(
				context.getNode(),
				`This node does not have the operation ${operation}; choose one from its list`,
			);
		});
