import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from '../../batch/emit';
import { locateEach, type Located } from '../shared/locator';
import { perItem } from '../shared/perItem';
import { readModel } from '../../transport/body';
import { askWithRetry } from '../../transport/retry';
import { personReader, type Person } from './attendee';
import { GOT, KEYS } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE } from '../../attendee/fields';
import { ATTENDEE_NOUN } from '../../attendee/noun';
import { showAttendee } from '../../attendee/view';

/** Get: the person that each item names. */
export async function getAttendees(context: IExecuteFunctions): Promise<Outputs> {
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
