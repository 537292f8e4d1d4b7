import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from '../../batch/emit';
import { deleteOne } from '../shared/delete';
import { locateEach, type Located } from '../shared/locator';
import { perItem } from '../shared/perItem';
import { personReader, type Person } from './attendee';
import { ATTENDEE_NOUN } from '../../attendee/noun';

/** Delete: removes the person that each item names from the session. */
export async function deleteAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Person>(context, {
		noun: ATTENDEE_NOUN,
		purpose: 'delete',
		unread: { session_guid: null, attendee: null },
		prepare: async (run) => await locateEach<Person>(run, personReader(run.context)),
		act: async ({ path, shown, beside }, { transport }) =>
			await deleteOne(transport, path, { deleted: true, ...shown, ...beside }),
	});
}
