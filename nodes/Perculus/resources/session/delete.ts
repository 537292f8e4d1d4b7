import type { IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import type { Outputs } from '../../batch/emit';
import { deleteOne } from '../../each/delete';
import type { Answer, EachOperation } from '../../each/contract';
import { runEach } from '../../each/run';
import { forgetSession } from '../../lookup/memory';
import { readNamed, type SessionSubject } from './find/named';
import { SESSION_NOUN } from './noun';

/** Delete: the session that each item names. */
export async function deleteSessions(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, DELETE);
}

const DELETE: EachOperation<SessionSubject> = {
	noun: SESSION_NOUN,
	purpose: 'delete',
	unread: { session_guid: null },
	open: (run) => ({
		read: async (items) => await readNamed(run, items),
		act: async (named) => await deleteSession(named, run),
	}),
};

async function deleteSession(
	{ guid, path, shown }: SessionSubject,
	{ transport, account }: Run,
): Promise<Answer> {
	const answer = await deleteOne(transport, path, { deleted: true, ...shown });
	// Only a confirmed Delete frees its reference.
	if ('items' in answer) forgetSession(account, guid);
	return answer;
}
