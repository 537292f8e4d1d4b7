import type { IDataObject } from 'n8n-workflow';

import { startPerculusServer, type Json, type PerculusServer } from '../../perculus-server';
import { good, jsonOf, LATER, outcomesOf, runAt } from '../harness/setup';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer();
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const guid = (n: number) => `ABCDEF00-0000-4000-8000-${String(n).padStart(12, '0')}`;
const shown = (rest: IDataObject = {}): IDataObject => ({
	session_guid: guid(1),
	start_date: `${LATER}+03:00`,
	timezone: 'Europe/Istanbul',
	duration: 60,
	...rest,
});
const refused = (model: IDataObject | null, code = 12, details = 'No.') => ({
	model,
	state: { code, details },
});

/** Runs items whose batch gets a response with only these lists. */
async function answered(items: IDataObject[], approved: unknown[], rejected: unknown[]) {
	const status = approved.length === 0 ? 400 : rejected.length === 0 ? 200 : 207;
	server.fail({ route: 'batch', status, body: { approved, rejected } as Json });
	const done = await runAt(server, items);
	expect(done.thrown).toBeUndefined();
	expect(server.batches()).toHaveLength(1);
	expect(done.approved.length + done.rejected.length).toBe(items.length);
	return done;
}

const rejectionOf = (json: IDataObject) => json.rejection as { code: number; details: string[] };
const EXCHANGEABLE = /may belong to another session of this run/;

describe('As many rejections as items, and no approval', () => {
	const items = ['R&D', 'Überblick', 'Yes'].map((name, i) => good(String(i), { name }));
	const names = (spell: (name: string) => string) =>
		['R&D', 'Überblick', 'Yes'].map((name) => ({ name: spell(name), start_date: LATER }));
	const ANSWERS: Array<[string, Array<IDataObject | null>]> = [
		['shortened names', names((name) => name.slice(0, 1))],
		['other names', names(() => 'Session')],
		[
			'no names, and starts in the year 1',
			[1, 2, 3].map(() => ({ start_date: '0001-01-01T00:00:00' })),
		],
		['unknown GUIDs', [7, 8, 9].map((n) => ({ the_guid: guid(n), name: null }))],
		['no models', [null, null, null]],
		['only some names', [{ name: 'Yes' }, null, { name: 'Something else' }]],
	];

	it.each(ANSWERS)('all items are rejected if their rejections have %s', async (_, models) => {
		const done = await answered(
			items,
			[],
			models.map((model) => refused(model)),
		);
		expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected', 'rejected']);
		// All rejections have the same details, so none is marked.
		for (const { details } of jsonOf(done.rejected).map(rejectionOf))
			expect(details).toEqual(['No.']);
		expect(done.probed.rejected).toEqual(['0', '1', '2']);
	});

	it.each(ANSWERS)(
		'rejections with different details are marked if they have %s',
		async (_, models) => {
			const done = await answered(
				items,
				[],
				models.map((model, i) => refused(model, 12 + i, `No ${i}.`)),
			);
			expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected', 'rejected']);
			const codes = jsonOf(done.rejected).map((json) => rejectionOf(json).code);
			expect([...codes].sort()).toEqual([12, 13, 14]);
			for (const json of jsonOf(done.rejected)) {
				const { code, details } = rejectionOf(json);
				expect(details[0]).toBe(`No ${code - 12}.`);
				// A rejection with the item's name isn't marked.
				const named = models.findIndex((model) => model?.name === 'Yes');
				const isNamed = named >= 0 && (json.session as IDataObject).name === 'Yes';
				if (isNamed) expect([code, details.length]).toEqual([12 + named, 1]);
				else expect(details[1]).toMatch(EXCHANGEABLE);
			}
		},
	);

	it('rejections are matched by their names if these were escaped', async () => {
		const escaped = names((name) => name.replace('&', '&amp;').replace('Ü', '&#220;'));
		const models = escaped.map((model, i) => refused(model, 12 + i, `No ${i}.`)).reverse();
		const done = await answered(items, [], models);
		expect(jsonOf(done.rejected).map(rejectionOf)).toMatchObject([
			{ code: 12, details: ['No 0.'] },
			{ code: 13, details: ['No 1.'] },
			{ code: 14, details: ['No 2.'] },
		]);
	});

	it('equal items and updates are also rejected, without a mark', async () => {
		const both = [good('a'), good('a'), { row: 'u', session_guid: guid(5), duration: 60 }];
		const done = await answered(
			both,
			[],
			[
				refused({ name: 'CS a', start_date: LATER }),
				refused({ name: 'Else' }),
				refused({ name: 'More' }),
			],
		);
		expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(JSON.stringify(done.rejected)).not.toMatch(EXCHANGEABLE);
	});

	it('all items are rejected if code 13 lists as many rejections', async () => {
		const details = ['A…', 'B…'].map((name) => refused({ name }));
		server.fail({ route: 'batch', status: 400, body: { code: 13, details } as Json });
		const done = await runAt(server, [good('x'), good('y')]);
		expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected']);
	});

	it('an update is unknown if the other item is approved and the rejection has another GUID', async () => {
		const done = await answered(
			[good('a'), { row: 'u', session_guid: guid(5), duration: 60 }],
			[shown({ name: 'CS a' })],
			[refused({ the_guid: guid(6), name: null }, 30)],
		);
		expect([outcomesOf(done.approved), outcomesOf(done.rejected)]).toEqual([
			['created'],
			['unknown'],
		]);
	});
});

describe('The only result and the only item that are left', () => {
	const long = good('long', { name: 'Advanced Algebra for Beginners' });

	it.each<[string, IDataObject]>([
		['another name', { name: 'Course 7' }],
		['another name and an invalid start', { name: 'X', start_date: '0001-01-01T00:00:00' }],
		['no name', {}],
	])('the item gets the result and a warning about its name: %s', async (_, rest) => {
		const done = await answered([long], [shown(rest)], []);
		expect(done.rejected).toEqual([]);
		const [{ session_guid, warnings } = {}] = jsonOf(done.approved);
		expect(session_guid).toBe(guid(1));
		expect(String(warnings)).toContain(
			rest.name === undefined ? 'without a name' : `'${String(rest.name)}'`,
		);
	});

	it('the item gets a result with a shortened name without a warning', async () => {
		const done = await answered([long], [shown({ name: 'Advanced Algebra' })], []);
		expect(jsonOf(done.approved)).toMatchObject([{ session_guid: guid(1) }]);
		expect(jsonOf(done.approved)[0]).not.toHaveProperty('warnings');
	});

	it('a result with a shortened name and another start is marked', async () => {
		const view = shown({ name: 'Advanced', start_date: '2091-01-01T10:00:00Z' });
		const done = await answered([long], [view], []);
		expect(jsonOf(done.approved)).toMatchObject([
			{ warnings: [expect.stringMatching(EXCHANGEABLE), expect.stringContaining('2091-01-01')] },
		]);
	});

	it('only the item whose result has another name gets a warning', async () => {
		const done = await answered(
			[good('a'), long, good('b')],
			[shown({ name: 'CS b' }), shown({ name: 'Course 7', session_guid: guid(2) })],
			[refused({ name: 'CS a', start_date: LATER })],
		);
		expect(done.probed).toMatchObject({ approved: ['long', 'b'], rejected: ['a'] });
		expect(jsonOf(done.approved).map(({ warnings }) => warnings)).toEqual([
			[expect.stringContaining("came back as 'Course 7'")],
			undefined,
		]);
	});

	it('the item gets a rejection with a shortened name without a remark', async () => {
		const done = await answered(
			[good('a'), long],
			[shown({ name: 'CS a' })],
			[refused({ name: 'Advanced', start_date: LATER })],
		);
		expect(jsonOf(done.rejected)).toMatchObject([
			{ outcome: 'rejected', rejection: { code: 12, details: ['No.'] } },
		]);
	});

	it.each<[string, IDataObject]>([
		[
			'has another name, and another start',
			{ name: 'Foreign', start_date: '2091-01-01T10:00:00Z' },
		],
		['has no GUID', { session_guid: null, name: 'Course 7' }],
	])('the item is unknown if the result %s', async (_, rest) => {
		const done = await answered([long], [shown(rest)], []);
		expect(jsonOf(done.rejected)).toMatchObject([
			{ outcome: 'unknown', rejection: { reason: 'no_result' } },
		]);
	});

	it('an update never gets a result with another GUID', async () => {
		const update = { row: 'u', session_guid: guid(5), duration: 60 };
		const done = await answered([update], [shown({ name: 'Maths' })], []);
		expect(outcomesOf(done.rejected)).toEqual(['unknown']);
		expect(String(rejectionOf(jsonOf(done.rejected)[0] ?? {}).details)).toContain(guid(1));
	});

	it('equal items are marked if the result of one of them has another name', async () => {
		const done = await answered(
			[good('a'), good('a'), good('a')],
			[shown({ name: 'CS a' }), shown({ name: 'CS a', session_guid: guid(2) })],
			[refused({ name: 'CS', start_date: LATER })],
		);
		expect([outcomesOf(done.approved), outcomesOf(done.rejected)]).toEqual([
			['created', 'created'],
			['rejected'],
		]);
		for (const json of jsonOf(done.approved)) expect(String(json.warnings)).toMatch(EXCHANGEABLE);
		expect(String(rejectionOf(jsonOf(done.rejected)[0] ?? {}).details)).toContain(
			"came back as 'CS'",
		);
	});
});

describe('Results that fit nothing', () => {
	it('each item without a result names only ten of 2,000 results', async () => {
		const many = 2_000;
		const items = Array.from({ length: many }, (_, i) => good(String(i)));
		const approved = items.map((_, i) => shown({ name: `Renamed ${i}`, session_guid: guid(i) }));
		const done = await answered(items, approved, []);
		expect(done.rejected).toHaveLength(many);
		expect(JSON.stringify(done.rejected).length).toBeLessThan(many * 2_000);
		const { details } = rejectionOf(done.rejected[many - 1]?.json ?? {});
		expect(details.join().match(/ABCDEF00-/g)).toHaveLength(10);
		expect(details.join()).toMatch(/2000 approved sessions.*and 1990 more/);
	});

	it('an item without a result shows only ten of 30 rejections, with shortened details', async () => {
		const items = [good('a'), good('b'), good('c')];
		const words = 'x'.repeat(400);
		const rejected = Array.from({ length: 30 }, (_, i) => refused({ name: `N ${i}` }, i, words));
		const done = await answered(items, [shown({ name: 'CS a' })], rejected);
		const { details } = rejectionOf(jsonOf(done.rejected)[0] ?? {});
		expect(details.join()).toMatch(/30 refusals.*and 20 more/);
		expect(details.join().length).toBeLessThan(3_000);
	});
});
