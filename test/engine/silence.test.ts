import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from './failure.setup';

jest.setTimeout(60_000);

const GUID = '61E3D504-0000-4000-8000-000000000001';
const SECOND = 1000;
const onError = 'continueRegularOutput' as const;

describe('a server that says nothing', () => {
	it.concurrent('leaves a create unknown, which is sent once', async () => {
		await withServer(async (server) => {
			server.fail({ hang: 'before', times: 99 });
			const done = await runAt(server, [good('a')], { timeout: 1 }, { onError });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(server.requests).toHaveLength(1);
		});
	});

	it.concurrent('is asked once more for an update, and answers then', async () => {
		await withServer(async (server) => {
			server.preload({ session_guid: GUID });
			server.fail({ route: 'batch', hang: 'before' });
			const items = [good('u', { session_guid: GUID })];
			const done = await runAt(server, items, { timeout: 1 }, { onError });
			expect(done.probed.approved).toEqual(['u']);
			expect(server.batches()).toHaveLength(2);
		});
	});
});

describe('a timeout that no timer can hold', () => {
	it.concurrent.each([2_147_484, 3_600_000, 1e12, Infinity])('%d seconds', async (timeout) => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 300 });
			const given: IDataObject = { timeout: `={{ ${timeout} }}` };
			const done = await runAt(server, [good('a')], given);
			expect(jsonOf(done.approved)).toMatchObject([{ name: 'CS a' }]);
			expect(server.sessions.size).toBe(1);
		});
	});
});

describe('the user presses stop while', () => {
	const hangs: Array<[string, Fault[]]> = [
		['the batch is under way', [{ route: 'batch', hang: 'after' }]],
		['a search is under way', [{ route: 'search', hang: 'before' }]],
		['the server is busy', [{ route: 'batch', status: 429, headers: { 'Retry-After': '50' } }]],
	];
	it.concurrent.each(hangs)('%s', async (_, faults) => {
		await withServer(async (server) => {
			server.fail(...faults);
			const started = Date.now();
			const items = [
				faults[0]?.route === 'search' ? good('a', { session_reference: 'a' }) : good('a'),
			];
			const done = await runAt(server, items, { timeout: 60 }, { onError, cancel: 700 });
			expect(done.status).toBe('canceled');
			expect(done.approved).toEqual([]);
			expect(Date.now() - started).toBeLessThan(2 * SECOND);
			const { length } = server.requests;
			expect(length).toBe(faults.length);
		});
	});
});
