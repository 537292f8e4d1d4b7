import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ATTENDEE_NOUN } from '../../attendee/fields';
import { attendeePages } from '../../attendee/search';
import { showAttendee } from '../../attendee/view';
import type { Outputs } from '../../batch/rejected';
import { SESSION_NOUN } from '../../session/fields';
import { type Located, locateEach, sessionLocator, type SubPath } from '../shared/locator';
import {
	limitParameters,
	limitReader,
	optionsParameter,
	showForOperations,
	TIMEOUT_OPTION,
} from '../shared/options';
import { perItem } from '../shared/perItem';

interface Search extends SubPath {
	/** Infinity for all. */
	limit: number;
}

export const description: INodeProperties[] = showForOperations(
	'attendee',
	['getAll'],
	[sessionLocator, ...limitParameters, optionsParameter([TIMEOUT_OPTION])],
);

/** Retrieves the attendees of the session that each item names. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Located & Search>(context, {
		noun: SESSION_NOUN,
		found: ATTENDEE_NOUN,
		purpose: 'read',
		fallbackFields: { session_guid: null },
		async prepare(run) {
			const readLimit = limitReader(run.context);
			return await locateEach<Search>(run, (index, json) => {
				const limit = readLimit(index, json);
				return 'issue' in limit ? limit : { segments: ['attendee', 'search'], limit: limit.value };
			});
		},
		async requestItem({ path, limit, shown }, { transport, account }) {
			const pages = attendeePages({ transport, account }, path);
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
