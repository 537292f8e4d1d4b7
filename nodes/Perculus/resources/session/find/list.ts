import type { IDataObject } from 'n8n-workflow';

import { isDeleted } from '../../../lookup/search';
import { Pages, type NoPage } from '../../../transport/pages';
import type { Transport } from '../../../transport/transport';
import { lowerCase } from '../../../values/foldCase';
import { normalGuid } from '../../../values/guid';
import { parseAnswerDate } from '../build/start';
import { certainPart } from './find';
import { SESSION_CATALOGUE } from '../fields';

/** A session to choose. */
export interface SessionEntry {
	/** 'Algebra, 2030-09-01 14:00 (Europe/Istanbul)' */
	name: string;
	guid: string;
}

export interface SessionList {
	entries: SessionEntry[];
	/** Where the list goes on; undefined at its end. */
	next?: string;
}

/** How far a list has come: the next page, and how the last one began, since a server may ignore page numbers. */
interface Place {
	page: number;
	first: string;
}

const keyOf = ({ session_guid }: IDataObject) => normalGuid(session_guid);

function entryOf({ name, session_guid, start_date, timezone }: IDataObject): SessionEntry {
	const start = parseAnswerDate(start_date)?.clock.slice(0, 16).replace('T', ' ');
	const zone = typeof timezone === 'string' && timezone !== '' ? ` (${timezone})` : '';
	const title = typeof name === 'string' && name.trim() !== '' ? name : 'Without a name';
	return { name: `${title}${start ? `, ${start}${zone}` : ''}`, guid: String(session_guid) };
}

/**
 * One part of the list of sessions: one page of the search.
 *
 * @param account tells accounts apart
 * @param text a part of the name, in any case; '' for all
 * @param from `next` of the part before
 */
export async function listSessions(
	transport: Transport,
	account: string,
	text: string,
	from?: string,
): Promise<SessionList | NoPage> {
	const place = from === undefined ? undefined : (JSON.parse(from) as Place);
	const part = certainPart(text);
	const pages = new Pages(transport, {
		path: '/session/search',
		plainKeys: SESSION_CATALOGUE.plainKeys,
		filter: part === '' ? {} : { name: part },
		counting: `${account} session`,
		keyOf,
		mostPages: 1,
		...(place && { from: place.page }),
	});
	for await (const { entries: read } of pages) {
		const fromZero = pages.isComplete ? [] : await pages.readPageZero();
		if (!fromZero) break;
		const entries = [...fromZero, ...read];
		const [first] = read.map(keyOf);
		if (first === undefined || first === place?.first) return { entries: [] };
		const fits = (view: IDataObject) =>
			!isDeleted(view) && lowerCase(String(view.name ?? '')).includes(lowerCase(text));
		const shown = entries.filter(fits).map(entryOf);
		const next = JSON.stringify({ page: pages.next, first } satisfies Place);
		return pages.isComplete ? { entries: shown } : { entries: shown, next };
	}
	return pages.missing ?? { entries: [] };
}
