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

/** How the search may match tags, and how the server may store a session's tags. */
const SERVERS: Array<[string, Switches]> = [
	['a part of the tags is found', { tagsMatch: 'part' }],
	['whole tags are found', { tagsMatch: 'tag' }],
	['the filter is ignored', { tagsMatch: 'ignored' }],
	['tags are tidied', { tags: 'tidied' }],
	['tags are joined on update', { tagsOnUpdate: 'join' }],
	['pages have at most ten sessions', { pageSizeMax: 10 }],
	['the first page is 0', { firstPage: 0 }],
	['page 0 is empty', { pageBelowFirst: 'empty' }],
	['page 0 is refused', { pageBelowFirst: 'refused' }],
	['deleted sessions are shown', { deletedInSearch: 'shown', deletedInGet: 'shown' }],
];

/** Stores other sessions, so that a search for a part of a tag finds several. */
function others(server: Server, count = 3) {
	for (let i = 0; i < count; i++) server.preload({ name: `Other ${i}`, tags: `math,ref:a${i}` });
}
const known = (server: Server, rest: IDataObject = {}) =>
	server.preload({ name: 'Known', tags: 'math,ref:a', ...rest }).session_guid;

const withoutReference = ({ session_reference: _, ...rest }: IDataObject): IDataObject => rest;

describe.each(SERVERS)('References if %s', (_, switches) => {
	it('an item sent twice is one session', async () => {
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

	it('a session of another process is found by its whole tag', async () => {
		await withServer(switches, async (server) => {
			others(server);
			const guid = known(server);
			const done = await run(server, [row('a', { tags: 'algebra' })]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', session_guid: guid }]);
			expect(sentTo(server)).toMatchObject([{ session_guid: guid, tags: 'algebra,ref:a' }]);
		});
	});

	it('Update creates nothing, and Create creates nothing twice', async () => {
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

	it.each(['upsert', 'update', 'create'])(
		'%s rejects a reference that several sessions have',
		async (operation) => {
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
		},
	);

	it("a deleted session doesn't count", async () => {
		await withServer(switches, async (server) => {
			others(server);
			known(server, { status: -1 });
			const done = await run(server, [row('a')]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'created' }]);
		});
	});

	it('a reference that differs only in the case of letters is ambiguous', async () => {
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

	it('60 items sent twice are 60 sessions', async () => {
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

describe('References if only the whole text of the tags is found', () => {
	const switches: Switches = { tagsMatch: 'text' };

	it('a created session has a warning, and the next run of this process finds it', async () => {
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

	it('more than twenty references are searched among all sessions', async () => {
		await withServer(switches, async (server) => {
			const guid = known(server);
			const rows = Array.from({ length: 25 }, (_, i) => row(i === 0 ? 'a' : `m${i}`));
			const done = await run(server, rows);
			expect(jsonOf(done.approved)[0]).toMatchObject({ outcome: 'updated', session_guid: guid });
			expect(done.approved).toHaveLength(25);
		});
	});
});

describe('References in requests and output', () => {
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

	it('a tag ref: in the input is a reference like any other', async () => {
		await withServer({}, async (server) => {
			const item = { ...withoutReference(row('a')), tags: 'x,ref:a' };
			const first = await run(server, [item]);
			const second = await run(server, [item]);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
		});
	});

	it('an item that comes back keeps all references among its tags', async () => {
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

	it('the ID of an Outlook event can be a reference, and is found again', async () => {
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

	it('an item with a GUID needs no search, and sends its reference only together with tags', async () => {
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

	it("new sessions need all required fields, found ones don't", async () => {
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

	it('a future start is sent again, because a search may lag behind a reschedule', async () => {
		await withServer({}, async (server) => {
			known(server, { start_date: '2031-02-07T15:00:00+03:00' });
			await run(server, [row('a', { start_date: '2031-02-07T15:00:00' })]);
			expect(sentTo(server)[0]).toHaveProperty('start_date', '2031-02-07T15:00:00Z');
		});
	});

	it('a GUID that only the search found is a candidate, and not in the session of a rejected item', async () => {
		await withServer({ refuse: () => ({ code: 15 }) }, async (server) => {
			const guid = known(server);
			const done = await run(server, [row('a', { duration: 90 })]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ rejection: { source: 'perculus' }, candidates: [guid] },
			]);
			expect(jsonOf(done.rejected)[0]?.session).not.toHaveProperty('session_guid');
		});
	});

	it('a rejected item is in input form, with the reference in its own field', async () => {
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

describe("References that can't be used", () => {
	it.each([
		['', /empty/],
		['  ', /empty/],
		[null, /empty/],
		['a,b', /comma/],
		['a\tb', /control character/],
		['x'.repeat(251), /at most 250 characters/],
		['-', /a letter or a digit/],
		[{ a: 1 }, /must be text/],
	])('the reference %j is reported on its own item', async (reference, message) => {
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

	it('an empty reference with a GUID is accepted, and so is an item without the field', async () => {
		await withServer({}, async (server) => {
			const guid = known(server);
			const items = [
				{ session_reference: '', session_guid: guid, duration: 45 },
				withoutReference(row('x')),
			];
			expect((await run(server, items)).approved).toHaveLength(2);
		});
	});

	it('an empty constant is accepted as no reference, an expression that gives nothing is rejected', async () => {
		await withServer({}, async (server) => {
			const fields = { name: 'N', start_date: '2030-08-05T12:00', duration: 60, timezone: 'UTC' };
			const map = (session_reference: string) => ({
				fields: mapping({ ...fields, session_reference }),
			});
			expect((await run(server, [{}], map(''))).approved).toHaveLength(1);
			expect((await run(server, [{}], map('={{ $json.none }}'))).rejected).toHaveLength(1);
		});
	});

	it('a mapped reference that is composed of fields needs all of them', async () => {
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

	it('the same reference twice is rejected, in any case and also after a rejected item', async () => {
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

	it('an item is rejected if an earlier item with a GUID has its reference or its session', async () => {
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

	it('an item with another invalid value is not searched', async () => {
		await withServer({}, async (server) => {
			await run(server, [row('a', { duration: 1 })]);
			expect(server.requestsTo('search')).toEqual([]);
		});
	});
});

describe('References in tags', () => {
	const { session_reference: _, ...bare } = row('x');
	const tagged = (tags: unknown): IDataObject => ({ ...bare, tags: tags as IDataObject[string] });

	describe('Reference among tags', () => {
		it.each([[['math', 'ref:x']], [[' ref:x ', null, 7]], [['math, ref:x', 'b']], ['math,ref:x']])(
			'the tags %j, sent twice, are one session',
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
			'the tags %j have an empty reference and are rejected',
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

		it('an empty reference among tags is accepted with a GUID', async () => {
			await withServer({}, async (server) => {
				const { session_guid } = server.preload({ name: 'Known', tags: 'math,ref:' });
				const done = await run(server, [{ session_guid, tags: 'math,ref:', duration: 90 }]);
				expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', duration: 90 }]);
			});
		});
	});

	it('a reference with half of an emoji is rejected, and the other item is sent', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, [{ ...row('a\ud83d'), name: 'A' }, row('b')]);
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'b' }]);
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{ source: 'check', details: [expect.stringContaining('half of an emoji')] },
			]);
			expect(sentTo(server)).toHaveLength(1);
		});
	});

	describe('Upper and lower case in any language', () => {
		const SAME: Array<[string, string]> = [
			['İZMİR-1', 'izmir-1'],
			['ISPARTA', 'ısparta'],
			['Straße 7', 'STRASSE 7'],
			['ΟΔΟΣ', 'οδος'],
		];

		it.each(SAME)(
			'%s and %s in one run are the same reference, so only the first is sent',
			async (first, second) => {
				await withServer({}, async (server) => {
					const done = await run(server, [row(first), row(second)]);
					expect(jsonOf(done.approved)).toMatchObject([{ session_reference: first }]);
					expect(rejectionsOf(done.rejected)).toMatchObject([
						{ source: 'check', details: [expect.stringContaining('[item 0]')] },
					]);
				});
			},
		);

		it.each(SAME)('if %s exists, %s is ambiguous', async (first, second) => {
			await withServer({ tagsMatch: 'ignored' }, async (server) => {
				const { session_guid } = server.preload({ name: 'Known', tags: `ref:${first}` });
				const done = await run(server, [row(second)]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{ rejection: { reason: 'ambiguous_reference' }, candidates: [session_guid] },
				]);
			});
		});

		it('Get Many distinguishes the dotless ı from i, but finds İ by i', async () => {
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

	describe('Tags that a response has as a list', () => {
		it('a reference in a list of tags is found', async () => {
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

		it('a list of tags is shown as text', async () => {
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
