import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { IDENTITY_KEYS, readIdentity } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE, ATTENDEE_NOUN } from '../../attendee/fields';
import { showAttendee } from '../../attendee/view';
import type { Outputs } from '../../batch/rejected';
import { readModel } from '../../transport/body';
import { requestIdempotent } from '../../transport/retry';
import { type Located, locateEach, sessionLocator } from '../shared/locator';
import { optionsParameter, showForOperations, TIMEOUT_OPTION } from '../shared/options';
import { perItem } from '../shared/perItem';
import { attendeeParameter, type Person, personReader } from './attendeeParameter';

export const description: INodeProperties[] = showForOperations(
	'attendee',
	['get'],
	[sessionLocator, attendeeParameter, optionsParameter([TIMEOUT_OPTION])],
);

/** Retrieves the attendee that each item names. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Person>(context, {
		noun: ATTENDEE_NOUN,
		purpose: 'read',
		fallbackFields: { session_guid: null, attendee: null },
		prepare: async (run) => await locateEach<Person>(run, personReader(run.context)),
		async requestItem({ path, id, shown }, { transport }) {
			const modelOf = (body: unknown) => readModel(body, ATTENDEE_CATALOGUE.plainKeys) ?? {};
			// Without this check, an answer about another person would come out as this one.
			const asked = id.normalize('NFC').toLowerCase();
			const isThisPerson = (body: unknown) =>
				IDENTITY_KEYS.some((key) => readIdentity[key](modelOf(body)) === asked);
			const { reply } = await requestIdempotent(transport, { method: 'GET', path }, isThisPerson);
			if (reply.kind !== 'answer') return reply;
			const item: IDataObject = { ...shown };
			showAttendee(item, modelOf(reply.response.body));
			return [item];
		},
	});
}
