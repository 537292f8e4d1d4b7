import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Outputs } from '../../batch/emit';
import { limitReader } from '../shared/limit';
import { locateEach, type Below, type Located } from '../shared/locator';
import { perItem } from '../shared/perItem';
import { Pages } from '../../transport/pages';
import { GOT, KEYS } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE } from '../../attendee/fields';
import { ATTENDEE_NOUN } from '../../attendee/noun';
import { showAttendee } from '../../attendee/view';

interface Search extends Below {
	/** Infinity for all. */
	limit: number;
}

/** Identifies an attendee within the session; by all that it has if nothing names it. */
const keyOf = (view: IDataObject): string =>
	KEYS.map((key) => GOT[key](view)).find((key) => key !== undefined) ?? JSON.stringify(view);

/** Get Many: the people of the session that each item names. */
export async function getManyAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Search>(context, {
		noun: ATTENDEE_NOUN,
		purpose: 'read',
		unread: { session_guid: null },
		async prepare(run) {
			const readLimit = limitReader(run.context);
			return await locateEach<Search>(run, (index, json) => {
				const limit = readLimit(index, json);
				return 'issue' in limit ? limit : { segments: ['attendee', 'search'], limit: limit.value };
			});
		},
		async act({ path, limit, shown }, { transport, account }) {
			const pages = new Pages(transport, {
				plainKeys: ATTENDEE_CATALOGUE.plainKeys,
				path,
				counting: `${account} attendee`,
				keyOf,
				filter: {},
				mostPages: Infinity,
			});
			const found: IDataObject[] = [];
			for await (const { entries } of pages) {
				for (const view of entries.slice(0, limit - found.length)) {
					const item: IDataObject = { ...shown };
					showAttendee(item, view);
					found.push(item);
				}
				if (found.length >= limit) return found;
			}
			return pages.missing ?? found;
		},
	});
}
