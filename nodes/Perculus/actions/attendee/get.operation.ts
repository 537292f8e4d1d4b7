import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { GOT, KEYS } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE, ATTENDEE_NOUN } from '../../attendee/fields';
import { showAttendee } from '../../attendee/view';
import type { Outputs } from '../../batch/emit';
import { readModel } from '../../transport/body';
import { askWithRetry } from '../../transport/retry';
import { locateEach, sessionLocator, type Located } from '../shared/locator';
import { optionsParameter, shownFor, TIMEOUT_OPTION } from '../shared/options';
import { perItem } from '../shared/perItem';
import { attendeeParameter, personReader, type Person } from './attendee';

export const description: INodeProperties[] = shownFor(
	'attendee',
	['get'],
	[sessionLocator, attendeeParameter, optionsParameter([TIMEOUT_OPTION])],
);

/** Retrieves the attendee that each item names. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Person>(context, {
		noun: ATTENDEE_NOUN,
		purpose: 'read',
		unread: { session_guid: null, attendee: null },
		prepare: async (run) => await locateEach<Person>(run, personReader(run.context)),
		async act({ path, id, shown }, { transport }) {
			const modelOf = (body: unknown) => readModel(body, ATTENDEE_CATALOGUE.plainKeys) ?? {};
			// Any other person would be taken for the one that was asked for.
			const asked = id.normalize('NFC').toLowerCase();
			const isIt = (body: unknown) => KEYS.some((key) => GOT[key](modelOf(body)) === asked);
			const { reply } = await askWithRetry(transport, { method: 'GET', path }, isIt);
			if (reply.kind !== 'answer') return reply;
			const item: IDataObject = { ...shown };
			showAttendee(item, modelOf(reply.response.body));
			return [item];
		},
	});
}
