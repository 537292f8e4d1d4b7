import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from './batch/output/emit';
import { deleteAttendees } from './resources/attendee/delete';
import { getAttendees } from './resources/attendee/get';
import { getManyAttendees } from './resources/attendee/getAll';
import { writeAttendees } from './resources/attendee/upsert';
import { deleteSessions } from './resources/session/delete';
import { getSessions } from './resources/session/get';
import { getManySessions } from './resources/session/getAll';
import { writeSessions } from './resources/session/upsert';

/** What is executed for a resource and an operation. */
const ROUTES = {
	attendee: {
		upsert: writeAttendees,
		get: getAttendees,
		getAll: getManyAttendees,
		delete: deleteAttendees,
	},
	session: {
		create: writeSessions,
		delete: deleteSessions,
		get: getSessions,
		getAll: getManySessions,
		update: writeSessions,
		upsert: writeSessions,
	},
} satisfies Record<string, Record<string, (context: IExecuteFunctions) => Promise<Outputs>>>;

type Routes = Record<string, Record<string, (context: IExecuteFunctions) => Promise<Outputs>>>;

/** Executes the operation that the node is set to. */
export async function route(context: IExecuteFunctions): Promise<Outputs> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	const execute = (ROUTES as Routes)[resource]?.[operation] ?? writeSessions;
	return await execute(context);
}
