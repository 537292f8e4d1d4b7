import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from '../../batch/emit';
import { unsuccessful } from '../../each/answers';
import type { EachOperation } from '../../each/contract';
import { runEach } from '../../each/run';
import { readModel } from '../../transport/body';
import { askWithRetry } from '../../transport/retry';
import { isObject } from '../../values/isObject';
import { GOT, KEYS } from './compare';
import { ATTENDEE_CATALOGUE } from './fields';
import { readPeople, type Named } from './named';
import { ATTENDEE_NOUN } from './noun';
import { showAttendee } from './view/view';

/** Get: the person that each item names. */
export async function getAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, GET);
}

const isAttendee = (body: unknown): boolean => {
	const model = isObject(body) ? readModel(body, ATTENDEE_CATALOGUE.plainKeys) : null;
	return model !== null && KEYS.some((key) => GOT[key](model) !== undefined);
};

const GET: EachOperation<Named> = {
	noun: ATTENDEE_NOUN,
	purpose: 'read',
	unread: { session_guid: null, attendee: null },
	open: (run) => ({
		read: async (items) => await readPeople(run, items),
		async act({ path, shown: { attendee: _, ...session } }) {
			const { reply } = await askWithRetry(run.transport, { method: 'GET', path }, isAttendee);
			if (reply.kind !== 'answer') return unsuccessful(reply);
			const item: IDataObject = { ...session };
			showAttendee(item, readModel(reply.response.body, ATTENDEE_CATALOGUE.plainKeys) ?? {});
			return { items: [item] };
		},
	}),
};
