import type { IDataObject } from 'n8n-workflow';

import { DAY, MINUTE } from '../values/dates/parsedDate';
import { lowerCase } from '../values/text';
import { zoneOffset } from '../values/zones';
import { tagsIn } from './reference';
import { isDeleted } from './search';
import { parseAnswerDate } from './start';

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
