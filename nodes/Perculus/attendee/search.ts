import type { IDataObject } from 'n8n-workflow';

import { Pages, type PageFailure } from '../transport/pages';
import { pathOf, type Transport } from '../transport/transport';
import { IDENTITY_KEYS, readIdentity } from './compare';
import { ATTENDEE_CATALOGUE } from './fields';

/** Identifies an attendee within the session; by all that it has if nothing names it. */
const keyOf = (view: IDataObject): string =>
	IDENTITY_KEYS.map((key) => readIdentity[key](view)).find((key) => key !== undefined) ??
	JSON.stringify(view);

/** The attendees of a session, page by page. @param account digest that identifies the account */
export const attendeePages = (
	{ transport, account }: { transport: Transport; account: string },
	path: string,
): Pages =>
	new Pages(transport, {
		plainKeys: ATTENDEE_CATALOGUE.plainKeys,
		path,
		counting: `${account} attendee`,
		keyOf,
		filter: {},
		mostPages: Infinity,
	});

/** All attendees of a session, or what came instead of one of the pages: half a list is none. */
export async function readAttendees(
	context: { transport: Transport; account: string },
	guid: string,
): Promise<IDataObject[] | PageFailure> {
	const pages = attendeePages(context, pathOf('session', guid, 'attendee', 'search') ?? '');
	const found: IDataObject[] = [];
	for await (const { entries } of pages) for (const entry of entries) found.push(entry);
	return pages.missing ?? found;
}
