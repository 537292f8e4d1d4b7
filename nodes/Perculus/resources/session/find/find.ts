import type { IDataObject } from 'n8n-workflow';

import { tagsIn } from '../../../lookup/reference';
import { isDeleted, searchFailure, sessionPages, type SearchContext } from '../../../lookup/search';
import type { Failure } from '../../../transport/responses';
import { DAY } from '../../../values/dates/parsedDate';
import { lowerCase } from '../../../values/foldCase';
import { parseAnswerDate } from '../build/start';
import { dayAt, type SessionQuery } from './query';

/** No two zones are further apart than 26 hours, and the last day may be taken for its first moment. */
const WIDER = { before: 2, after: 3 };

/** The days that a year of four digits can tell; whoever wants no end writes the last one, 9999-12-31. */
const TOLD = { first: Date.UTC(1000, 0, 1) / DAY, last: Date.UTC(9999, 11, 31) / DAY };

/** A bound for the server; none where no date tells it, since every day is checked here as well. */
const bound = (key: string, day: number): IDataObject =>
	day >= TOLD.first && day <= TOLD.last
		? { [key]: new Date(day * DAY).toISOString().slice(0, 10) }
		: {};

/** The bounds that the server is asked for. */
function daysAround({ from, until }: SessionQuery): IDataObject {
	return {
		...(from !== undefined && bound('begin_date', from - WIDER.before)),
		...(until !== undefined && bound('end_date', until + WIDER.after)),
	};
}

function startDay({ start_date }: IDataObject, zone: string): number | undefined {
	const start = parseAnswerDate(start_date);
	if (!start) return undefined;
	return start.instant === undefined
		? Math.floor(Date.parse(`${start.clock}Z`) / DAY)
		: dayAt(zone, start.instant);
}

const textOf = (value: unknown) => (typeof value === 'string' ? lowerCase(value) : '');

/** Whether a session is one of those looked for, whatever the server made of the filter. */
function fits(view: IDataObject, { name, tags, from, until, zone }: SessionQuery): boolean {
	if (isDeleted(view)) return false;
	if (name !== undefined && !textOf(view.name).includes(lowerCase(name))) return false;
	if (tags) {
		const has = new Set(tagsIn(textOf(view.tags)));
		if (!tags.every((tag) => has.has(lowerCase(tag)))) return false;
	}
	if (from === undefined && until === undefined) return true;
	const day = startDay(view, zone);
	return day !== undefined && day >= (from ?? day) && day <= (until ?? day);
}

/** What the server is asked for beside the days; it finds parts of these texts, whole texts, or takes no notice. */
type Texts = Partial<Record<'name' | 'tags', string>>;

/** Letters that are one to us, or to a language. */
const DOTTED_OR_NOT = /[iI\u0130\u0131]\u0307?/u;

/**
 * The longest part of a name without an i, which is what the server is asked for: whether İ, I and i are one hangs on its
 * language, so that it may find some of them and not the others, and nothing in its answer would show it.
 */
export function certainPart(name: string): string {
	const parts = name.split(DOTTED_OR_NOT).map((part) => part.trim());
	return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** Whether an answer shows that the server finds more than texts that are the same as the one asked for. */
export function findsParts(views: readonly IDataObject[], key: keyof Texts, text: string): boolean {
	return views.some((view) => textOf(view[key]).trim() !== lowerCase(text).trim());
}

/**
 * Finds the sessions that are looked for, deleted ones apart. The server's own search for names and tags is relied on
 * only where its answer shows that it finds parts of them; else everything within the days is read.
 *
 * @returns the sessions, or the request that failed
 */
export async function findSessions(
	query: SessionQuery,
	context: SearchContext,
): Promise<IDataObject[] | Failure> {
	const read = async (texts: Texts): Promise<IDataObject[] | Failure> => {
		const seen: IDataObject[] = [];
		const found: IDataObject[] = [];
		const pages = sessionPages(context, { ...daysAround(query), ...texts });
		for await (const { entries } of pages) {
			seen.push(...entries);
			found.push(...entries.filter((view) => fits(view, query)));
			if (found.length >= query.limit) return found.slice(0, query.limit);
		}
		if (pages.missing) return searchFailure(pages.missing);
		const asked = Object.entries(texts) as Array<[keyof Texts, string]>;
		const reliable = asked.filter(([key, text]) => findsParts(seen, key, text));
		return reliable.length === asked.length ? found : await read(Object.fromEntries(reliable));
	};
	const { name = '', tags = [] } = query;
	const part = certainPart(name);
	// Whole, since a part of it would not be found where the search compares whole tags.
	const tag = tags.find((one) => certainPart(one) === one);
	return await read({
		...(part !== '' && { name: part }),
		...(tag !== undefined && { tags: tag }),
	});
}
