import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { invalid } from '../../batch/outcome';
import type { Outputs } from '../../batch/rejected';
import type { Noun } from '../../batch/types';
import { SESSION_CATALOGUE, SESSION_NOUN } from '../../session/fields';
import { fitsFilters, searchFailure, searchFilterOf, sessionPages } from '../../session/search';
import { showSession } from '../../session/view';
import {
	limitParameters,
	optionsParameter,
	showForOperations,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
} from '../shared/options';
import { perItem } from '../shared/perItem';
import { filtersParameter, queryReader, type SessionQuery } from './filtersParameter';

export const description: INodeProperties[] = showForOperations(
	'session',
	['getAll'],
	[...limitParameters, filtersParameter, optionsParameter([SIMPLIFY_OPTION, TIMEOUT_OPTION])],
);

const SEARCH_NOUN: Noun = { one: 'search', many: 'searches' };

/** Retrieves the sessions that each item searches for. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<SessionQuery>(context, {
		noun: SEARCH_NOUN,
		found: SESSION_NOUN,
		purpose: 'read',
		fallbackFields: {},
		async prepare(run) {
			const readQuery = queryReader(run.context);
			const each = run.items.map(({ json }, index) => {
				const query = readQuery(index, json);
				const shown = {};
				return 'issues' in query
					? { shown, refused: invalid(query.issues) }
					: { shown, target: query };
			});
			return { each };
		},
		async requestItem(query, run) {
			const search = { ...run, plainKeys: SESSION_CATALOGUE.plainKeys };
			const pages = sessionPages(search, searchFilterOf(query));
			const found: IDataObject[] = [];
			for await (const { entries } of pages) {
				for (const view of entries) {
					if (found.length >= query.limit) break;
					if (!fitsFilters(view, query)) continue;
					const item: IDataObject = {};
					showSession(item, view, run.options.simplify !== false);
					found.push(item);
				}
				if (found.length >= query.limit) return found;
			}
			return pages.missing ? searchFailure(pages.missing) : found;
		},
	});
}
