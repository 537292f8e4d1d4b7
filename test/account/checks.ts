import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { isObject } from '../../nodes/Perculus/values/collections';
import { Unanswered, type Answer, type Client, type View } from './client';

/** One assumption of the node that does harm if it is wrong. */
export interface Check {
	/** In docs/dev/api-assumptions.md. */
	number: number;
	/** Answered with yes where the node's assumption holds. */
	question: string;
	/** Returns "yes" or "no", and what was seen. @throws Unanswered if it can't be found out */
	run: (client: Client) => Promise<string>;
}

const DAY = 24 * 3_600_000;
/** Seconds after a change at which the node searches for it. */
const SEARCHES_AT = [0, 2, 6];
/** As the node: a person's time that is so much shorter than the session may be in minutes. */
const FORTIETH = 40;

const yes = (seen?: string) => (seen === undefined ? 'yes' : `yes: ${seen}`);
const no = (seen: string) => `no: ${seen}`;

const guidOf = (view: View | undefined) => view && String(view.session_guid).toLowerCase();
/** The local time of a start. */
const clockOf = ({ start_date }: View) => String(start_date).slice(0, 19);
const tagsOf = ({ tags }: View) =>
	(typeof tags === 'string' ? tags.split(',') : [])
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
const optionOf = ({ options }: View, key: string) => (isObject(options) ? options[key] : undefined);
const newTag = () => `ref:check-${randomUUID().slice(0, 8)}`;

/** Questions that are answered by reading only. */
export const READING: readonly Check[] = [
	{
		number: 31,
		question: 'Has the first page the number 1 or 0, and the next one other sessions?',
		run: async (client) => {
			const page = async (number: number) =>
				guidOf((await client.search({ page_number: number, page_size: 1 }))[0]);
			const zero = await page(0).catch(() => undefined);
			const [one, two] = [await page(1), await page(2)];
			if (one === undefined) throw new Unanswered('the account has fewer than two sessions');
			if (zero !== undefined && zero !== one) return yes('the first is number 0');
			if (two === undefined) throw new Unanswered('the account has fewer than two sessions');
			return two === one ? no('pages 1 and 2 are the same') : yes('the first is number 1');
		},
	},
	{ number: 40, question: 'Does the search find a session by one of its tags?', run: searchTags },
];

async function searchTags(client: Client): Promise<string> {
	const all = await client.search({});
	const isFit = (view: View) =>
		tagsOf(view).length > 1 && tagsOf(view).some((tag) => tag.length > 3);
	const view = all.find(isFit);
	if (!view) throw new Unanswered('no session has two tags');
	const finds = async (tags: unknown) => {
		const found = await client.search({ tags });
		return found.some((one) => guidOf(one) === guidOf(view));
	};
	if (await finds(newTag())) return yes('the filter does nothing, so all sessions are read');
	const tag = tagsOf(view).find(({ length }) => length > 3) ?? '';
	if (await finds(tag.slice(0, Math.ceil(tag.length / 2)))) return yes('by a part of it');
	if (await finds(tag)) return yes('by the whole tag');
	return no((await finds(view.tags)) ? 'only by the whole text of its tags' : 'not even by all');
}

/** Questions that are answered by changing one session; `before` is that session as it was. */
export const changing = (before: View): readonly Check[] => [
	{
		number: 1,
		question: "Is a start with 'Z' kept as local time of the session's time zone?",
		run: async (client) => await moveStart(client, before, 1, { timezone: before.timezone }),
	},
	{
		number: 12,
		question: "Does a start without a time zone mean the session's own time zone?",
		run: async (client) => await moveStart(client, before, 2, {}),
	},
	{
		number: 2,
		question: "Does an update keep the settings in 'options' that it doesn't send?",
		run: async (client) => {
			await client.change({ options: { allow_rating: false } });
			if (optionOf(await client.session(), 'allow_rating') !== false)
				throw new Unanswered('the setting to watch could not be set');
			await client.change({ options: { allow_reactions: true } });
			const isKept = optionOf(await client.session(), 'allow_rating') === false;
			return isKept ? yes() : no('they are reset');
		},
	},
	{
		number: 32,
		question: 'Is a change found by its tag within 6 seconds?',
		run: async (client) => {
			const tag = await addTag(client, before);
			const began = Date.now();
			for (const at of SEARCHES_AT) {
				await sleep(Math.max(0, began + at * 1000 - Date.now()));
				const found = await client.search({ tags: tag });
				if (found.some((view) => !tagsOf(view).includes(tag)))
					throw new Unanswered('the search does not filter by tags');
				if (found.length > 0) return yes(`after ${at} s`);
			}
			return no('it is not found');
		},
	},
	{
		number: 42,
		question: 'Do the tags of an update replace the existing ones?',
		run: async (client) => {
			const tag = await addTag(client, before);
			await client.change({ tags: tagsOf(before).join(',') });
			const isLeft = tagsOf(await client.session()).includes(tag);
			return isLeft ? no('they are added, so a reference cannot be changed') : yes();
		},
	},
	{
		number: 45,
		question: "Does saving an attendee again keep what isn't sent?",
		run: async (client) =>
			await withGuest(client, async (guest, id) => {
				if ((await roleOf(client, id)) !== 'e') throw new Unanswered('the role could not be set');
				await client.saveAttendee(guest);
				const role = await roleOf(client, id);
				return role === 'e' ? yes() : no(`the role became ${String(role)}; always map it`);
			}),
	},
	{
		number: 48,
		question: 'Is an attendee that was removed not found any more?',
		run: async (client) =>
			await withGuest(client, async (_guest, id) => {
				const removed = (await client.attendee('DELETE', id)).status;
				const after = (await client.attendee('GET', id)).status;
				const isGone = removed >= 200 && removed < 300 && after === 404;
				return isGone ? yes() : no(`removed with status ${removed}, read with ${after}`);
			}),
	},
];

async function moveStart(client: Client, before: View, days: number, zone: View): Promise<string> {
	const [clock, instant] = [clockOf(before), Date.parse(String(before.start_date))];
	if (!(instant > Date.now())) throw new Unanswered('name a session of the future');
	if (Math.abs(Date.parse(`${clock}Z`) - instant) < 1000)
		throw new Unanswered('name a session of a time zone that is not as UTC');
	const moved = new Date(Date.parse(`${clock}Z`) + days * DAY).toISOString().slice(0, 19);
	await client.change({ start_date: `${moved}Z`, ...zone });
	const now = await client.session();
	return clockOf(now) === moved && now.timezone === before.timezone
		? yes()
		: no(`${moved}Z became ${String(now.start_date)} in ${String(now.timezone)}`);
}

/** Adds a new tag. @throws Unanswered without tags: how a field is cleared is not documented, so none can't be restored */
async function addTag(client: Client, before: View): Promise<string> {
	if (tagsOf(before).length === 0) throw new Unanswered('give the session a tag first');
	const tag = newTag();
	await client.change({ tags: [...tagsOf(before), tag].join(',') });
	return tag;
}

/** Adds a person with an unused email address to the session that may be changed, and removes them at the end. */
async function withGuest(
	client: Client,
	look: (guest: View, id: string) => Promise<string>,
): Promise<string> {
	const email = `check-${randomUUID().slice(0, 8)}@example.com`;
	const guest = { email, name: 'Check', surname: 'Account' };
	let id = email;
	client.left.add(`attendee ${email} was not in it`);
	try {
		const { attendance_code } = await client.saveAttendee({ ...guest, role: 'e' });
		// Whether an address can be sent in a path as it is isn't known.
		if (typeof attendance_code === 'string') id = attendance_code;
		return await look(guest, id);
	} finally {
		await client.attendee('DELETE', id);
		if ((await client.attendee('GET', id)).status === 404)
			client.left.delete(`attendee ${email} was not in it`);
	}
}

async function roleOf(client: Client, id: string): Promise<unknown> {
	const { body } = await client.attendee('GET', id);
	return isObject(body) ? body.role : undefined;
}

const isReport = ({ status, body }: Answer) => status === 200 && isObject(body);

/** Questions that are answered by the report of a session that has ended. */
export const REPORTS: readonly Check[] = [
	{
		number: 49,
		question: 'Is a report requested with POST, or with GET after a POST that says so?',
		run: async (client) => {
			const [post, get] = [await client.report('POST'), await client.report('GET')];
			if (isReport(post)) return yes(isReport(get) ? 'with both' : 'with POST');
			const statuses = `POST gives ${post.status}, GET gives ${get.status}`;
			if (!isReport(get)) throw new Unanswered(statuses);
			const triesGet = post.status === 405 || (post.status === 404 && !isObject(post.body));
			return triesGet ? yes('with GET') : no(statuses);
		},
	},
	{
		number: 52,
		question: "Is a person's time in a report in seconds?",
		run: async (client) => {
			const answers = [
				await client.report('POST', '/attendees'),
				await client.report('GET', '/attendees'),
			];
			const report = answers.find(isReport)?.body;
			if (!isObject(report)) throw new Unanswered('the session has no report');
			const people = Object.values(report.user_stats ?? {}).filter(isObject);
			const longest = Math.max(0, ...people.map((person) => Number(person.duration_live) || 0));
			const took = Number(report.duration);
			if (longest === 0 || !(took > 0)) throw new Unanswered('the report has no times');
			const seen = `the longest is ${longest}, the session took ${took}`;
			return longest * FORTIETH < took ? no(`${seen}: set Duration Unit to Minutes`) : yes(seen);
		},
	},
];
