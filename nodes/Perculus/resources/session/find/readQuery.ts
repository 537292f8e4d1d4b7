import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../../../batch/read/parameter';
import { limitReader } from '../../../each/limit';
import { tagsIn } from '../../../lookup/reference';
import { convert, isEmpty } from '../../../values/convert/convert';
import { parseDate } from '../../../values/dates/parseDate';
import { DAY } from '../../../values/dates/parsedDate';
import { zoneName } from '../../../values/zones';
import { quote } from '../../../values/quote';
import type { Reading } from '../../../values/reading';
import { dayAt, type SessionQuery } from './query';

/** What one parameter adds to the query. */
type Condition = Reading<Partial<SessionQuery>>;

interface Filter {
	label: string;
	read(value: unknown, label: string, zone: string): Condition;
}

const day =
	(bound: 'from' | 'until'): Filter['read'] =>
	(value, label, zone) => {
		const read = parseDate(value, label);
		// Its own words are about a start, and name an option that only writes have.
		if ('issue' in read) {
			return { issue: `${label} must be a day such as 2027-03-05; this item has ${quote(value)}` };
		}
		const { kind, at } = read.value;
		return { value: { [bound]: kind === 'instant' ? dayAt(zone, at) : Math.floor(at / DAY) } };
	};

const blank = (label: string) => ({ issue: `${label} is empty; fill it in, or remove the filter` });

/** By the filter's name in the node's parameters. */
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
			return list.length > 0 ? { value: { tags: list } } : blank(label);
		},
	},
	startsFrom: { label: "The filter 'Starts From'", read: day('from') },
	startsUntil: { label: "The filter 'Starts Until'", read: day('until') },
};

/** A filter that is there and has no value is refused: without it a Get Many before a Delete would find everything. */
function conditionOf({ label, read }: Filter, given: Reading<unknown>, zone: string): Condition {
	if ('issue' in given) return { issue: `${label} ${given.issue}` };
	return isEmpty(given.value) ? blank(label) : read(given.value, label, zone);
}

/** Prepares the reading of what each item looks for; an item's issues are whole sentences. */
export function queryReader(
	context: IExecuteFunctions,
): (index: number, json: IDataObject) => SessionQuery | { issues: string[] } {
	const raw = context.getNodeParameter('filters', 0, {}, { rawExpressions: true }) as IDataObject;
	const filters = Object.entries(FILTERS)
		.filter(([name]) => name in raw)
		.map(([name, filter]) => ({ filter, read: parameterReader(context, `filters.${name}`) }));
	const readLimit = limitReader(context);
	const timezone = context.getTimezone();
	const zone = zoneName(timezone);

	return (index, json) => {
		const conditions = filters.map(({ filter, read }) =>
			conditionOf(filter, read(index, json), zone ?? 'UTC'),
		);
		const limit = readLimit(index, json);
		conditions.push('issue' in limit ? limit : { value: { limit: limit.value } });
		const query: SessionQuery = { zone: zone ?? 'UTC', limit: Infinity };
		const issues: string[] = [];
		for (const condition of conditions) {
			if ('issue' in condition) issues.push(condition.issue);
			else Object.assign(query, condition.value);
		}

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
