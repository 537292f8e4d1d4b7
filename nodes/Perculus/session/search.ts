import type { IDataObject } from 'n8n-workflow';

import type { PlainKeys } from '../transport/body';
import { type PageFailure, Pages } from '../transport/pages';
import { type Failure, isNotThere } from '../transport/responses';
import { fetchModel } from '../transport/retry';
import { pathOf, type Transport } from '../transport/transport';
import { DAY, MINUTE } from '../values/dates/dateParts';
import { lowerCase, normalGuid } from '../values/text';
import { zoneOffset } from '../values/zones';
import { isSession } from './compare';
import { tagsIn } from './reference';
import { parseAnswerDate } from './start';

/** What a search needs of a run. */
export interface SearchContext {
	transport: Transport;
	/** Digest that identifies the account. */
	account: string;
	/** Keys that must have plain values in what is found; by default those that lookups read. */
	plainKeys?: PlainKeys;
}

const READ_HERE: PlainKeys = new Set(['session_guid', 'tags', 'status']);

/** Deleted sessions keep their tags, and a search may still show them. */
const DELETED = -1;

export const isDeleted = ({ status }: IDataObject): boolean => Number(status) === DELETED;

/**
 * The sessions that a search finds, deleted ones included, page by page.
 *
 * @param filter as the API takes it: `name`, `tags`, `begin_date`, `end_date`
 * @param from number of the page to begin with; by default the first
 */
export const sessionPages = (
	{ transport, account, plainKeys = READ_HERE }: SearchContext,
	filter: IDataObject,
	{ mostPages = Infinity, from }: { mostPages?: number; from?: number } = {},
): Pages =>
	new Pages(transport, {
		path: '/session/search',
		plainKeys,
		counting: `${account} session`,
		keyOf: ({ session_guid }) => normalGuid(session_guid),
		filter,
		mostPages,
		...(from !== undefined && { from }),
	});

/** A search or a GET without a result as a failed request: a refused one would be refused the next time too. */
export function searchFailure(missing: PageFailure): Failure {
	if (missing.kind === 'failed') return missing;
	const { status, code, details } = missing;
	return {
		kind: 'failed',
		name: 'search refused',
		applied: 'no',
		reason: 'request_refused',
		status,
		code,
		message: `Perculus refused to search for sessions${details.length > 0 ? `: ${details.join(' ')}` : '.'}`,
	};
}

/** Reads a remembered session. It is gone only if the API itself says so, by its code or by the status of a deleted one. */
export async function readSession(
	context: SearchContext,
	guid: string,
): Promise<{ kind: 'session'; view: IDataObject } | { kind: 'gone' } | Failure> {
	const path = pathOf('session', guid);
	if (path === undefined) return { kind: 'gone' };
	const { transport, plainKeys = READ_HERE } = context;
	const read = await fetchModel(transport, path, plainKeys, isSession(guid));
	if (read.kind !== 'model') return isNotThere(read) ? { kind: 'gone' } : searchFailure(read);
	const view = read.model;
	return isDeleted(view) ? { kind: 'gone' } : { kind: 'session', view };
}

/** What a Get Many searches for; what is undefined is no condition. Days are counted from 1970. */
export interface SessionFilters {
	/** A part of the name, in any case. */
	name?: string;
	/** The session has each of them, in any case. */
	tags?: readonly string[];
	/** First day of the start in `zone`. */
	from?: number;
	/** Last day of the start. */
	until?: number;
	/** IANA zone of the workflow. */
	zone: string;
}

/** The day on the clocks of a zone, in days since 1970. */
export const dayIn = (zone: string, instant: number): number =>
	Math.floor((instant + zoneOffset(zone, instant) * MINUTE) / DAY);

/** 9999-12-31 is what people write for no end. */
const DAYS = { first: Date.UTC(1000, 0, 1) / DAY, last: Date.UTC(9999, 11, 31) / DAY };

const dateOf = (day: number): string =>
	new Date(Math.min(Math.max(day, DAYS.first), DAYS.last) * DAY).toISOString().slice(0, 10);

/**
 * The filter for the server's search. It is asked one day wider on both sides, because its days are those of another zone.
 * And for one tag: a search for a part of the tags' text wouldn't find several in another order.
 */
export const searchFilterOf = ({ name, tags, from, until }: SessionFilters): IDataObject => ({
	...(name !== undefined && { name }),
	...(tags && { tags: tags[0] }),
	...(from !== undefined && { begin_date: dateOf(from - 1) }),
	...(until !== undefined && { end_date: dateOf(until + 1) }),
});

function startDay({ start_date }: IDataObject, zone: string): number | undefined {
	const start = parseAnswerDate(start_date);
	if (!start) return undefined;
	return start.instant === undefined
		? Math.floor(Date.parse(`${start.clock}Z`) / DAY)
		: dayIn(zone, start.instant);
}

const textOf = (value: unknown) => (typeof value === 'string' ? lowerCase(value) : '');

/** Checks every filter again, because the server may ignore one and a Delete may follow. Deleted sessions never fit. */
export function fitsFilters(
	view: IDataObject,
	{ name, tags, from, until, zone }: SessionFilters,
): boolean {
	if (isDeleted(view)) return false;
	if (name !== undefined && !textOf(view.name).includes(lowerCase(name))) return false;
	if (tags) {
		const has = new Set(tagsIn(textOf(view.tags)));
		if (tags.some((tag) => !has.has(lowerCase(tag)))) return false;
	}
	if (from === undefined && until === undefined) return true;
	const day = startDay(view, zone);
	return day !== undefined && day >= (from ?? day) && day <= (until ?? day);
}
