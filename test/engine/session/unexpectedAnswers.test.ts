import type { IDataObject } from 'n8n-workflow';

import { byGuid } from '../harness/attendees';
import { guidsOf, jsonOf, rejectionsOf, row, run, sentTo, withServer } from '../harness/references';

describe('A response with another session', () => {
	it('rejects the item if Perculus responds to Get with another session', async () => {
		await withServer({}, async (server) => {
			const { session_guid: id } = server.preload({ name: 'Mine' });
			const { session_guid } = server.preload({ name: 'Other' });
			server.fail({ route: 'get', status: 200, body: { session_guid, name: 'Other' }, times: 9 });
			const parameters = { operation: 'get', session: byGuid('={{ $json.id }}') };
			const onError = 'continueRegularOutput';
			const done = await run(server, [{ id }], parameters, { onError });
			expect(done.approved).toEqual([]);
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{ source: 'request', reason: 'service_unavailable' },
			]);
		});
	});

	it('sends no item again if the response about its earlier session is another session', async () => {
		await withServer({}, async (server) => {
			const [made] = guidsOf((await run(server, [row('a')])).approved);
			const other = server.preload({ name: 'Other', tags: 'ref:a' });
			const body = { session_guid: other.session_guid, tags: 'ref:a', status: 1 };
			server.fail({ route: 'search', status: 200, body: [], times: 9 });
			server.fail({ route: 'get', status: 200, body, times: 9 });
			const before = sentTo(server).length;
			const done = await run(server, [row('a')], {}, { onError: 'continueRegularOutput' });
			expect(rejectionsOf(done.rejected)).toMatchObject([{ reason: 'service_unavailable' }]);
			expect(sentTo(server)).toHaveLength(before);
			server.faults.length = 0;
			server.sessions.delete(String(other.session_guid));
			expect(guidsOf((await run(server, [row('a')])).approved)).toEqual([made]);
		});
	});
});

it.each<[string, unknown]>([
	['={{ $now }}', expect.any(String)],
	['={{ NaN }}', 'NaN'],
	['={{ ({ a: 1 }) }}', { a: 1 }],
	['={{ 7 }}', 7],
])('a Rejected item shows the session value %s as JSON can hold it', async (value, shown) => {
	await withServer({}, async (server) => {
		const done = await run(server, [{}], { operation: 'delete', session: byGuid(value) });
		expect(jsonOf(done.rejected).map(({ session_guid }) => session_guid)).toEqual([shown]);
		expect(server.requests).toEqual([]);
	});
});

describe('A reference written by an update', () => {
	const slow = (server: Parameters<Parameters<typeof withServer>[1]>[0]) =>
		server.fail({ route: 'search', status: 200, body: [], times: 99 });
	const update = (session_guid: string): IDataObject => ({
		session_guid,
		session_reference: 'new',
		tags: 'math',
	});

	it("finds the updated session by its reference even if the search doesn't show it yet", async () => {
		await withServer({}, async (server) => {
			const { session_guid } = server.preload({ name: 'Known', tags: 'math' });
			await run(server, [update(session_guid)]);
			slow(server);
			const done = await run(server, [row('new')]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated', session_guid }]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('creates a session for a reference that a later update has replaced', async () => {
		await withServer({}, async (server) => {
			const { session_guid } = server.preload({ name: 'Known', tags: 'math' });
			await run(server, [update(session_guid)]);
			await run(server, [{ ...update(session_guid), session_reference: 'newer' }]);
			const done = await run(server, [row('new'), row('newer')]);
			expect(jsonOf(done.approved)).toMatchObject([
				{ outcome: 'created', session_reference: 'new' },
				{ outcome: 'updated', session_guid, session_reference: 'newer' },
			]);
		});
	});

	it("creates a session for the reference of an update without tags, which wasn't written", async () => {
		await withServer({}, async (server) => {
			const { session_guid } = server.preload({ name: 'Known', tags: 'math' });
			await run(server, [{ session_guid, session_reference: 'new', duration: 90 }]);
			const done = await run(server, [row('new')]);
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'created' }]);
			expect(server.requestsTo('get')).toEqual([]);
		});
	});
});

it('rejects an item whose deleted session the search still shows, and creates it in the next run', async () => {
	await withServer({}, async (server) => {
		const [guid] = guidsOf((await run(server, [row('a')])).approved);
		const session = { __rl: true, mode: 'reference', value: 'a' };
		await run(server, [{}], { operation: 'delete', session });
		const body = [{ session_guid: guid, status: 1, tags: 'ref:a' }];
		server.fail({ route: 'search', status: 200, body: body as never });
		const done = await run(server, [row('a')]);
		expect(rejectionsOf(done.rejected)).toMatchObject([{ source: 'perculus', code: 30 }]);
		const next = await run(server, [row('a')]);
		expect(jsonOf(next.approved)).toMatchObject([{ outcome: 'created', session_reference: 'a' }]);
		expect(server.sessions.size).toBe(1);
	});
});
