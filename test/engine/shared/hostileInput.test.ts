import type { IDataObject } from 'n8n-workflow';

import type { Json, PerculusServer } from '../../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';

const nested = (levels: number) =>
	JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`) as IDataObject;
const MEGABYTE = 'x'.repeat(1_048_576);

/** Whether the prototype of this process's objects is unchanged. */
const isUnharmed = () => Object.keys(Object.prototype).length === 0 && !('polluted' in {});

describe('Hostile items', () => {
	const neighbour = good('neighbour');
	const ITEMS: Array<[string, 'approved' | 'rejected', IDataObject]> = [
		['a name of 1 MB', 'approved', good('x', { name: MEGABYTE })],
		['1 MB in an unknown key', 'approved', good('x', { [MEGABYTE]: 1 })],
		['emoji', 'approved', good('x', { name: '👩‍🏫 ders 🎓' })],
		['right-to-left marks', 'approved', good('x', { name: '\u202Eabc\u200F دورة' })],
		['NUL', 'rejected', good('x', { name: 'a\0b' })],
		['half an emoji', 'rejected', good('x', { name: 'a\uD83D' })],
		['numbers as text', 'approved', good('x', { duration: ' 90 ' })],
		['a number in a text field', 'approved', good('x', { name: 201 })],
		['NaN as a number', 'rejected', good('x', { duration: NaN })],
		['a date as an object', 'rejected', good('x', { start_date: { year: 2090 } })],
		['a date as a list', 'rejected', good('x', { start_date: ['2090-01-01'] })],
		[
			'objects in all fields',
			'rejected',
			good('x', { name: {}, duration: {}, timezone: [], lang: {} }),
		],
		['a deep name', 'rejected', good('x', { name: nested(5000) })],
		['deep options', 'approved', good('x', { options: nested(5000) })],
		['a deep unknown key', 'approved', good('x', { more: nested(5000) })],
		['text for options', 'rejected', good('x', { options: 'all' })],
		[
			'__proto__ keys',
			'approved',
			{
				...good('x'),
				...{
					options: JSON.parse('{"__proto__":{"polluted":1},"allow_rating":true}') as IDataObject,
				},
			},
		],
		[
			'constructor keys',
			'approved',
			good('x', {
				constructor: { prototype: { polluted: 1 } },
				toString: 'x',
				hasOwnProperty: 1,
			} as IDataObject),
		],
		[
			'a __proto__ path',
			'approved',
			good('x', { '__proto__.polluted': 1, 'options.__proto__': 1 }),
		],
	];

	it.each(ITEMS)(
		'an item with %s is %s, and the other item is approved',
		async (_, output, item) => {
			await withServer(async (server) => {
				const done = await runAt(
					server,
					[item, neighbour],
					{},
					{ onError: 'continueRegularOutput' },
				);
				expect(done.thrown).toBeUndefined();
				expect(done.approved.map(({ pairedItem }) => pairedItem)).toEqual(
					output === 'approved' ? [{ item: 0 }, { item: 1 }] : [{ item: 1 }],
				);
				expect(done.rejected).toHaveLength(output === 'rejected' ? 1 : 0);
				expect(JSON.stringify(server.batches())).not.toMatch(/polluted|__proto__/);
				expect(isUnharmed()).toBe(true);
			});
		},
	);

	it('a __proto__ key of the item itself sets no field and changes no other object', async () => {
		await withServer(async (server) => {
			const item = JSON.parse(
				'{"__proto__":{"name":"stolen","polluted":1},"start_date":"2090-08-05T12:00:00","duration":60}',
			) as IDataObject;
			const done = await runAt(server, [item, neighbour], { includeInput: true });
			expect(done.approved).toHaveLength(1);
			expect(JSON.stringify(jsonOf(done.rejected))).toContain('Name is missing');
			expect(isUnharmed()).toBe(true);
		});
	});

	it("a name of 12 MB that the server changes doesn't affect the result of the other item", async () => {
		await withServer(
			async (server) => {
				const done = await runAt(server, [neighbour, good('x', { name: 'ab '.repeat(4_000_000) })]);
				expect(outcomesOf(done.approved)).toEqual(['created', 'created']);
			},
			{ names: 'trimmed' },
		);
	});

	it('10,000 items come out once each', async () => {
		await withServer(async (server) => {
			const items = Array.from({ length: 10_000 }, (_, i) =>
				good(String(i), i % 5 === 0 ? { duration: 'x' } : {}),
			);
			const done = await runAt(server, items, {}, { probe: '' });
			expect([done.approved.length, done.rejected.length]).toEqual([8_000, 2_000]);
			const seen = [...done.approved, ...done.rejected].map(
				({ pairedItem }) => (pairedItem as { item: number }).item,
			);
			expect(new Set(seen).size).toBe(10_000);
		});
	});
});

describe('Hostile responses', () => {
	const view = (rest: object = {}) => ({
		session_guid: '1B27EB7F-0000-4000-8000-000000000001',
		name: 'CS a',
		start_date: '2090-08-05T12:00:00+03:00',
		duration: 60,
		...rest,
	});
	const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
	const lists = (approved: unknown, rejected: unknown = []) =>
		JSON.stringify({ approved, rejected });

	/** Runs one item whose batch gets this text as its response. */
	async function answered(server: PerculusServer, text: string) {
		server.fail({
			route: 'batch',
			body: text as Json,
			headers: { 'Content-Type': 'application/json' },
			applyThen: false,
		});
		return await runAt(server, [good('a')], {}, { onError: 'continueRegularOutput' });
	}

	it.each<[string, string, 'approved' | 'unknown' | 'rejected']>([
		['junk among the approved', lists([null, 1, 'x', [], {}, true, view()]), 'approved'],
		['only junk', lists([null, 1, 'x', [], {}, true]), 'unknown'],
		[
			'junk among the rejected',
			lists([view()], [null, 1, 'x', [[]], { state: { code: {} } }]),
			'approved',
		],
		['an object for a list', lists({ length: 1, 0: view() }), 'unknown'],
		[
			'values that cannot become text',
			lists([view({ lang: { toString: 1 }, timezone: { valueOf: 1 } })]),
			'approved',
		],
		['a GUID that cannot become text', lists([{ session_guid: { toString: 1 } }]), 'unknown'],
		[
			'__proto__ keys',
			'{"approved":[{"__proto__":{"polluted":1},"session_guid":"A","name":"CS a","start_date":"2090-08-05T12:00:00","duration":60,"options":{"__proto__":{"polluted":1}}}],"__proto__":{"polluted":1}}',
			'approved',
		],
		[
			'a deep view',
			lists([view({ more: 0 })]).replace('"more":0', `"more":${deep(10_000)}`),
			'approved',
		],
		[
			'deep options',
			lists([view({ options: 0 })]).replace('"options":0', `"options":{"chat":${deep(10_000)}}`),
			'approved',
		],
		[
			'deep details',
			lists([], [{ model: view(), state: { code: 12, details: 0 } }]).replace(
				'"details":0',
				`"details":${deep(10_000)}`,
			),
			'rejected',
		],
		['a deep body', deep(10_000), 'unknown'],
		['deep lists', `{"approved":${deep(10_000)},"rejected":[]}`, 'unknown'],
		[
			'deep options as text',
			lists(
				[],
				[{ model: { ...view(), ui_options: `{"a":${deep(10_000)}}` }, state: { code: 12 } }],
			),
			'rejected',
		],
		[
			'1 MB of details',
			lists([], [{ model: view(), state: { code: 12, details: MEGABYTE } }]),
			'rejected',
		],
		['a view with an error', lists([view({ error: 'x', message: 'y', details: 'z' })]), 'approved'],
		['numbers as text', lists([view({ duration: '60' })]), 'approved'],
		['no JSON at all', '{"approved":[', 'unknown'],
	])('the item has one outcome after a response with %s', async (_, text, fate) => {
		await withServer(async (server) => {
			const done = await answered(server, text);
			expect(done.thrown).toBeUndefined();
			const kind = fate === 'approved' ? 'created' : fate;
			expect(outcomesOf([...done.approved, ...done.rejected])).toEqual([kind]);
			expect(done.approved).toHaveLength(fate === 'approved' ? 1 : 0);
			expect(server.batches()).toHaveLength(1);
			// n8n saves the output as JSON.
			expect(JSON.stringify([done.approved, done.rejected, done.hints]).length).toBeLessThan(
				10_000,
			);
			expect(isUnharmed()).toBe(true);
		});
	});

	it.each([true, false])(
		"Retry On Fail doesn't send an approved session with an 'error' again (Simplify: %s)",
		async (simplify) => {
			await withServer(async (server) => {
				server.fail({ route: 'batch', body: { approved: [view({ error: 'x' })], rejected: [] } });
				const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
				const done = await runAt(server, [good('a')], { simplify }, retry);
				expect(done.approved).toHaveLength(1);
				expect(server.batches()).toHaveLength(1);
			});
		},
	);
});
