import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { IDENTITY_KEYS, readIdentity } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE, ATTENDEE_NOUN } from '../../attendee/fields';
import { showAttendee } from '../../attendee/view';
import type { Outputs } from '../../batch/rejected';
import { fetchModel } from '../../transport/retry';
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
			const { plainKeys } = ATTENDEE_CATALOGUE;
			const asked = id.normalize('NFC').toLowerCase();
			const isThisPerson = (model: IDataObject) =>
				IDENTITY_KEYS.some((key) => readIdentity[key](model) === asked);
			const read = await fetchModel(transport, path, plainKeys, isThisPerson);
			if (read.kind !== 'model') return read;
			const item: IDataObject = { ...shown };
			showAttendee(item, read.model);
			return [item];
		},
	});
}
