import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import type { Outputs } from '../../batch/emit';
import { invalid } from '../../batch/outcome';
import { unsuccessful } from '../../each/answers';
import type { Answer, Asked, EachOperation } from '../../each/contract';
import { limitReader } from '../../each/limit';
import { runEach } from '../../each/run';
import { Pages } from '../../transport/pages';
import { GOT, KEYS } from './compare';
import { readSearches, type Named } from './named';
import { ATTENDEE_CATALOGUE } from './fields';
import { ATTENDEE_NOUN } from './noun';
import { showAttendee } from './view/view';

/** All the people of a session, as many as are wanted. */
interface Search extends Named {
	/** Infinity for all. */
	limit: number;
}

/** Get Many: the people of the session that each item names. */
export async function getManyAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await runEach(context, GET_MANY);
}

const GET_MANY: EachOperation<Search> = {
	noun: ATTENDEE_NOUN,
	purpose: 'read',
	unread: { session_guid: null },
	open: (run) => ({
		async read(items) {
			const readLimit = limitReader(run.context);
			const asked = await readSearches(run, items);
			const each = asked.each.map((one, index): Asked<Search> => {
				if ('refused' in one) return one;
				const limit = readLimit(index, items[index]?.json ?? {});
				return 'issue' in limit
					? { shown: one.shown, refused: invalid([limit.issue]) }
					: { shown: one.shown, subject: { ...one.subject, limit: limit.value } };
			});
			return { ...asked, each };
		},
		act: async (search) => await findAll(search, run),
	}),
};

/** What tells an attendee from all others of the session; one that tells nothing is told by all that it has. */
const keyOf = (view: IDataObject): string =>
	KEYS.map((key) => GOT[key](view)).find((key) => key !== undefined) ?? JSON.stringify(view);

async function findAll(
	{ path, limit, shown }: Search,
	{ transport, account }: Run,
): Promise<Answer> {
	const pages = new Pages(transport, {
		plainKeys: ATTENDEE_CATALOGUE.plainKeys,
		path,
		counting: `${account} attendee`,
		keyOf,
		filter: {},
		mostPages: Infinity,
	});
	const items: IDataObject[] = [];
	for await (const { entries } of pages) {
		for (const view of entries) {
			if (items.length >= limit) return { items };
			const item: IDataObject = { ...shown };
			showAttendee(item, view);
			items.push(item);
		}
		if (items.length >= limit) return { items };
	}
	return pages.missing ? unsuccessful(pages.missing) : { items };
}
