import type { IDataObject } from 'n8n-workflow';

import { nextWait } from '../harness/clock';
import {
	guidsOf,
	hintsOf,
	jsonOf,
	rejectionsOf,
	row,
	run,
	withServer,
	type Server,
} from '../harness/references';

const rows = (count: number, prefix = 'r') =>
	Array.from({ length: count }, (_, i) => row(`${prefix}${String(i).padStart(5, '0')}`));
const outcomesOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.outcome);
const own = (server: Server) => server.requestsTo('search').map(({ body }) => body as IDataObject);

describe('Number of searches', () => {
	it('twenty items need twenty searches, and twenty more after creating', async () => {
		await withServer({}, async (server) => {
			server.preload({ name: 'Other' });
			await run(server, rows(20));
			const references = own(server).filter(({ tags }) => tags !== undefined);
			expect(references.filter(({ page_number }) => page_number !== 0)).toHaveLength(40);
			// The number of the first page is detected once.
			expect(own(server).length).toBeLessThanOrEqual(42);
			expect(own(server).filter(({ page_number }) => page_number === 0)).toHaveLength(1);
			expect(server.maxInFlight('search')).toBeLessThanOrEqual(4);
			server.requests.length = 0;
			await run(server, rows(20));
			expect(own(server)).toHaveLength(20);
		});
	});

	it('a thousand existing items need at most 12 searches', async () => {
		await withServer({}, async (server) => {
			await run(server, rows(1000));
			server.requests.length = 0;
			const done = await run(server, rows(1000));
			expect(new Set(outcomesOf(done.approved))).toEqual(new Set(['updated']));
			expect(own(server).length).toBeLessThanOrEqual(12);
		});
	});

	it('items with a GUID or without a reference need no search', async () => {
		await withServer({}, async (server) => {
			const guid = server.preload({ name: 'Known' }).session_guid;
			const { session_reference: _, ...plain } = row('x');
			await run(server, [{ session_guid: guid, duration: 45 }, plain]);
			expect(own(server)).toEqual([]);
		});
	});
});

describe('A search that is unsuccessful', () => {
	it('Continue sends nothing, and rejects each item with its reason', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'search', status: 401, times: 99 });
			const guid = server.preload({ name: 'Known' }).session_guid;
			const items = [row('a'), { session_guid: guid, duration: 45 }, row('b', { duration: 1 })];
			const done = await run(server, items, {}, { onError: 'continueRegularOutput' });
			expect(server.requestsTo('batch')).toEqual([]);
			expect(done.approved).toEqual([]);
			expect(rejectionsOf(done.rejected).map(({ source, reason }) => [source, reason])).toEqual([
				['request', 'unauthorized'],
				['request', 'unauthorized'],
				['check', 'validation_error'],
			]);
		});
	});

	it('Continue (using error output) outputs the items at Error', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'search', status: 403, times: 99 });
			const done = await run(server, [row('a')], {}, { onError: 'continueErrorOutput' });
			expect(jsonOf(done.error)).toMatchObject([
				{ details: { reason: 'unauthorized', outcome: 'rejected' } },
			]);
			expect(done.rejected).toEqual([]);
		});
	});

	it('Stop Workflow stops the run and sends nothing', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'search', status: 401, times: 99 });
			const done = await run(server, [row('a')]);
			expect(done.thrown?.message).toMatch(/didn't accept the credential/);
			expect(server.requestsTo('batch')).toEqual([]);
		});
	});

	it('a search is sent again after HTTP 500, and in the end Perculus counts as unavailable', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'search', status: 500, times: 2 });
			expect((await run(server, [row('a')])).approved).toHaveLength(1);
			server.fail({ route: 'search', status: 500, times: 99 });
			const done = await run(server, [row('b')], {}, { onError: 'continueRegularOutput' });
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{ source: 'request', reason: 'service_unavailable', retryable: true },
			]);
			expect(outcomesOf(done.rejected)).toEqual(['rejected']);
		});
	});
});

describe('Search after creating', () => {
	it('warns about a second session with the same reference, with its GUID', async () => {
		await withServer({}, async (server) => {
			let other = '';
			server.fail({
				route: 'batch',
				when: () => {
					other = server.preload({ name: 'Of another worker', tags: 'ref:a' }).session_guid;
					return false;
				},
				status: 500,
			});
			const done = await run(server, [row('a'), row('b')]);
			const [a, b] = jsonOf(done.approved);
			expect(a?.warnings).toEqual([expect.stringContaining(other)]);
			expect(b).not.toHaveProperty('warnings');
		});
	});

	it('waits for a slow search, without a warning', async () => {
		await withServer({ searchLag: 1 }, async (server) => {
			const done = await run(server, [row('a')]);
			expect(jsonOf(done.approved)[0]).not.toHaveProperty('warnings');
		});
	});

	it('warns if the search is unsuccessful, and still approves the session', async () => {
		await withServer({}, async (server) => {
			server.fail({
				route: 'search',
				when: () => server.requestsTo('batch').length > 0,
				status: 401,
				times: 99,
			});
			const done = await run(server, [row('a')]);
			expect(jsonOf(done.approved)).toMatchObject([
				{ outcome: 'created', warnings: [expect.stringMatching(/could not be looked up/)] },
			]);
		});
	});
});

describe('A session created by this process counts as found', () => {
	it('a created session is found even if no search shows it, until it is deleted', async () => {
		await withServer({ searchLag: Infinity }, async (server) => {
			const first = await run(server, [row('a')]);
			expect(jsonOf(first.approved)[0]?.warnings).toHaveLength(1);
			const second = await run(server, [row('a')]);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
			expect(outcomesOf(second.approved)).toEqual(['updated']);
			server.sessions.clear();
			const third = await run(server, [row('a')]);
			expect(outcomesOf(third.approved)).toEqual(['created']);
		});
	});

	it("a page with 404 doesn't count as deleted, so no second session is created", async () => {
		await withServer({ searchLag: 1000 }, async (server) => {
			const [created] = guidsOf((await run(server, [row('a')])).approved);
			server.fail({ route: 'get', status: 404, body: '<html>Not found</html>', times: 9 });
			const done = await run(server, [row('a')], {}, { onError: 'continueRegularOutput' });
			expect(rejectionsOf(done.rejected)).toMatchObject([{ source: 'request', code: null }]);
			expect(server.batches()).toHaveLength(1);
			server.faults.length = 0;
			expect(guidsOf((await run(server, [row('a')])).approved)).toEqual([created]);
		});
	});

	it("a Delete that Perculus did not confirm doesn't make the session count as deleted", async () => {
		await withServer({ searchLag: 1000 }, async (server) => {
			const [created] = guidsOf((await run(server, [row('a')])).approved);
			server.fail({ route: 'delete', status: 502, times: 9 });
			const session = { __rl: true, mode: 'guid', value: String(created) };
			const onError = 'continueRegularOutput';
			const deleted = await run(server, [{}], { operation: 'delete', session }, { onError });
			expect(deleted.approved).toEqual([]);
			const done = await run(server, [row('a')]);
			expect(guidsOf(done.approved)).toEqual([created]);
			expect(outcomesOf(done.approved)).toEqual(['updated']);
		});
	});

	it('an added tag changes nothing, but without its reference a session is created again', async () => {
		await withServer({ searchLag: 1000 }, async (server) => {
			const [created] = guidsOf((await run(server, [row('a')])).approved);
			const setTags = (tags: string) => {
				for (const stored of server.sessions.values()) stored.tags = tags;
			};
			setTags('new,ref:a');
			expect(guidsOf((await run(server, [row('a')])).approved)).toEqual([created]);
			setTags('new');
			expect(outcomesOf((await run(server, [row('a')])).approved)).toEqual(['created']);
		});
	});
});

describe('A lost response', () => {
	it('sessions whose response is lost are found by their references', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await run(server, [row('a'), row('b')]);
			expect(jsonOf(done.approved)).toMatchObject([
				{ outcome: 'created', recovered: true, session_reference: 'a' },
				{ outcome: 'created', recovered: true, session_reference: 'b' },
			]);
			expect(server.sessions.size).toBe(2);
		});
	});

	it('an item that was never saved is unknown, and the next run creates it once', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'batch', drop: 'before' });
			const done = await run(server, [row('a')], {}, { onError: 'continueRegularOutput' });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			const again = await run(server, jsonOf(done.rejected));
			expect(outcomesOf(again.approved)).toEqual(['created']);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('Retry On Fail creates a session once after a lost response', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'batch', drop: 'before' });
			const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
			const done = await run(server, [row('a')], {}, retry);
			expect(outcomesOf(done.approved)).toEqual(['created']);
			expect(server.sessions.size).toBe(1);
		});
	});
});

/** Delays the response to the next batch until it is released. */
function hold(server: Server): { begun: Promise<void>; release: () => void } {
	let release = () => {};
	const until = new Promise<void>((resolve) => (release = resolve));
	server.fail({ route: 'batch', until });
	return { begun: server.arrival(1, 'batch'), release };
}

describe('Two runs of one process', () => {
	it('runs with the same references create each session once', async () => {
		await withServer({ latencyMs: 30 }, async (server) => {
			const [one, two] = await Promise.all([run(server, rows(5)), run(server, rows(5).reverse())]);
			expect(server.sessions.size).toBe(5);
			expect([...outcomesOf(one.approved), ...outcomesOf(two.approved)].sort()).toEqual([
				...Array<string>(5).fill('created'),
				...Array<string>(5).fill('updated'),
			]);
		});
	});

	it('eight runs with shared references finish and create each session once', async () => {
		await withServer({ latencyMs: 10 }, async (server) => {
			const runs = Array.from({ length: 8 }, (_, i) =>
				run(server, [row(`x${i % 3}`), row(`x${(i + 1) % 3}`), row(`y${i}`)]),
			);
			await Promise.all(runs);
			expect(server.sessions.size).toBe(3 + 8);
		});
	});

	it("runs with different references don't wait for each other", async () => {
		await withServer({}, async (server) => {
			const slow = hold(server);
			const first = run(server, [row('slow')]);
			await slow.begun;
			expect(outcomesOf((await run(server, [row('quick')])).approved)).toEqual(['created']);
			slow.release();
			expect(outcomesOf((await first).approved)).toEqual(['created']);
		});
	});

	it("a run that is canceled while it waits doesn't block the next one", async () => {
		await withServer({}, async (server) => {
			const slow = hold(server);
			const first = run(server, [row('a')]);
			await slow.begun;
			const second = run(server, [row('a')], {}, { cancel: nextWait() });
			const third = run(server, [row('a')]);
			expect((await second).status).toBe('canceled');
			slow.release();
			expect(outcomesOf((await first).approved)).toEqual(['created']);
			expect(outcomesOf((await third).approved)).toEqual(['updated']);
			expect(server.sessions.size).toBe(1);
		});
	});

	it("a run that throws doesn't block the next one", async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'batch', status: 401 });
			expect((await run(server, [row('a')])).thrown).toBeDefined();
			expect(outcomesOf((await run(server, [row('a')])).approved)).toEqual(['created']);
		});
	});
});

it('Dry Run searches, sends nothing, and shows what would be saved', async () => {
	await withServer({}, async (server) => {
		const guid = server.preload({ name: 'Known', tags: 'ref:a' }).session_guid;
		const options = { dryRun: true };
		const done = await run(server, [row('a'), row('b'), row('b')], { options });
		expect(server.requestsTo('batch')).toEqual([]);
		expect(jsonOf(done.approved)).toMatchObject([
			{ outcome: 'would_update', session_guid: guid, session_reference: 'a' },
			{ outcome: 'would_create', session_reference: 'b', start_date: '2030-08-05T12:00:00+03:00' },
		]);
		expect(done.rejected).toHaveLength(1);
		expect(hintsOf(done)).toContainEqual(expect.stringMatching(/Nothing was written/));
	});
});
