import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from '../../batch/emit';
import type { EachOperation } from '../../each/contract';
import { deleteOne } from '../../each/delete';
import { runEach } from '../../each/run';
import { readPeople, type Named } from './named';
import { ATTENDEE_NOUN } from './noun';

/** Delete: removes the person that each item names from the session. */
export async function deleteAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, DELETE);
}

const DELETE: EachOperation<Named> = {
	noun: ATTENDEE_NOUN,
	purpose: 'delete',
	unread: { session_guid: null, attendee: null },
	open: (run) => ({
		read: async (items) => await readPeople(run, items),
		act: async ({ path, shown }) =>
			await deleteOne(run.transport, path, { deleted: true, ...shown }),
	}),
};
