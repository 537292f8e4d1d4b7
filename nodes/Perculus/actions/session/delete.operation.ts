import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Outputs } from '../../batch/rejected';
import { SESSION_NOUN } from '../../session/fields';
import { forgetSession } from '../../session/memory';
import { deleteOne } from '../shared/deleteOne';
import { type Located, locateEach, sessionLocator } from '../shared/locator';
import { optionsParameter, showForOperations, TIMEOUT_OPTION } from '../shared/options';
import { perItem } from '../shared/perItem';

export const description: INodeProperties[] = showForOperations(
	'session',
	['delete'],
	[sessionLocator, optionsParameter([TIMEOUT_OPTION])],
);

/** Deletes the session that each item names. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located>(context, {
		noun: SESSION_NOUN,
		purpose: 'delete',
		fallbackFields: { session_guid: null },
		prepare: async (run) => await locateEach(run, () => ({ segments: [] })),
		async requestItem({ guid, path, shown }, { transport, account }) {
			const answer = await deleteOne(transport, path, { deleted: true, ...shown });
			// Only a confirmed Delete frees its reference.
			if (Array.isArray(answer)) forgetSession(account, guid);
			return answer;
		},
	});
}
