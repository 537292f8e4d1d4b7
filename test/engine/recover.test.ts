import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer, StartOptions } from '../perculus-server';
import {
	expectNoSecrets,
	good,
	jsonOf,
	LATER,
	outcomesOf,
	runAt,
	withServer,
	ZONE,
} from './failure.setup';

jest.setTimeout(60_000);

/** Loses the answer to the batch, and runs the items. */
async function lose(
	options: StartOptions,
	items: IDataObject[],
	prepare: (server: PerculusServer) => void = () => undefined,
) {
	return await withServer(async (server) => {
		prepare(server);
		server.fail({ route: 'batch', drop: 'after' });
		const done = await runAt(server, items, {}, { onError: 'continueRegularOutput' });
		expect(server.batches()).toHaveLength(1);
		expect(server.requests.filter(({ path }) => path.endsWith('search')).length).toBeLessThan(21);
		expectNoSecrets(done);
		return { done, sessions: [...server.sessions.values()] };
	}, options);
}

const MINUTES = 60_000;
const like = { name: 'CS a', start_date: `${LATER}+03:00`, timezone: ZONE, duration: 60 };
const justNow = () => ({ creation_date: new Date(Date.now() - 1200).toISOString() });

/** A server that is slow enough to be certain at once keeps these tests short; the clock has its own. */
const FOUND: Array<[string, StartOptions, ((server: PerculusServer) => void)?]> = [
	['a search by part of the name', { nameMatch: 'partial' }],
	['a search by the whole name', { nameMatch: 'exact' }],
	[
		'pages capped at 5',
		{ pageSizeMax: 5, searchOrder: 'created' },
		(server) => Array.from({ length: 12 }, () => server.preload({ start_date: like.start_date })),
	],
	['a first page with number 0', { firstPage: 0 }],
	['an order by start', { searchOrder: 'start' }],
	['a shuffled order', { searchOrder: 'shuffled' }],
	['an end that is not included', { endDate: 'exclusive' }],
	['bounds compared as instants', { searchBounds: 'instant' }],
	['new sessions shown after a second', { visibilityDelayMs: 1000 }],
	['a clock that is five minutes ahead', { clockSkewMs: 5 * MINUTES }],
	['a clock that is five minutes behind', { clockSkewMs: -5 * MINUTES }],
	['stamps in UTC with seven decimals', { stamps: 'ticksUtc' }],
	['names that are tidied', { names: 'collapsed' }],
	[
		'one of the same values made a second before',
		{},
		(server) => server.preload({ ...like, ...justNow() }),
	],
];

describe('lost creates', () => {
	it.concurrent('are found, by their own GUIDs, with', async () => {
		const results = await Promise.all(
			FOUND.map(async ([name, options, prepare]) => ({
				name,
				...(await lose(options, [good('a'), good('b')], prepare)),
			})),
		);
		for (const { name, done, sessions } of results) {
			const own = sessions.filter(({ stored_at }) => stored_at > 0).map((one) => one.session_guid);
			const found = jsonOf(done.approved).map(({ session_guid }) => session_guid);
			expect([name, found.sort()]).toEqual([name, own.sort()]);
			expect(jsonOf(done.approved)).toMatchObject([
				{ name: 'CS a', outcome: 'created', recovered: true },
				{ name: 'CS b', outcome: 'created', recovered: true },
			]);
			expect(done.probed.approved).toEqual(['a', 'b']);
		}
	});

	it.concurrent('stay unknown, with candidates where there are any, with', async () => {
		const cases: Array<[string, StartOptions, ((server: PerculusServer) => void)?]> = [
			['a search that fails', { searchFails: 500 }],
			['a search that is not allowed', { searchFails: 403 }],
			['new sessions shown only later', { visibilityDelayMs: 60_000 }],
			['no Date header', { dateHeader: false }],
		];
		const results = await Promise.all(
			cases.map(async ([name, options]) => ({ name, ...(await lose(options, [good('a')])) })),
		);
		for (const { name, done, sessions } of results) {
			expect([name, outcomesOf(done.rejected)]).toEqual([name, ['unknown']]);
			const [{ rejection } = {}] = jsonOf(done.rejected) as Array<{ rejection?: IDataObject }>;
			expect(rejection).toMatchObject({
				source: 'request',
				reason: 'outcome_unknown',
				retryable: false,
			});
			const shown = name === 'no Date header' ? [sessions[0]?.session_guid] : [];
			expect([name, (rejection?.details as string[]).length]).toEqual([name, shown.length]);
			for (const guid of shown) expect(String(rejection?.details)).toContain(guid);
		}
	});

	it.concurrent('that were not made stay unknown, whatever was there before', async () => {
		const { done, sessions } = await withServer(async (server) => {
			server.preload({ ...like, ...justNow() });
			server.preload(like);
			server.fail({ route: 'batch', drop: 'before' });
			const run = await runAt(server, [good('a')], {}, { onError: 'continueRegularOutput' });
			return { done: run, sessions: server.sessions.size };
		});
		expect([outcomesOf(done.rejected), done.approved, sessions]).toEqual([['unknown'], [], 2]);
	});

	it.concurrent('that look alike come out in number', async () => {
		const { done, sessions } = await lose({}, [good('a'), good('a'), good('b')]);
		expect(new Set(jsonOf(done.approved).map(({ session_guid }) => session_guid)).size).toBe(3);
		expect(sessions).toHaveLength(3);
	});

	it.concurrent('let a run that is to stop go on: what exists reaches Approved', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await runAt(
				server,
				['a', 'b', 'c'].map((row) => good(row)),
				{ batchSize: 2 },
			);
			expect(done.thrown).toBeUndefined();
			expect(done.probed.approved).toEqual(['a', 'b', 'c']);
			expect([server.batches().length, server.sessions.size]).toEqual([2, 3]);
		});
	});
});

it.concurrent('two runs at once never claim more than exists', async () => {
	await withServer(async (server) => {
		const onError = 'continueRegularOutput' as const;
		// One of the two requests is applied, both answers are lost.
		server.fail({ route: 'batch', drop: 'after' }, { route: 'batch', drop: 'before' });
		const runs = await Promise.all(
			[1, 2].map(async () => await runAt(server, [good('a')], {}, { onError })),
		);
		expect(server.sessions.size).toBe(1);
		expect(runs.flatMap(({ approved }) => approved)).toHaveLength(1);
	});
});
