import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { isObject } from '../../nodes/Perculus/values/collections';
import type { Api, View } from './api';
import { asAssumed, differs, notFoundOut, type Check, type Finding } from './finding';
import { guids, sample } from './sample';

const MANY = 100;
const DELETED = -1;
/** Seconds after a change at which the node looks for it. */
const LOOKS_AT = [0, 2, 6];

const tagsOf = ({ tags }: View): string[] =>
	typeof tags === 'string'
		? tags
				.split(',')
				.map((tag) => tag.trim())
				.filter((tag) => tag !== '')
		: [];

/** A tag that nothing else has. */
const newTag = () => `ref:check-${randomUUID().slice(0, 8)}`;

const isSession = (view: View, { session_guid }: View) =>
	String(view.session_guid).toLowerCase() === String(session_guid).toLowerCase();

/** What references and reading rely on, as far as it can be found out by reading alone. */
export function tagReadingChecks(api: Api): Check[] {
	return [
		{
			no: 40,
			assumption: "Searching by 'tags' finds a session by one of its tags, or does nothing.",
			look: async () => await searchByTags(api),
		},
		{
			no: 36,
			assumption: "Deleted sessions are not found, or have the 'status' -1.",
			look: async () => await deleted(api),
		},
		{
			no: 39,
			assumption: 'A session can be read by its GUID, as the search shows it.',
			look: async () => await byGuid(api),
		},
		{
			no: 36,
			assumption: 'Reading a session that is not there is answered with 404 and code 30.',
			look: async () => await missing(api, `/session/${randomUUID()}`, 30),
		},
		{
			no: 43,
			assumption: 'The attendees of a session are a list, bare or as the data of an object.',
			look: async () => await attendees(api),
		},
		{
			no: 44,
			assumption: 'Reading an attendee who is not there is answered with 404 and code 40.',
			look: async () => {
				const { view } = await sample(api);
				const path = `/session/${String(view.session_guid)}/attendee/${randomUUID()}`;
				return await missing(api, path, 40);
			},
		},
	];
}

async function searchByTags(api: Api): Promise<Finding> {
	const isFit = (view: View) => tagsOf(view).length > 1 && tagsOf(view).some(isLong);
	const { view, finds } = await sample(api, isFit);
	if (await finds({ tags: newTag() }))
		return asAssumed('the filter does nothing, so all sessions are paged through');
	const tag = tagsOf(view).find(isLong) ?? '';
	if (await finds({ tags: tag.slice(0, Math.ceil(tag.length / 2)) }))
		return asAssumed('a part of a tag is enough');
	if (await finds({ tags: tag })) return asAssumed('only by a whole tag');
	return differs(
		(await finds({ tags: view.tags }))
			? 'only by the whole text of its tags, so a session with other tags is not found by its reference'
			: 'a session is not found by its tags at all',
	);
}

const isLong = (tag: string) => tag.length > 3;

async function deleted(api: Api): Promise<Finding> {
	const views = await api.search({ page_number: 1, page_size: MANY });
	const states = new Set(views.map(({ status }) => Number(status)));
	const strange = [...states].filter((status) => !Number.isInteger(status) || status < DELETED);
	if (strange.length > 0) return differs(`sessions have the 'status' ${strange.join(', ')}`);
	return states.has(DELETED)
		? asAssumed('some are shown, and the node leaves them out')
		: asAssumed(`none is among the first ${views.length}`);
}

async function byGuid(api: Api): Promise<Finding> {
	const { view } = await sample(api);
	const { status, body } = await api.get(`/session/${String(view.session_guid)}`);
	if (status !== 200 || !isObject(body)) return differs(`it is answered with status ${status}`);
	if (!isSession(body, view)) return differs('the answer is no session, or another one');
	const others = Object.keys(view).filter(
		(key) => JSON.stringify(view[key]) !== JSON.stringify(body[key]),
	);
	return others.length === 0 ? asAssumed('') : asAssumed(`save for ${others.join(', ')}`);
}

async function missing(api: Api, path: string, code: number): Promise<Finding> {
	const { status, body } = await api.get(path);
	const found = isObject(body) ? body.code : undefined;
	if (status === 404 && found === code) return asAssumed('');
	return differs(`status ${status}, ${found === undefined ? 'no code' : `code ${String(found)}`}`);
}

async function attendees(api: Api): Promise<Finding> {
	const { view } = await sample(api);
	const { status, body } = await api.askAttendees(view.session_guid, {
		page_number: 1,
		page_size: MANY,
	});
	const isWrapped = isObject(body) && Array.isArray(body.data);
	if (status !== 200) return differs(`it is answered with status ${status}`);
	if (!Array.isArray(body) && !isWrapped) return differs('the answer has no list');
	return asAssumed(isWrapped ? 'as the data of an object' : 'bare');
}

/** What references rely on, as far as it takes a change of one session; `before` is that session as it was. */
export function tagChangingChecks(api: Api, before: View): Check[] {
	const needsTag = async (look: () => Promise<Finding>) =>
		// None cannot be put back: how a field is cleared is not documented.
		tagsOf(before).length === 0 ? notFoundOut('give the session a tag first') : await look();
	return [
		{
			no: 32,
			assumption: 'What was written is found by its tag within 6 seconds.',
			look: async () => await needsTag(async () => await visible(api, before)),
		},
		{
			no: 41,
			assumption: 'Tags come back, as they were sent or in another order.',
			look: async () => await needsTag(async () => await echoed(api, before)),
		},
		{
			no: 42,
			assumption: "An update's tags take the place of those that were there.",
			look: async () => await needsTag(async () => await replaced(api, before)),
		},
	];
}

const withTags = (before: View, ...tags: string[]) => ({
	tags: [...tagsOf(before), ...tags].join(','),
});

async function visible(api: Api, before: View): Promise<Finding> {
	const tag = newTag();
	await api.change(withTags(before, tag));
	const began = Date.now();
	for (const at of LOOKS_AT) {
		await sleep(Math.max(0, began + at * 1000 - Date.now()));
		const found = await api.search({ tags: tag, page_number: 1, page_size: MANY });
		if (found.some((view) => !tagsOf(view).includes(tag)))
			return notFoundOut('the search does not filter by tags');
		if (guids(found).length > 0) return asAssumed(at === 0 ? 'at once' : `after ${at} s`);
	}
	return differs('it is not found by its tag');
}

async function echoed(api: Api, before: View): Promise<Finding> {
	const sent = withTags(before, newTag(), 'a b');
	const { view } = await api.change(sent);
	if (view.tags === sent.tags) return asAssumed('as they were sent');
	const [back, wanted] = [new Set(tagsOf(view)), sent.tags.split(',')];
	return wanted.every((tag) => back.has(tag))
		? asAssumed(`${sent.tags} came back as ${String(view.tags)}`)
		: differs(`${sent.tags} came back as ${String(view.tags)}`);
}

async function replaced(api: Api, before: View): Promise<Finding> {
	const tag = newTag();
	await api.change(withTags(before, tag));
	await api.change(withTags(before));
	return tagsOf(await api.read()).includes(tag)
		? differs('they are added to those, so the reference of a session cannot be changed')
		: asAssumed('');
}
