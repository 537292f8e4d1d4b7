import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ATTENDEE_NOUN } from '../../attendee/fields';
import type { Outputs } from '../../batch/rejected';
import { deleteOne } from '../shared/deleteOne';
import { type Located, locateEach, sessionLocator } from '../shared/locator';
import { optionsParameter, showForOperations, TIMEOUT_OPTION } from '../shared/options';
import { perItem } from '../shared/perItem';
import { attendeeParameter, type Person, personReader } from './attendeeParameter';

export const description: INodeProperties[] = showForOperations(
	'attendee',
	['delete'],
	[sessionLocator, attendeeParameter, optionsParameter([TIMEOUT_OPTION])],
);

/** Removes the attendee that each item names from the session. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Person>(context, {
		noun: ATTENDEE_NOUN,
		purpose: 'delete',
		fallbackFields: { session_guid: null, attendee: null },
		prepare: async (run) => await locateEach<Person>(run, personReader(run.context)),
		requestItem: async ({ path, shown, beside }, { transport }) =>
			await deleteOne(transport, path, { deleted: true, ...shown, ...beside }),
	});
}
