import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../../../batch/read/parameter';
import { convert, isEmpty } from '../../../values/convert';
import { parseDate } from '../../../values/dates/parseDate';
import { DAY } from '../../../values/dates/parsedDate';
import { zoneName } from '../../../values/dates/zone';
import { quote } from '../../../values/quote';
import type { Reading } from '../../../values/reading';
import { dayAt, tagsIn, type SessionQuery } from './query';

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
		if ('issue' in read) return read;
		const { kind, at } = read.value;
		return { value: { [bound]: kind === 'instant' ? dayAt(zone, at) : Math.floor(at / DAY) } };
	};

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
			return 'issue' in tags ? tags : { value: { tags: tagsIn(String(tags.value)) } };
		},
	},
	startsFrom: { label: "The filter 'Starts From'", read: day('from') },
	startsUntil: { label: "The filter 'Starts Until'", read: day('until') },
};

/** A filter that is there and has no value is refused: without it a Get Many before a Delete would find everything. */
function conditionOf({ label, read }: Filter, given: Reading<unknown>, zone: string): Condition {
	if ('issue' in given) return { issue: `${label} ${given.issue}` };
	const isBlank =
		isEmpty(given.value) || (label === FILTERS.tags?.label && isOnlyCommas(given.value));
	return isBlank
		? { issue: `${label} is empty; fill it in, or remove the filter` }
		: read(given.value, label, zone);
}

const isOnlyCommas = (value: unknown) => /^[\s,]*$/.test(String(value));

function limitOf(returnAll: Reading<unknown>, limit: Reading<unknown>): Condition {
	if ('issue' in returnAll) return { issue: `Return All ${returnAll.issue}` };
	if (!isEmpty(returnAll.value)) {
		const isAll = convert(returnAll.value, { label: 'Return All', kind: 'yesNo' });
		if ('issue' in isAll) return isAll;
		if (isAll.value === true) return { value: { limit: Infinity } };
	}
	if ('issue' in limit) return { issue: `Limit ${limit.issue}` };
	const most = Number(limit.value);
	return Number.isInteger(most) && most >= 1
		? { value: { limit: most } }
		: { issue: `Limit must be a whole number from 1; this item has ${quote(limit.value)}` };
}

/** Prepares the reading of what each item looks for; an item's issues are whole sentences. */
export function queryReader(
	context: IExecuteFunctions,
): (index: number, json: IDataObject) => SessionQuery | { issues: string[] } {
	const raw = context.getNodeParameter('filters', 0, {}, { rawExpressions: true }) as IDataObject;
	const filters = Object.entries(FILTERS)
		.filter(([name]) => name in raw)
		.map(([name, filter]) => ({ filter, read: parameterReader(context, `filters.${name}`) }));
	const readAll = parameterReader(context, 'returnAll');
	const readLimit = parameterReader(context, 'limit');
	const timezone = context.getTimezone();
	const zone = zoneName(timezone);

	return (index, json) => {
		const conditions = filters.map(({ filter, read }) =>
			conditionOf(filter, read(index, json), zone ?? 'UTC'),
		);
		conditions.push(limitOf(readAll(index, json), readLimit(index, json)));
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
