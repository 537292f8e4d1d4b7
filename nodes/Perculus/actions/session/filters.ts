import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../../batch/parameter';
import { limitReader } from '../shared/limit';
import { tagsIn } from '../../session/reference';
import { isDeleted } from '../../session/search';
import { convert, isEmpty } from '../../values/convert';
import { parseDate } from '../../values/dates/parseDate';
import { DAY, MINUTE } from '../../values/dates/parsedDate';
import { lowerCase } from '../../values/foldCase';
import { quote } from '../../values/quote';
import type { Reading } from '../../values/reading';
import { zoneName, zoneOffset } from '../../values/zones';
import { parseAnswerDate } from '../../session/start';

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

export interface SessionQuery extends SessionFilters {
	/** How many are returned at most; Infinity for all. */
	limit: number;
}

const dayIn = (zone: string, instant: number): number =>
	Math.floor((instant + zoneOffset(zone, instant) * MINUTE) / DAY);

type ReadFilter = (value: unknown, label: string, zone: string) => Reading<Partial<SessionFilters>>;

const readDay =
	(bound: 'from' | 'until'): ReadFilter =>
	(value, label, zone) => {
		const read = parseDate(value, label);
		// Its own words are about a start, and name an option that only writes have.
		if ('issue' in read) {
			return { issue: `${label} must be a day such as 2027-03-05; this item has ${quote(value)}` };
		}
		const { kind, at } = read.value;
		return { value: { [bound]: kind === 'instant' ? dayIn(zone, at) : Math.floor(at / DAY) } };
	};

const empty = (label: string) => ({ issue: `${label} is empty; fill it in, or remove the filter` });

interface Filter {
	label: string;
	read: ReadFilter;
}

/** By name in the parameter 'filters'. */
const FILTERS: Record<string, Filter> = {
	name: {
		label: "The filter 'Name'",
		read(value, label) {
			const name = convert(value, { label, kind: 'text' });
			return 'issue' in name ? name : { value: { name: String(name.value).trim() } };
		},
	},
	tags: {
		label: "The filter 'Tags'",
		read(value, label) {
			const tags = convert(value, { label, kind: 'tags' });
			if ('issue' in tags) return tags;
			const list = tagsIn(String(tags.value));
			return list.length > 0 ? { value: { tags: list } } : empty(label);
		},
	},
	startsFrom: { label: "The filter 'Starts From'", read: readDay('from') },
	startsUntil: { label: "The filter 'Starts Until'", read: readDay('until') },
};

/** A filter that is there without a value is refused: without it, a Get Many before a Delete would find everything. */
function readFilter(
	{ label, read }: Filter,
	given: Reading<unknown>,
	zone: string,
): Reading<Partial<SessionFilters>> {
	if ('issue' in given) return { issue: `${label} ${given.issue}` };
	return isEmpty(given.value) ? empty(label) : read(given.value, label, zone);
}

/** Prepares the reading of what each item searches for; issues are whole sentences. */
export function queryReader(
	context: IExecuteFunctions,
): (index: number, json: IDataObject) => SessionQuery | { issues: string[] } {
	const raw = context.getNodeParameter('filters', 0, {}, { rawExpressions: true }) as IDataObject;
	const filters = Object.entries(FILTERS)
		.filter(([name]) => name in raw)
		.map(([name, filter]) => ({ filter, given: parameterReader(context, `filters.${name}`) }));
	const readLimit = limitReader(context);
	const timezone = context.getTimezone();
	const zone = zoneName(timezone);

	return (index, json) => {
		const query: SessionQuery = { zone: zone ?? 'UTC', limit: Infinity };
		const issues: string[] = [];
		for (const { filter, given } of filters) {
			const read = readFilter(filter, given(index, json), query.zone);
			if ('issue' in read) issues.push(read.issue);
			else Object.assign(query, read.value);
		}
		const limit = readLimit(index, json);
		if ('issue' in limit) issues.push(limit.issue);
		else query.limit = limit.value;

		const { from, until } = query;
		if (zone === undefined && (from ?? until) !== undefined) {
			issues.push(`The workflow's time zone, ${quote(timezone)}, is not known; choose another`);
		}
		if (from !== undefined && until !== undefined && from > until) {
			issues.push("The filter 'Starts Until' lies before the filter 'Starts From'");
		}
		return issues.length > 0 ? { issues } : query;
	};
}

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

/** Checks every filter again, whatever the server made of it: a Delete may follow. Deleted sessions never fit. */
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
