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

/** Runs items whose batch is answered with these lists, and nothing else. */
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

describe('as many refusals as items, and no approval', () => {
	const items = ['R&D', 'Überblick', 'Yes'].map((name, i) => good(String(i), { name }));
	const names = (spell: (name: string) => string) =>
		['R&D', 'Überblick', 'Yes'].map((name) => ({ name: spell(name), start_date: LATER }));
	const ANSWERS: Array<[string, Array<IDataObject | null>]> = [
		['names cut', names((name) => name.slice(0, 1))],
		['other names', names(() => 'Session')],
		[
			'no names, starts at the beginning of time',
			[1, 2, 3].map(() => ({ start_date: '0001-01-01T00:00:00' })),
		],
		['GUIDs of nobody', [7, 8, 9].map((n) => ({ the_guid: guid(n), name: null }))],
		['nothing at all', [null, null, null]],
		['some names, nothing else', [{ name: 'Yes' }, null, { name: 'Something else' }]],
	];

	it.each(ANSWERS)('are rejections of all: %s', async (_, models) => {
		const done = await answered(
			items,
			[],
			models.map((model) => refused(model)),
		);
		expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected', 'rejected']);
		// All have the same words, so whose they are is no question.
		for (const { details } of jsonOf(done.rejected).map(rejectionOf))
			expect(details).toEqual(['No.']);
		expect(done.probed.rejected).toEqual(['0', '1', '2']);
	});

	it.each(ANSWERS)('are marked where their words differ: %s', async (_, models) => {
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
			// The one that comes back by its name is no question.
			const named = models.findIndex((model) => model?.name === 'Yes');
			const isNamed = named >= 0 && (json.session as IDataObject).name === 'Yes';
			if (isNamed) expect([code, details.length]).toEqual([12 + named, 1]);
			else expect(details[1]).toMatch(EXCHANGEABLE);
		}
	});

	it('are paired by their names, although these were escaped', async () => {
		const escaped = names((name) => name.replace('&', '&amp;').replace('Ü', '&#220;'));
		const models = escaped.map((model, i) => refused(model, 12 + i, `No ${i}.`)).reverse();
		const done = await answered(items, [], models);
		expect(jsonOf(done.rejected).map(rejectionOf)).toMatchObject([
			{ code: 12, details: ['No 0.'] },
			{ code: 13, details: ['No 1.'] },
			{ code: 14, details: ['No 2.'] },
		]);
	});

	it('hold for items that look alike, and for updates, too', async () => {
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

	it('are as many as code 13 lists', async () => {
		const details = ['A…', 'B…'].map((name) => refused({ name }));
		server.fail({ route: 'batch', status: 400, body: { code: 13, details } as Json });
		const done = await runAt(server, [good('x'), good('y')]);
		expect(outcomesOf(done.rejected)).toEqual(['rejected', 'rejected']);
	});

	it('leave an item of an update unknown where the answer approves another', async () => {
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

describe('one result that faces one item', () => {
	const long = good('long', { name: 'Advanced Algebra for Beginners' });

	it.each<[string, IDataObject]>([
		['another name', { name: 'Course 7' }],
		['another name, and a start that is none', { name: 'X', start_date: '0001-01-01T00:00:00' }],
		['no name', {}],
	])('is the item’s, and says under which name it came back: %s', async (_, rest) => {
		const done = await answered([long], [shown(rest)], []);
		expect(done.rejected).toEqual([]);
		const [{ session_guid, warnings } = {}] = jsonOf(done.approved);
		expect(session_guid).toBe(guid(1));
		expect(String(warnings)).toContain(
			rest.name === undefined ? 'without a name' : `'${String(rest.name)}'`,
		);
	});

	it('is the item’s without a word if its name is only cut', async () => {
		const done = await answered([long], [shown({ name: 'Advanced Algebra' })], []);
		expect(jsonOf(done.approved)).toMatchObject([{ session_guid: guid(1) }]);
		expect(jsonOf(done.approved)[0]).not.toHaveProperty('warnings');
	});

	it('is marked if its name is cut and its start is another', async () => {
		const view = shown({ name: 'Advanced', start_date: '2091-01-01T10:00:00Z' });
		const done = await answered([long], [view], []);
		expect(jsonOf(done.approved)).toMatchObject([
			{ warnings: [expect.stringMatching(EXCHANGEABLE), expect.stringContaining('2091-01-01')] },
		]);
	});

	it('is told so beside the others, which are not', async () => {
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

	it('is a refusal without a word about it', async () => {
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
	])('is nobody’s where it %s', async (_, rest) => {
		const done = await answered([long], [shown(rest)], []);
		expect(jsonOf(done.rejected)).toMatchObject([
			{ outcome: 'unknown', rejection: { reason: 'no_result' } },
		]);
	});

	it('is never an update’s, by another GUID', async () => {
		const update = { row: 'u', session_guid: guid(5), duration: 60 };
		const done = await answered([update], [shown({ name: 'Maths' })], []);
		expect(outcomesOf(done.rejected)).toEqual(['unknown']);
		expect(String(rejectionOf(jsonOf(done.rejected)[0] ?? {}).details)).toContain(guid(1));
	});

	it('marks those that look like its item: it may as well be theirs', async () => {
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

describe('results that fit nothing', () => {
	it('are told on the items without one, ten at most, however many there are', async () => {
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

	it('are told with their words where they are refusals, in short', async () => {
		const items = [good('a'), good('b'), good('c')];
		const words = 'x'.repeat(400);
		const rejected = Array.from({ length: 30 }, (_, i) => refused({ name: `N ${i}` }, i, words));
		const done = await answered(items, [shown({ name: 'CS a' })], rejected);
		const { details } = rejectionOf(jsonOf(done.rejected)[0] ?? {});
		expect(details.join()).toMatch(/30 refusals.*and 20 more/);
		expect(details.join().length).toBeLessThan(3_000);
	});
});
