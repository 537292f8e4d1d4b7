import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import type { Outputs } from '../../batch/emit';
import { refuse, type Refused } from '../../batch/outcome';
import { unsuccessful } from '../../each/answers';
import type { Answer, EachOperation } from '../../each/contract';
import { runEach } from '../../each/run';
import { isDeleted } from '../../lookup/search';
import { readModel } from '../../transport/body';
import { askWithRetry } from '../../transport/retry';
import { normalGuid } from '../../values/guid';
import { isObject } from '../../values/isObject';
import { SESSION_CATALOGUE } from './fields';
import { guidOf } from './compare';
import { readNamed, type SessionSubject } from './find/named';
import { SESSION_NOUN } from './noun';
import { showSession } from './view';

/** Get: the session that each item names. */
export async function getSessions(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, GET);
}

const GET: EachOperation<SessionSubject> = {
	noun: SESSION_NOUN,
	purpose: 'read',
	unread: { session_guid: null },
	open: (run) => ({
		read: async (items) => await readNamed(run, items),
		act: async (named) => await getSession(named, run),
	}),
};

/** Whether an answer is the session that was asked for; any other would be taken for it further on. */
const isSession =
	(guid: string) =>
	(body: unknown): boolean => {
		const model = isObject(body) ? readModel(body, SESSION_CATALOGUE.plainKeys) : null;
		return model !== null && guidOf(model) === normalGuid(guid);
	};

async function getSession(
	{ guid, path }: SessionSubject,
	{ transport, options }: Run,
): Promise<Answer> {
	const { reply } = await askWithRetry(transport, { method: 'GET', path }, isSession(guid));
	if (reply.kind !== 'answer') return unsuccessful(reply);
	const view = readModel(reply.response.body, SESSION_CATALOGUE.plainKeys) ?? {};
	if (isDeleted(view)) return { refused: DELETED };
	const item: IDataObject = {};
	showSession(item, view, options.simplify !== false);
	return { items: [item] };
}

/** Perculus may keep a deleted session, and show it. */
const DELETED: Refused = {
	...refuse(null, [], 'session_not_found'),
	details: ['The session is deleted'],
};
