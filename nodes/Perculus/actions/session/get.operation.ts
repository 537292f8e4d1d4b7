import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { refusedByPerculus } from '../../batch/outcome';
import type { Outputs } from '../../batch/rejected';
import { isSession } from '../../session/compare';
import { SESSION_CATALOGUE, SESSION_NOUN } from '../../session/fields';
import { isDeleted } from '../../session/search';
import { showSession } from '../../session/view';
import { fetchModel } from '../../transport/retry';
import { type Located, locateEach, sessionLocator } from '../shared/locator';
import {
	optionsParameter,
	showForOperations,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
} from '../shared/options';
import { perItem } from '../shared/perItem';

export const description: INodeProperties[] = showForOperations(
	'session',
	['get'],
	[sessionLocator, optionsParameter([SIMPLIFY_OPTION, TIMEOUT_OPTION])],
);

/** Retrieves the session that each item names. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located>(context, {
		noun: SESSION_NOUN,
		purpose: 'read',
		fallbackFields: { session_guid: null },
		prepare: async (run) => await locateEach(run, () => ({ segments: [] })),
		async requestItem({ guid, path }, { transport, options }) {
			const { plainKeys } = SESSION_CATALOGUE;
			const read = await fetchModel(transport, path, plainKeys, isSession(guid));
			if (read.kind !== 'model') return read;
			const view = read.model;
			// Perculus may keep a deleted session, and show it.
			if (isDeleted(view))
				return {
					...refusedByPerculus(null, [], 'session_not_found'),
					details: ['The session is deleted'],
				};
			const item: IDataObject = {};
			showSession(item, view, options.simplify !== false);
			return [item];
		},
	});
}
