import type { IDataObject } from 'n8n-workflow';

import { jsonOf, rejectionsOf, row, run, sentTo, withServer } from '../harness/references';

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
