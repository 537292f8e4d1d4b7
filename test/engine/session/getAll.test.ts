import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { PerculusServer, StartOptions } from '../../perculus-server';
import { jsonOf, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { guidAt, preload, run } from '../harness/sessions';
import { rejectionsOf } from '../harness/references';

const find = async (server: PerculusServer, filters: IDataObject = {}, more: IDataObject = {}) =>
	await run(server, 'getAll', [{ row: 0 }], { returnAll: true, filters, ...more });

const namesOf = async (server: PerculusServer, filters: IDataObject, more: IDataObject = {}) => {
	const { approved, rejected } = await find(server, filters, more);
	expect(rejected).toEqual([]);
	return jsonOf(approved)
		.map(({ name }) => String(name))
		.sort();
};

describe('Get Many', () => {
	const servers: Array<[string, StartOptions]> = [
		['the usual server', {}],
		['pages of at most 3 sessions', { pageSizeMax: 3 }],
		['pages counted from 0', { firstPage: 0, pageSizeMax: 5 }],
		[
			'pages counted from 0, and lower numbers refused',
			{ firstPage: 0, pageBelowFirst: 'refused' },
		],
		['page 0 refused', { pageBelowFirst: 'refused' }],
		['page 0 empty', { pageBelowFirst: 'empty', pageSizeMax: 4 }],
	];
	it.each(servers)(
		'returns every session once, linked to its item, with %s',
		async (_, options) => {
			await withServer(async (server) => {
				const ids = preload(server, 13);
				const { approved } = await find(server);
				expect(
					jsonOf(approved)
						.map(({ session_guid }) => session_guid)
						.sort(),
				).toEqual(ids);
				for (const { pairedItem } of approved) expect(pairedItem).toEqual({ item: 0 });
			}, options);
		},
	);

	it('returns 50 sessions by default or the number in Limit, and rejects an invalid Limit', async () => {
		await withServer(async (server) => {
			preload(server, 120);
			const usual = await run(server, 'getAll', [{}]);
			expect(usual.approved).toHaveLength(50);
			const limited = await run(server, 'getAll', [{ n: 7 }], { limit: '={{ $json.n }}' });
			expect(limited.approved).toHaveLength(7);
			const wrong = await run(server, 'getAll', [{ n: 'many' }], { limit: '={{ $json.n }}' });
			expect(jsonOf(wrong.rejected)).toMatchObject([
				{
					rejection: {
						message: expect.stringMatching(
							/ Limit must be a whole number of results from 1 to \d+; this item has 'many'\./,
						) as string,
					},
				},
			]);
		});
	});

	it("Limit doesn't count deleted sessions, and at most 4 pages are read for 6 sessions", async () => {
		await withServer(
			async (server) => {
				preload(server, 30);
				for (let n = 0; n < 4; n++) server.preload({ name: 'CS gone', status: -1 });
				const { approved } = await run(server, 'getAll', [{}], { limit: 6 });
				expect(jsonOf(approved).every(({ name }) => name !== 'CS gone')).toBe(true);
				expect(approved).toHaveLength(6);
				expect(server.requestsTo('search').length).toBeLessThanOrEqual(4);
			},
			{ pageSizeMax: 5, deletedInSearch: 'shown' },
		);
	});

	it('searches once for each item, and links the sessions to it', async () => {
		await withServer(async (server) => {
			preload(server, 3);
			const items = ['CS 2', 'CS', 'Nothing'].map((text, row) => ({ row, text }));
			const filters = { name: '={{ $json.text }}' };
			const done = await run(server, 'getAll', items, { filters, returnAll: true });
			expect(done.probed).toMatchObject({ approved: [0, 1, 1, 1], rejected: [] });
		});
	});

	it('finds sessions by a part of the name in any case, with the name sent to the search', async () => {
		await withServer(async (server) => {
			preload(server, 250);
			for (const name of ['Algebra', 'Linear algebra', 'Geometry', 'ALGEBRA II'])
				server.preload({ name });
			const all = ['ALGEBRA II', 'Algebra', 'Linear algebra'];
			expect(await namesOf(server, { name: 'algebra' })).toEqual(all);
			expect(await namesOf(server, { name: ' Algebra ' })).toEqual(all);
			expect(await namesOf(server, { name: 'gebra I' })).toEqual(['ALGEBRA II']);
			expect(await namesOf(server, { name: 'xyz' })).toEqual([]);
			const asked = server.requestsTo('search').map(({ body }) => (body as IDataObject).name);
			expect(new Set(asked)).toEqual(new Set(['algebra', 'Algebra', 'gebra I', 'xyz']));
		});
	});

	it('shows only the sessions that the search finds by name, without reading all of them', async () => {
		await withServer(
			async (server) => {
				preload(server, 250);
				for (const name of ['Algebra', 'Linear algebra']) server.preload({ name });
				expect(await namesOf(server, { name: 'algebra' })).toEqual(['Algebra']);
				expect(server.requestsTo('search').length).toBeLessThanOrEqual(3);
			},
			{ nameMatch: 'exact' },
		);
	});

	it.each(['part', 'tag', 'ignored'] as const)(
		'finds sessions by whole tags in any case, with tags meaning %s to the search',
		async (tagsMatch) => {
			await withServer(
				async (server) => {
					server.preload({ name: 'one', tags: 'math' });
					server.preload({ name: 'two', tags: 'Evening, Math' });
					server.preload({ name: 'three', tags: 'mathematics,evening' });
					server.preload({ name: 'four', tags: null });
					expect(await namesOf(server, { tags: 'math' })).toEqual(['one', 'two']);
					expect(await namesOf(server, { tags: 'math, evening' })).toEqual(['two']);
					expect(await namesOf(server, { tags: 'mat' })).toEqual([]);
					expect(await namesOf(server, { tags: 'evening', name: 'T' })).toEqual(['three', 'two']);
				},
				{ tagsMatch },
			);
		},
	);

	it.each<StartOptions>([
		{},
		{ searchBounds: 'instant' },
		{ searchBounds: 'instant', defaultTimezone: 'Pacific/Kiritimati' },
		{ searchBounds: 'instant', defaultTimezone: 'Pacific/Pago_Pago' },
	])(
		'finds sessions by day, both days included, in the zone of the workflow: %p',
		async (options) => {
			await withServer(async (server) => {
				const at = (name: string, start_date: string, timezone: string) =>
					server.preload({ name, start_date, timezone });
				// In Istanbul, these are the whole 5 and 6 August.
				at('before', '2090-08-04T23:59:00', 'Europe/Istanbul');
				at('first', '2090-08-05T00:00:00', 'Europe/Istanbul');
				at('last', '2090-08-06T23:59:00', 'Europe/Istanbul');
				at('after', '2090-08-07T00:00:00', 'Europe/Istanbul');
				at('early elsewhere', '2090-08-04T16:00:00', 'America/Chicago');
				at('late elsewhere', '2090-08-07T05:00:00', 'Asia/Tokyo');
				at('too late elsewhere', '2090-08-06T20:00:00', 'America/Chicago');
				const within = ['early elsewhere', 'first', 'last', 'late elsewhere'];
				for (const [startsFrom, startsUntil] of [
					['2090-08-05', '2090-08-06'],
					['2090-08-05T00:00:00', '2090-08-06T00:00:00'],
					['2090-08-04T22:00:00Z', '2090-08-06T20:30:00Z'],
				] as const) {
					expect(await namesOf(server, { startsFrom, startsUntil })).toEqual(within);
				}
				expect(await namesOf(server, { startsUntil: '2090-08-04' })).toEqual(['before']);
				expect(await namesOf(server, { startsFrom: '2090-08-07' })).toEqual([
					'after',
					'too late elsewhere',
				]);
			}, options);
		},
	);

	it('reads days from expressions that return text or Luxon dates', async () => {
		await withServer(async (server) => {
			server.preload({ name: 'one', start_date: '2090-08-05T12:00:00' });
			server.preload({ name: 'two', start_date: '2090-08-06T12:00:00' });
			const day = DateTime.fromISO('2090-08-05T23:30:00', { zone: 'Europe/Istanbul' });
			const items = [{ from: '2090-08-06', until: day.plus({ days: 1 }) as never }];
			const filters = { startsFrom: '={{ $json.from }}', startsUntil: '={{ $json.until }}' };
			const { approved } = await run(server, 'getAll', items, { filters });
			expect(jsonOf(approved)).toMatchObject([{ name: 'two' }]);
		});
	});

	it('rejects an item with a filter without a value, which would otherwise find every session', async () => {
		await withServer(async (server) => {
			preload(server, 3);
			for (const name of ['name', 'tags', 'startsFrom', 'startsUntil']) {
				for (const value of ['', '={{ $json.nothing }}', '={{ null }}', '={{ " " }}']) {
					const { approved, rejected } = await find(server, { [name]: value });
					expect(approved).toEqual([]);
					expect(jsonOf(rejected)).toMatchObject([
						{ outcome: 'rejected', rejection: { source: 'check', reason: 'validation_error' } },
					]);
				}
			}
			for (const tags of [' , ', '={{ [] }}', '={{ [","] }}'])
				expect((await find(server, { tags })).approved).toEqual([]);
			expect(server.requests).toEqual([]);
		});
	});

	it('reports every issue with the filters of an item', async () => {
		await withServer(async (server) => {
			const { rejected } = await find(server, { startsFrom: 'soon', startsUntil: '2090-02-31' });
			const [{ rejection }] = jsonOf(rejected) as [{ rejection: { details: string[] } }];
			expect(rejection.details).toHaveLength(2);
			const turned = await find(server, { startsFrom: '2090-08-06', startsUntil: '2090-08-05' });
			expect(jsonOf(turned.rejected)).toMatchObject([
				{
					rejection: {
						details: ["The filter 'Starts Until' is before the filter 'Starts From'"],
					},
				},
			]);
		});
	});

	it('shows all fields of a session without Simplify', async () => {
		await withServer(async (server) => {
			server.preload({ tags: 'math,ref:deal-1' });
			const simple = await find(server);
			expect(simple.approved[0]?.json).toMatchObject({ session_reference: 'deal-1' });
			expect(simple.approved[0]?.json).not.toHaveProperty('options');
			const full = await find(server, {}, { options: { simplify: false } });
			expect(full.approved[0]?.json).toMatchObject({ tags: 'math', options: {} });
		});
	});

	it('stops the workflow or rejects the input items if a search is unsuccessful', async () => {
		await withServer(async (server) => {
			preload(server, 3);
			server.fail({
				route: 'search',
				nth: 2,
				times: 99,
				status: 400,
				body: { code: 12, details: 'No.' },
			});
			const done = await find(server);
			expect(done.thrown?.message).toMatch(/^Perculus refused to search for sessions: No\./);
			server.fail({ route: 'search', times: 99, status: 401, body: { code: 14 } });
			const onError = 'continueRegularOutput';
			const items = Array.from({ length: 9 }, (_, row) => ({ row }));
			const going = await run(server, 'getAll', items, {}, { onError });
			expect(going.approved).toEqual([]);
			expect(going.probed.rejected).toEqual(items.map(({ row }) => row));
			expect(going.hints.map(({ message }) => message)).toEqual(['9 searches rejected.']);
			expect(jsonOf(going.rejected)[0]).toMatchObject({
				outcome: 'rejected',
				rejection: { source: 'request' },
			});
		});
	});

	it("rejects the item if a page can't be read, instead of showing a shorter list", async () => {
		await withServer(
			async (server) => {
				preload(server, 12);
				const isThird = ({ body }: { body: unknown }) => (body as IDataObject).page_number === 3;
				server.fail({ route: 'search', when: isThird, times: 99, status: 502 });
				const onError = 'continueRegularOutput';
				const done = await run(server, 'getAll', [{}], { returnAll: true }, { onError });
				expect(done.approved).toEqual([]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{ rejection: { reason: 'service_unavailable', retryable: true } },
				]);
			},
			{ pageSizeMax: 4 },
		);
	});
});

describe.each(['agentRequest', 'toolInvocation'] as const)(
	'Get Many for an agent, by %s',
	(via) => {
		it('shows the agent a session found by name, or why it did not search', async () => {
			await withServer(async (server) => {
				preload(server, 2);
				const parameters = {
					operation: 'getAll',
					filters: { name: "={{ $fromAI('text', 'A part of the name', 'string') }}" },
				} as never;
				const ask = async (text: string) =>
					(await runPerculusAsTool({ server, via, input: { text }, parameters })).answer;
				expect(await ask('cs 2')).toMatchObject([{ session_guid: guidAt(2) }]);
				expect(await ask('')).toMatchObject([
					{ outcome: 'rejected', rejection: { reason: 'validation_error' } },
				]);
			});
		});
	},
);

it.each(['9999-12-30', '9999-12-31'])(
	'searches one day more on both sides, but never after 9999-12-31 (%s)',
	async (startsUntil) => {
		await withServer(async (server) => {
			server.preload({ name: 'Soon', start_date: '2030-08-05T12:00:00+03:00' });
			const filters = { startsFrom: '2030-01-01', startsUntil };
			const done = await find(server, filters);
			expect(jsonOf(done.approved)).toMatchObject([{ name: 'Soon' }]);
			for (const { body } of server.requests) {
				expect(body).toMatchObject({ begin_date: '2029-12-31', end_date: '9999-12-31' });
			}
		});
	},
);

it.each(['31.12.2030', '20301231', 'soon'])(
	'rejects the filter %s, which is not a day, with a message for Get Many',
	async (startsFrom) => {
		await withServer(async (server) => {
			const filters = { startsFrom };
			const done = await find(server, filters);
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{
					details: [
						`The filter 'Starts From' must be a day such as 2027-03-05; this item has '${startsFrom}'`,
					],
				},
			]);
			expect(server.requests).toEqual([]);
		});
	},
);
