import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../../batch/parameter';
import { tagsIn } from '../../session/reference';
import { dayIn, type SessionFilters } from '../../session/search';
import type { Reading } from '../../values/collections';
import { convert, isEmpty } from '../../values/convert';
import { DAY } from '../../values/dates/dateParts';
import { parseDate } from '../../values/dates/parseDate';
import { quote } from '../../values/text';
import { zoneName } from '../../values/zones';
import { limitReader } from '../shared/options';

const day = (displayName: string, name: string, side: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description: `Only sessions that start on or ${side} this day, in the workflow's time zone. The time of day is ignored.`,
});

export const filtersParameter: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Algebra',
			description: 'Part of the name, in any case',
		},
		day('Starts From', 'startsFrom', 'after'),
		day('Starts Until', 'startsUntil', 'before'),
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. math,evening',
			description: 'Tags that a session must all have, separated by commas',
		},
	],
};

export interface SessionQuery extends SessionFilters {
	/** How many are returned at most; Infinity for all. */
	limit: number;
}

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

/** Reads filters that are the same for every session; issues are whole sentences. */
export function readFilters(
	values: IDataObject,
	zone: string,
): SessionFilters | { issues: string[] } {
	const filters: SessionFilters = { zone };
	const issues: string[] = [];
	for (const [name, filter] of Object.entries(FILTERS)) {
		if (!(name in values)) continue;
		const read = readFilter(filter, { value: values[name] }, zone);
		if ('issue' in read) issues.push(read.issue);
		else Object.assign(filters, read.value);
	}
	return issues.length > 0 ? { issues } : filters;
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
			issues.push("The filter 'Starts Until' is before the filter 'Starts From'");
		}
		return issues.length > 0 ? { issues } : query;
	};
}
