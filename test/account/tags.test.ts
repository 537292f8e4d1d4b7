import { startPerculusServer, type PerculusServer, type Switches } from '../perculus-server';
import { checkAt, finding } from './checking';

let server: PerculusServer;
let guid: string;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ name: 'Algebra', tags: 'math,evening' });
	guid = server.preload({ name: 'To be thrown away', tags: 'math,morning' }).session_guid;
});

const verdict = async (part: string, withSession = false) => {
	const done = await checkAt(server.url, withSession ? guid : undefined);
	return finding(done, part)[0];
};

const SEARCH: Array<[Switches['tagsMatch'], string]> = [
	['part', 'as assumed: a part of a tag is enough'],
	['tag', 'as assumed: only by a whole tag'],
	['ignored', 'as assumed: the filter does nothing, so all sessions are paged through'],
	['text', 'differs: only by the whole text of its tags'],
];
it.each(SEARCH)('tells what tags mean to the search: %s', async (tagsMatch, expected) => {
	server.set({ tagsMatch });
	expect(await verdict("'tags'")).toContain(expected);
});

it('tells that no session has tags to look for', async () => {
	for (const session of server.sessions.values()) session.tags = 'math';
	expect(await verdict("'tags'")).toMatch(/^not found out/);
});

describe('of deleted sessions', () => {
	it('that they are shown', async () => {
		server.set({ deletedInSearch: 'shown' });
		server.preload({ name: 'Deleted', status: -1 });
		expect(await verdict('Deleted sessions')).toMatch(/^as assumed: some are shown/);
	});

	it('that none is found', async () => {
		server.preload({ name: 'Deleted', status: -1 });
		expect(await verdict('Deleted sessions')).toBe('as assumed: none is among the first 2');
	});
});

describe('with a session', () => {
	const READ = 'found by its tag within';

	it('tells how soon a change is found', async () => {
		expect(await verdict(READ, true)).toBe('as assumed: at once');
		server.set({ tagsMatch: 'text' });
		expect(await verdict(READ, true)).toBe('differs: it is not found by its tag');
		server.set({ tagsMatch: 'ignored' });
		expect(await verdict(READ, true)).toMatch(/^not found out: the search does not filter/);
	});

	it('tells whether tags come back as they were sent, and puts them back', async () => {
		const before = server.sessions.get(guid)?.tags;
		expect(await verdict('Tags come back', true)).toBe('as assumed: as they were sent');
		server.set({ tags: 'tidied' });
		expect(await verdict('Tags come back', true)).toMatch(/^as assumed: .+ came back as a b, /);
		server.set({ tags: 'kept' });
		expect(new Set(server.sessions.get(guid)?.tags?.split(/, ?/))).toEqual(
			new Set(before?.split(',')),
		);
	});

	it('tells that tags are added to those that were there, and what is left of it', async () => {
		server.set({ tagsOnUpdate: 'join' });
		const done = await checkAt(server.url, guid);
		expect(finding(done, 'take the place')).toEqual([
			'differs: they are added to those, so the reference of a session cannot be changed',
		]);
		expect(done.summary.isAsBefore).toBe(false);
		expect(done.lines).toContain('  tags was "math,morning"');
	});

	it('leaves a session without tags alone', async () => {
		const plain = server.preload({ name: 'Plain' }).session_guid;
		const done = await checkAt(server.url, plain);
		expect(finding(done, 'take the place')).toEqual([
			'not found out: give the session a tag first',
		]);
		expect(done.summary.isAsBefore).toBe(true);
	});
});

describe('of attendees', () => {
	it('tells that what is not sent is reset', async () => {
		server.set({ attendeeUnsent: 'reset' });
		expect(await verdict('Saving an attendee again', true)).toMatch(
			/^differs: the role, which was not sent, became u/,
		);
	});

	it('tells that an attendance code must stand alone', async () => {
		expect(await verdict('attendance code alone', true)).toContain('address, too');
		server.set({ attendeeSelectors: 'refused' });
		expect(await verdict('attendance code alone', true)).toContain('it is refused');
	});

	it('tells that the list lies in an object', async () => {
		server.set({ attendeeList: 'data' });
		expect(await verdict('are a list')).toBe('as assumed: as the data of an object');
	});

	it('leaves nobody in the session', async () => {
		server.preloadAttendee(guid, { email: 'ada@example.com' });
		await checkAt(server.url, guid);
		expect(server.attendeesOf(guid).map(({ email }) => email)).toEqual(['ada@example.com']);
	});

	it('names who is left in it', async () => {
		server.fail({
			when: ({ method, path }) => method === 'DELETE' && path.includes('/attendee/'),
			status: 500,
			times: 100,
		});
		const done = await checkAt(server.url, guid);
		expect(finding(done, 'attendance code alone')[0]).toMatch(
			/^not found out: check\+\w+@example\.com could not be removed/,
		);
		expect(done.summary.isAsBefore).toBe(false);
		const left = server.attendeesOf(guid).map(({ email }) => `  attendee ${email} was not in it`);
		expect(left).toHaveLength(4);
		expect(done.lines).toEqual(expect.arrayContaining(left));
	});
});
