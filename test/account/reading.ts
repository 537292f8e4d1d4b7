import { randomUUID } from 'node:crypto';

import { zoneOffset } from '../../nodes/Perculus/values/zones';
import type { Api, View } from './api';
import { asAssumed, differs, notFoundOut, type Check, type Finding } from './finding';
import { clockOf, guids, sample } from './sample';

const DAY = 24 * 3_600_000;
const MANY = 100;
const FAR = 100_000;
const VIEW = [
	'session_guid',
	'name',
	'start_date',
	'timezone',
	'duration',
	'lang',
	'creation_date',
	'updating_date',
];

const counted = (count: number) => `${count} session${count === 1 ? '' : 's'}`;
/** The day that lies so many days after the start on its own clock. */
const dayOf = (view: View, days: number) =>
	new Date(Date.parse(`${clockOf(view)?.clock ?? ''}Z`) + days * DAY).toISOString().slice(0, 10);

/** What can be found out by reading alone. */
export function readingChecks(api: Api): Check[] {
	return [
		{
			no: 8,
			assumption: 'A request without a key is answered with status 401.',
			look: async () => {
				const { status } = await api.askUnsigned();
				return status === 401 ? asAssumed('401') : differs(`status ${status}`);
			},
		},
		{
			no: 29,
			assumption: 'The search answers with a plain list of sessions.',
			look: async () => await shape(api),
		},
		{
			no: 31,
			assumption: 'The first page has the number 1 or 0, and the second one has other sessions.',
			look: async () => await firstPage(api),
		},
		{
			no: 31,
			assumption: 'A page beyond the last has nothing new.',
			look: async () => await beyond(api),
		},
		{
			no: 30,
			assumption: "'begin_date' and 'end_date' limit the start, to the day.",
			look: async () => await bounds(api),
		},
		{
			no: 30,
			assumption: 'Searching by an unknown GUID or name finds nothing, without a fault.',
			look: async () => await unknown(api),
		},
		{
			no: 30,
			assumption: 'Searching by its name finds a session (the node does not need it).',
			look: async () => await byName(api),
		},
		{
			no: 24,
			assumption: 'Starts have the offset that their own time zone has at that time.',
			look: async () => await offsets(api),
		},
	];
}

async function shape(api: Api): Promise<Finding> {
	const { body } = await api.ask({ page_number: 1, page_size: 5 });
	if (!Array.isArray(body)) return differs('the answer is no list');
	const views = await api.search({ page_number: 1, page_size: 5 });
	if (views.length === 0) return notFoundOut('the account has no session');
	const missing = VIEW.filter((key) => !views.every((view) => key in view));
	return missing.length === 0
		? asAssumed(counted(views.length))
		: differs(`sessions without ${missing.join(', ')}`);
}

async function firstPage(api: Api): Promise<Finding> {
	const page = async (number: number) => await api.ask({ page_number: number, page_size: 1 });
	const [one, two] = [await api.search({ page_number: 1, page_size: 1 }), await page(2)];
	const zero = await page(0);
	const first = guids(one)[0];
	const guidIn = (body: unknown) => (Array.isArray(body) ? guids(body as View[])[0] : undefined);
	const [before, next] = [guidIn(zero.body), guidIn(two.body)];
	if (first === undefined) return notFoundOut('the account has fewer than two sessions');
	if (before !== undefined && before !== first) return asAssumed('the first page is number 0');
	if (next === first) return differs('pages 1 and 2 have the same session');
	if (next === undefined) return notFoundOut('the account has fewer than two sessions');
	return asAssumed('the first page is number 1');
}

async function beyond(api: Api): Promise<Finding> {
	const first = await api.search({ page_number: 1, page_size: MANY });
	const { status, body } = await api.ask({ page_number: FAR, page_size: MANY });
	if (status !== 200 || !Array.isArray(body)) return differs(`it is answered with ${status}`);
	const known = new Set(guids(first));
	const news = guids(body as View[]).filter((guid) => !known.has(guid));
	if (news.length > 0) return differs('it has sessions');
	const second = await api.search({ page_number: 2, page_size: MANY });
	const isCut = first.length < MANY && guids(second).some((guid) => !known.has(guid));
	return asAssumed(
		isCut ? `pages are cut to ${counted(first.length)}, which is fine` : 'it is empty',
	);
}

async function bounds(api: Api): Promise<Finding> {
	const { view, isAmong, finds } = await sample(api);
	const days = (from: number, to: number) => ({
		begin_date: dayOf(view, from),
		end_date: dayOf(view, to),
	});
	if (!(await finds(days(-1, 2))))
		return differs('a session is not found within the days around it');
	for (const others of [days(2, 5), days(-5, -2)])
		if (await isAmong(others))
			return differs('a session is found among days on which it does not start');
	const isIncluded = await finds(days(0, 0));
	return asAssumed(`the day of 'end_date' is ${isIncluded ? '' : 'not '}included; either is fine`);
}

async function unknown(api: Api): Promise<Finding> {
	const nobody = randomUUID();
	for (const filter of [{ session_id: nobody }, { name: nobody }]) {
		const { status, body } = await api.ask({ ...filter, page_number: 1, page_size: 1 });
		const [key] = Object.keys(filter);
		if (status !== 200 || !Array.isArray(body))
			return differs(`'${key}' is answered with status ${status}`);
		if (body.length > 0) return differs(`'${key}' is not taken for a filter`);
	}
	return asAssumed('an empty list');
}

async function byName(api: Api): Promise<Finding> {
	const { view, finds } = await sample(api);
	const name = typeof view.name === 'string' ? view.name : '';
	if (name.trim().length < 4) return notFoundOut('no session has a name to look for');
	if (!(await finds({ name }))) return differs('a session is not found by its whole name');
	const part = name.trim().slice(0, Math.ceil(name.trim().length / 2));
	return asAssumed((await finds({ name: part })) ? 'a part is enough' : 'only by the whole name');
}

async function offsets(api: Api): Promise<Finding> {
	const views = await api.search({ page_number: 1, page_size: MANY });
	if (views.length === 0) return notFoundOut('the account has no session');
	for (const view of views) {
		const start = clockOf(view);
		const where = `${String(view.start_date)} in ${String(view.timezone)}`;
		if (start?.instant === undefined) return differs(`a start without an offset: ${where}`);
		let offset: number;
		try {
			offset = zoneOffset(String(view.timezone), start.instant);
		} catch {
			return differs(`a time zone that is not known by that name: ${where}`);
		}
		// The fractions of a second are in the instant, but not in the clock.
		const shown = Math.round((Date.parse(`${start.clock}Z`) - start.instant) / 60_000);
		if (shown !== Math.round(offset)) return differs(where);
	}
	return asAssumed(counted(views.length));
}
