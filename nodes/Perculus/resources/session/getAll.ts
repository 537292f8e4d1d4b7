import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import type { Outputs } from '../../batch/emit';
import { failed, invalid } from '../../batch/outcome';
import type { Answer, Asked, EachOperation } from '../../each/contract';
import { runEach } from '../../each/run';
import { SESSION_CATALOGUE } from './fields';
import { SESSION_NOUN } from './noun';
import { findSessions } from './find/find';
import type { SessionQuery } from './find/query';
import { queryReader } from './find/readQuery';
import { showSession } from './view';

/** Get Many: the sessions that each item asks for. */
export async function getManySessions(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, GET_MANY);
}

const GET_MANY: EachOperation<SessionQuery> = {
	noun: SESSION_NOUN,
	purpose: 'read',
	unread: {},
	open: (run) => ({
		async read(items) {
			const readQuery = queryReader(run.context);
			const each = items.map(({ json }, index): Asked<SessionQuery> => {
				const query = readQuery(index, json);
				const shown = {};
				return 'issues' in query
					? { shown, refused: invalid(query.issues) }
					: { shown, subject: query };
			});
			return { each };
		},
		act: async (query) => await getMany(query, run),
	}),
};

async function getMany(query: SessionQuery, run: Run): Promise<Answer> {
	const views = await findSessions(query, { ...run, plainKeys: SESSION_CATALOGUE.plainKeys });
	if (!Array.isArray(views)) return { refused: failed(views), failure: views };
	const isSimplified = run.options.simplify !== false;
	const items = views.map((view) => {
		const item: IDataObject = {};
		showSession(item, view, isSimplified);
		return item;
	});
	return { items };
}
