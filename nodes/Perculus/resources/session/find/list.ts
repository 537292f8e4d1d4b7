import type { IDataObject } from 'n8n-workflow';

import { isDeleted } from '../../../lookup/search';
import { firstPageOf } from '../../../transport/paging/firstPage';
import { askForPage, type NoPage } from '../../../transport/paging/page';
import type { Transport } from '../../../transport/transport';
import { lowerCase } from '../../../values/foldCase';
import { normalGuid } from '../../../values/guid';
import { parseAnswerDate } from '../build/start';
import { certainPart, findsParts } from './find';
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

const SESSIONS = { path: '/session/search', plainKeys: SESSION_CATALOGUE.plainKeys };
const PAGE_SIZE = 100;
/** The editor asks for more as one scrolls, which a shorter list does not let one do. */
const ENOUGH = 20;
/** Requests for one part of the list. */
const MOST_PAGES = 20;

/** How far a list has come: the next page, and how the last one began, since a server may know no pages. */
interface Place {
	/** Whether the server is asked for the name; it may find whole names alone. */
	byName: boolean;
	first: number;
	number: number;
	last: string;
}

const keyOf = ({ session_guid }: IDataObject) => normalGuid(session_guid);

function entryOf({ name, session_guid, start_date, timezone }: IDataObject): SessionEntry {
	const start = parseAnswerDate(start_date)?.clock.slice(0, 16).replace('T', ' ');
	const zone = typeof timezone === 'string' && timezone !== '' ? ` (${timezone})` : '';
	const title = typeof name === 'string' && name.trim() !== '' ? name : 'Without a name';
	return { name: `${title}${start ? `, ${start}${zone}` : ''}`, guid: String(session_guid) };
}

async function opening(
	transport: Transport,
	account: string,
	part: string,
): Promise<Place | NoPage> {
	const one = await askForPage(transport, SESSIONS, {}, 1, PAGE_SIZE);
	if (one.kind !== 'page') return one;
	const counting = { ...SESSIONS, counting: `${account} session`, keyOf };
	const first = await firstPageOf(transport, counting, {}, one.entries);
	return typeof first === 'object'
		? first
		: { byName: part !== '', first, number: first, last: '' };
}

const readPlace = (next: string) => JSON.parse(next) as Place;

/**
 * One part of the list of sessions.
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
	const part = certainPart(text);
	let place = from === undefined ? await opening(transport, account, part) : readPlace(from);
	if ('kind' in place) return place;
	const entries: SessionEntry[] = [];
	for (let pages = 0; pages < MOST_PAGES && entries.length < ENOUGH; pages++) {
		const filter = place.byName ? { name: part } : {};
		const page = await askForPage(transport, SESSIONS, filter, place.number, PAGE_SIZE);
		if (page.kind !== 'page') return page;
		if (place.byName && place.number === place.first && !findsParts(page.entries, 'name', part)) {
			place = { ...place, byName: false };
			continue;
		}
		const begin = page.entries.map(keyOf).find((key) => key !== undefined);
		if (begin === undefined || begin === place.last) return { entries };
		place = { ...place, number: place.number + 1, last: begin };
		const fits = (view: IDataObject) =>
			lowerCase(String(view.name ?? '')).includes(lowerCase(text));
		entries.push(
			...page.entries
				.filter((view) => keyOf(view) !== undefined && !isDeleted(view) && fits(view))
				.map(entryOf),
		);
	}
	return { entries, next: JSON.stringify(place) };
}
