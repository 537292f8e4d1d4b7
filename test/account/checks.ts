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
		number: 40,
		question: 'Does the search find a session by one of its tags?',
		run: async (client) => {
			const isLong = (tag: string) => tag.length > 3;
			const isFit = (one: View) => tagsOf(one).length > 1 && tagsOf(one).some(isLong);
			const view = (await client.search({})).find(isFit);
			if (!view) throw new Unanswered('no session has two tags');
			const finds = async (tags: unknown) =>
				(await client.search({ tags })).some((one) => one.session_guid === view.session_guid);
			if (await finds(newTag())) return yes('the filter does nothing, so all sessions are read');
			const tag = tagsOf(view).find(isLong) ?? '';
			if (await finds(tag.slice(0, -1))) return yes('by a part of it');
			return (await finds(tag)) ? yes('by the whole tag') : no('it is not found');
		},
	},
];

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
		run: async (client) => {
			const email = `check-${randomUUID().slice(0, 8)}@example.com`;
			const guest = { email, name: 'Check', surname: 'Account' };
			const trace = `attendee ${email} was not in it`;
			client.left.add(trace);
			let id = email;
			try {
				const saved = await client.saveAttendee({ ...guest, role: 'e' });
				// Whether an address can be sent in a path as it is isn't known.
				id = String(saved.attendance_code ?? email);
				if (saved.role !== 'e') throw new Unanswered('the role could not be set');
				await client.saveAttendee(guest);
				const { body } = await client.attendee('GET', id);
				const role = isObject(body) ? body.role : undefined;
				return role === 'e' ? yes() : no(`the role became ${String(role)}; always map it`);
			} finally {
				await client.attendee('DELETE', id);
				if ((await client.attendee('GET', id)).status === 404) client.left.delete(trace);
			}
		},
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
