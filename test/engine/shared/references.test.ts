import type { IDataObject } from 'n8n-workflow';
import { mapping } from '../harness';
import {
	guidsOf,
	jsonOf,
	rejectionsOf,
	row,
	run,
	sentTo,
	withServer,
	type Server,
} from '../harness/references';

type Switches = Parameters<typeof withServer>[0];

/** What the search may make of tags, and the server of a session's tags. */
const SERVERS: Array<[string, Switches]> = [
	['a part of the tags is found', { tagsMatch: 'part' }],
	['whole tags are found', { tagsMatch: 'tag' }],
	['the filter is ignored', { tagsMatch: 'ignored' }],
	['tags are tidied', { tags: 'tidied' }],
	['tags are joined on update', { tagsOnUpdate: 'join' }],
	['pages have ten rows at most', { pageSizeMax: 10 }],
	['the first page is 0', { firstPage: 0 }],
	['page 0 is empty', { pageBelowFirst: 'empty' }],
	['page 0 is refused', { pageBelowFirst: 'refused' }],
	['deleted sessions are shown', { deletedInSearch: 'shown', deletedInGet: 'shown' }],
];

/** Sessions of others, so that a part of a tag is found in many. */
function others(server: Server, count = 3) {
	for (let i = 0; i < count; i++) server.preload({ name: `Other ${i}`, tags: `math,ref:a${i}` });
}
const known = (server: Server, rest: IDataObject = {}) =>
	server.preload({ name: 'Known', tags: 'math,ref:a', ...rest }).session_guid;

const withoutReference = ({ session_reference: _, ...rest }: IDataObject): IDataObject => rest;

describe.each(SERVERS)('where %s', (_, switches) => {
	it('a row sent twice is one session', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const first = await run(server, [row('a'), row('b')]);
			expect(jsonOf(first.approved)).toMatchObject([
				{ outcome: 'created', session_reference: 'a' },
				{ outcome: 'created', session_reference: 'b' },
			]);
			const second = await run(server, [row('b', { duration: 90 }), row('a')]);
			expect(jsonOf(second.approved)).toMatchObject([
				{ outcome: 'updated', session_reference: 'b', duration: 90 },
				{ outcome: 'updated', session_reference: 'a', duration: 60 },
			]);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved).reverse());
			expect(server.sessions.size).toBe(5);
			expect(jsonOf(second.approved).flatMap(({ warnings }) => warnings ?? [])).toEqual([]);
		});
	});

	it('one that another process made is found, by its whole tag', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const guid = known(server);
			const done = await run(server, [row('a', { tags: 'algebra' })]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', session_guid: guid }]);
			expect(sentTo(server)).toMatchObject([{ session_guid: guid, tags: 'algebra,ref:a' }]);
		});
	});

	it('Update makes nothing, and Create makes nothing twice', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const guid = known(server);
			const updated = await run(server, [row('new'), row('a')], { operation: 'update' });
			expect(guidsOf(updated.approved)).toEqual([guid]);
			expect(jsonOf(updated.rejected)).toMatchObject([
				{
					outcome: 'rejected',
					rejection: { source: 'lookup', reason: 'session_not_found', code: null },
					session: { session_reference: 'new' },
				},
			]);
			const created = await run(server, [row('new'), row('a')], { operation: 'create' });
			expect(jsonOf(created.approved)).toMatchObject([
				{ outcome: 'created', session_reference: 'new' },
			]);
			expect(jsonOf(created.rejected)).toMatchObject([
				{
					rejection: { source: 'lookup', reason: 'already_exists', retryable: false },
					candidates: [guid],
					session: { session_reference: 'a' },
				},
			]);
		});
	});

	it.each(['upsert', 'update', 'create'])('%s takes none of several', async (operation) => {
		await withServer(switches, async (server) => {
			const guids = [known(server), known(server, { name: 'Twice' })];
			const done = await run(server, [row('a')], { operation });
			expect(done.approved).toEqual([]);
			const [item] = jsonOf(done.rejected);
			expect(item).toMatchObject({
				rejection: { source: 'lookup', reason: 'ambiguous_reference', code: null },
				session: { session_reference: 'a' },
			});
			expect((item?.candidates as string[]).sort()).toEqual(guids.sort());
			expect(sentTo(server)).toEqual([]);
		});
	});

	it('a deleted session does not count', async () => {
		await withServer(switches, async (server) => {
			others(server);
			known(server, { status: -1 });
			const done = await run(server, [row('a')]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'created' }]);
		});
	});

	it('a reference that differs in the case of letters leaves it undecided', async () => {
		await withServer(switches, async (server) => {
			const guid = known(server, { tags: 'REF:A' });
			const done = await run(server, [row('a')]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: { reason: 'ambiguous_reference', message: expect.stringMatching(/capital/) },
					candidates: [guid],
					session: { start_date: '2030-08-05T12:00:00' },
				},
			]);
			const same = await run(server, [row('A')]);
			expect(guidsOf(same.approved)).toEqual([guid]);
		});
	});

	it('many rows are one page reading and one session each, run after run', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const rows = Array.from({ length: 60 }, (_row, i) => row(`m${i}`));
			const first = await run(server, rows);
			expect(first.approved).toHaveLength(60);
			const second = await run(server, rows);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
			expect(jsonOf(second.approved).map(({ outcome }) => outcome)).toEqual(
				Array.from({ length: 60 }, () => 'updated'),
			);
			expect(server.sessions.size).toBe(63);
		});
	});
});

describe('where only the whole text of the tags is found', () => {
	const switches: Switches = { tagsMatch: 'text' };

	it('warns, and finds for ten minutes what this process created', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const first = await run(server, [row('a', { tags: 'math' })]);
			expect(jsonOf(first.approved)).toMatchObject([
				{ outcome: 'created', warnings: [expect.stringMatching(/does not find it/)] },
			]);
			const second = await run(server, [row('a', { tags: 'math' })]);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
			expect(server.sessions.size).toBe(4);
		});
	});

	it('more than twenty are looked for among all sessions', async () => {
		await withServer(switches, async (server) => {
			const guid = known(server);
			const rows = Array.from({ length: 25 }, (_, i) => row(i === 0 ? 'a' : `m${i}`));
			const done = await run(server, rows);
			expect(jsonOf(done.approved)[0]).toMatchObject({ outcome: 'updated', session_guid: guid });
			expect(done.approved).toHaveLength(25);
		});
	});
});

describe('what is sent, and what comes out', () => {
	it('the reference is a tag, once, and never a field', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, [row('a', { tags: 'x, ref:old ,y' }), row(4711), row(' b ')], {
				options: { simplify: false },
			});
			expect(sentTo(server).map(({ tags }) => tags)).toEqual([
				'x,y,ref:a,ref:old',
				'ref:4711',
				'ref:b',
			]);
			expect(sentTo(server).some((sent) => 'session_reference' in sent)).toBe(false);
			expect(jsonOf(done.approved)).toMatchObject([
				{ session_reference: 'a', tags: 'x,y,ref:old' },
				{ session_reference: '4711', tags: null },
				{ session_reference: 'b', tags: null },
			]);
			expect(Object.keys(jsonOf(done.approved)[0] ?? {}).slice(0, 4)).toEqual([
				'outcome',
				'session_guid',
				'session_reference',
				'name',
			]);
		});
	});

	it('a tag ref: that somebody wrote is a reference like any other', async () => {
		await withServer({}, async (server) => {
			const item = { ...withoutReference(row('a')), tags: 'x,ref:a' };
			const first = await run(server, [item]);
			const second = await run(server, [item]);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
		});
	});

	it('keeps all references among the tags of an item that is fed back', async () => {
		await withServer({}, async (server) => {
			const { session_guid } = server.preload({ tags: 'ref:b,math,ref:c' });
			const options = { simplify: false };
			const session = { __rl: true, mode: 'guid', value: session_guid };
			const read = await run(server, [{}], { operation: 'get', session, options });
			expect(jsonOf(read.approved)).toMatchObject([{ session_reference: 'b', tags: 'math,ref:c' }]);
			const done = await run(server, [{ ...jsonOf(read.approved)[0], name: 'New' }], { options });
			expect(sentTo(server).map(({ tags }) => tags)).toEqual(['math,ref:b,ref:c']);
			expect(jsonOf(done.approved)).toMatchObject([
				{ name: 'New', session_reference: 'b', tags: 'math,ref:c' },
			]);
		});
	});

	it('takes the ID of an Outlook event as a reference, and finds it again', async () => {
		const id = `AAMkAGI1${'A-_z09='.repeat(15)}`;
		expect(id).toHaveLength(113);
		await withServer({}, async (server) => {
			expect((await run(server, [row(id)])).approved).toHaveLength(1);
			expect(jsonOf((await run(server, [row(id)])).approved)).toMatchObject([
				{ outcome: 'updated', session_reference: id },
			]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('beside a GUID the GUID decides, nothing is looked up, and tags are written where they are set', async () => {
		await withServer({}, async (server) => {
			const guids = ['one', 'two', 'three'].map(
				(name) => server.preload({ name, tags: 'old,ref:old' }).session_guid,
			);
			const items = [
				{ session_guid: guids[0], session_reference: 'new', tags: 'x' },
				{ session_guid: guids[1], session_reference: 'newer', duration: 45 },
				{ session_guid: guids[2], tags: 'y' },
			] as IDataObject[];
			const done = await run(server, items);
			expect(server.requestsTo('search')).toEqual([]);
			expect(sentTo(server).map(({ tags }) => tags)).toEqual(['x,ref:new', undefined, 'y']);
			expect(jsonOf(done.approved)).toMatchObject([
				{ session_reference: 'new' },
				{ session_reference: 'old', warnings: [expect.stringMatching(/does not have the ref/)] },
				{},
			]);
			expect(jsonOf(done.approved)[2]).not.toHaveProperty('session_reference');
		});
	});

	it('what is required hangs on what is found', async () => {
		await withServer({}, async (server) => {
			const guid = known(server);
			const items = [
				{ session_reference: 'a', duration: 45 },
				{ session_reference: 'new', duration: 45 },
			];
			const done = await run(server, items);
			expect(guidsOf(done.approved)).toEqual([guid]);
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{
					source: 'check',
					details: [expect.stringMatching(/^Name is/), expect.stringMatching(/^Start Date is/)],
				},
			]);
		});
	});

	it('a session that has begun can be sent again', async () => {
		await withServer({}, async (server) => {
			const guid = known(server, { start_date: '2020-02-06T15:00:00+03:00' });
			const past = { start_date: '2020-02-06T15:00:00', duration: 90 };
			const done = await run(server, [row('a', past)]);
			expect(guidsOf(done.approved)).toEqual([guid]);
			expect(sentTo(server)[0]).not.toHaveProperty('start_date');
			const moved = await run(server, [row('a', { start_date: '2031-02-07T15:00:00' })]);
			expect(jsonOf(moved.approved)).toMatchObject([{ start_date: '2031-02-07T15:00:00+03:00' }]);
		});
	});

	it('a start that lies ahead is sent again, because a search may lag behind a reschedule', async () => {
		await withServer({}, async (server) => {
			known(server, { start_date: '2031-02-07T15:00:00+03:00' });
			await run(server, [row('a', { start_date: '2031-02-07T15:00:00' })]);
			expect(sentTo(server)[0]).toHaveProperty('start_date', '2031-02-07T15:00:00Z');
		});
	});

	it('a GUID that only the lookup found is a candidate, and not in the session of a rejected item', async () => {
		await withServer({ refuse: () => ({ code: 15 }) }, async (server) => {
			const guid = known(server);
			const done = await run(server, [row('a', { duration: 90 })]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ rejection: { source: 'perculus' }, candidates: [guid] },
			]);
			expect(jsonOf(done.rejected)[0]?.session).not.toHaveProperty('session_guid');
		});
	});

	it('comes back in input form, the reference in its own field', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, [row('a', { tags: 'x,ref:b', duration: 1 })]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ session: { session_reference: 'a', tags: 'x,ref:b', duration: 1 } },
			]);
			const again = await run(server, jsonOf(done.rejected));
			expect(jsonOf(again.rejected)).toEqual(jsonOf(done.rejected));
		});
	});
});

describe('references that cannot be used', () => {
	it.each([
		['', /empty/],
		['  ', /empty/],
		[null, /empty/],
		['a,b', /comma/],
		['a\tb', /control character/],
		['x'.repeat(251), /at most 250 characters/],
		['-', /a letter or a digit/],
		[{ a: 1 }, /must be text/],
	])('%j is told on its own item', async (reference, message) => {
		await withServer({}, async (server) => {
			const done = await run(server, [row(reference), row('good')]);
			expect(done.approved).toHaveLength(1);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ rejection: { source: 'check', reason: 'validation_error', code: null } },
			]);
			expect(rejectionsOf(done.rejected)[0]?.message).toMatch(message);
			expect(jsonOf(done.rejected)[0]?.session).toHaveProperty('session_reference');
			const again = await run(server, jsonOf(done.rejected));
			expect(again.approved).toEqual([]);
		});
	});

	it('an empty one is no matter beside a GUID, nor where no field is called so', async () => {
		await withServer({}, async (server) => {
			const guid = known(server);
			const items = [
				{ session_reference: '', session_guid: guid, duration: 45 },
				withoutReference(row('x')),
			];
			expect((await run(server, items)).approved).toHaveLength(2);
		});
	});

	it('mapped by hand, an empty constant is none, and an expression that gives nothing is', async () => {
		await withServer({}, async (server) => {
			const fields = { name: 'N', start_date: '2030-08-05T12:00', duration: 60, timezone: 'UTC' };
			const map = (session_reference: string) => ({
				fields: mapping({ ...fields, session_reference }),
			});
			expect((await run(server, [{}], map(''))).approved).toHaveLength(1);
			expect((await run(server, [{}], map('={{ $json.none }}'))).rejected).toHaveLength(1);
		});
	});

	it('mapped by hand, one that is composed of fields needs all of them', async () => {
		await withServer({}, async (server) => {
			const fields = { name: 'N', start_date: '2030-08-05T12:00', duration: 60, timezone: 'UTC' };
			const session_reference = '=Deal {{ $json.deal }} lesson {{ $json.lesson }}';
			const items = [{ deal: 'D', lesson: 1 }, { deal: 'D', lesson: '' }, { deal: 'D' }];
			const done = await run(server, items, { fields: mapping({ ...fields, session_reference }) });
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'Deal D lesson 1' }]);
			const rejection = { source: 'check', message: expect.stringMatching(/all its parts/) };
			expect(rejectionsOf(done.rejected)).toMatchObject([rejection, rejection]);
		});
	});

	it('the same one twice is refused, in any case and whatever became of the first', async () => {
		await withServer({}, async (server) => {
			const items = [row('a', { duration: 1 }), row('A'), row(' a '), row('b'), row('b')];
			const done = await run(server, items);
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'b' }]);
			expect(rejectionsOf(done.rejected).map(({ message }) => message)).toEqual([
				expect.stringMatching(/Duration/),
				expect.stringMatching(/\[item 0\]/),
				expect.stringMatching(/\[item 0\]/),
				expect.stringMatching(/\[item 3\]/),
			]);
		});
	});

	it('an item with a GUID occupies its reference, and a found GUID its session', async () => {
		await withServer({}, async (server) => {
			const guid = known(server);
			const twice = await run(server, [
				{ session_guid: guid, session_reference: 'x', duration: 45 },
				row('X'),
			]);
			expect(rejectionsOf(twice.rejected)[0]?.message).toMatch(/\[item 0\]/);
			const same = await run(server, [{ session_guid: guid, duration: 45 }, row('a')]);
			expect(same.approved).toHaveLength(1);
			expect(rejectionsOf(same.rejected)[0]?.message).toMatch(/\[item 0\]/);
		});
	});

	it('an item with another issue is not looked up', async () => {
		await withServer({}, async (server) => {
			await run(server, [row('a', { duration: 1 })]);
			expect(server.requestsTo('search')).toEqual([]);
		});
	});
});

describe('references in tags', () => {
	const { session_reference: _, ...bare } = row('x');
	const tagged = (tags: unknown): IDataObject => ({ ...bare, tags: tags as IDataObject[string] });

	describe('a reference among tags', () => {
		it.each([[['math', 'ref:x']], [[' ref:x ', null, 7]], [['math, ref:x', 'b']], ['math,ref:x']])(
			'%j, sent twice, is one session',
			async (tags) => {
				await withServer({}, async (server) => {
					const first = await run(server, [tagged(tags)]);
					expect(jsonOf(first.approved)).toMatchObject([
						{ outcome: 'created', session_reference: 'x' },
					]);
					const second = await run(server, [tagged(tags)]);
					expect(jsonOf(second.approved)).toMatchObject([
						{ outcome: 'updated', session_reference: 'x' },
					]);
					expect(server.sessions.size).toBe(1);
				});
			},
		);

		it.each([['ref:'], ['math, REF: ,algebra'], [['math', 'ref:']]])(
			'%j is an empty one, and refused: each run would make the session again',
			async (tags) => {
				await withServer({}, async (server) => {
					const done = await run(server, [tagged(tags)]);
					expect(rejectionsOf(done.rejected)).toMatchObject([{ source: 'check' }]);
					expect(jsonOf(done.rejected)).toMatchObject([{ session: { session_reference: '' } }]);
					expect(server.requests).toEqual([]);
					const again = await run(server, jsonOf(done.rejected));
					expect(again.approved).toEqual([]);
				});
			},
		);

		it('that is empty beside a GUID is no harm', async () => {
			await withServer({}, async (server) => {
				const { session_guid } = server.preload({ name: 'Known', tags: 'math,ref:' });
				const done = await run(server, [{ session_guid, tags: 'math,ref:', duration: 90 }]);
				expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', duration: 90 }]);
			});
		});
	});

	it('a reference with half of an emoji keeps none of the others from being sent', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, [{ ...row('a\ud83d'), name: 'A' }, row('b')]);
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'b' }]);
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{ source: 'check', details: [expect.stringContaining('half of an emoji')] },
			]);
			expect(sentTo(server)).toHaveLength(1);
		});
	});

	describe('capital letters of every language', () => {
		const SAME: Array<[string, string]> = [
			['İZMİR-1', 'izmir-1'],
			['ISPARTA', 'ısparta'],
			['Straße 7', 'STRASSE 7'],
			['ΟΔΟΣ', 'οδος'],
		];

		it.each(SAME)('%s and %s in one run: one is sent', async (first, second) => {
			await withServer({}, async (server) => {
				const done = await run(server, [row(first), row(second)]);
				expect(jsonOf(done.approved)).toMatchObject([{ session_reference: first }]);
				expect(rejectionsOf(done.rejected)).toMatchObject([
					{ source: 'check', details: [expect.stringContaining('[item 0]')] },
				]);
			});
		});

		it.each(SAME)('where %s is there, %s is not made beside it', async (first, second) => {
			await withServer({ tagsMatch: 'ignored' }, async (server) => {
				const { session_guid } = server.preload({ name: 'Known', tags: `ref:${first}` });
				const done = await run(server, [row(second)]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{ rejection: { reason: 'ambiguous_reference' }, candidates: [session_guid] },
				]);
			});
		});

		it('dotless is another letter to Get Many, which stands before a Delete; the dot of a capital is none', async () => {
			await withServer({ nameMatch: 'partial', tagsMatch: 'ignored' }, async (server) => {
				server.preload({ name: 'İzmir', tags: 'İzmir' });
				server.preload({ name: 'ızmır', tags: 'ızmır' });
				const done = await run(server, [{}], {
					operation: 'getAll',
					returnAll: true,
					filters: { tags: 'izmir' },
				});
				expect(jsonOf(done.approved).map(({ name }) => name)).toEqual(['İzmir']);
			});
		});
	});

	describe('tags that an answer has as a list', () => {
		it('hold the reference all the same', async () => {
			await withServer({}, async (server) => {
				const { session_guid } = server.preload({ name: 'Known' });
				const tags = ['math', 'ref:a'];
				server.fail({
					route: 'search',
					status: 200,
					body: [{ session_guid, status: 1, tags }],
					times: 9,
				});
				const done = await run(server, [row('a')]);
				expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', session_guid }]);
			});
		});

		it('are shown as the text that they stand for', async () => {
			await withServer({}, async (server) => {
				const { session_guid } = server.preload({ name: 'Known' });
				const body = { session_guid, name: 'Known', status: 1, tags: ['math', 'ref:a', 7] };
				server.fail({ route: 'get', status: 200, body });
				const done = await run(server, [{ id: session_guid }], {
					operation: 'get',
					session: { __rl: true, mode: 'guid', value: '={{ $json.id }}' },
					options: { simplify: false },
				});
				expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'a', tags: 'math,7' }]);
			});
		});
	});
});
