import { setTimeout } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../perculus-server';
import { nextWait } from '../harness/clock';
import { HOUR } from '../harness/faults';
import { preload, run } from '../harness/sessions';
import { good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';
import type { EngineRun } from '../harness';

const GUID = '61E3D504-0000-4000-8000-000000000001';
const SECOND = 1000;
const onError = 'continueRegularOutput' as const;

const rejectionOf = ({ rejected }: EngineRun, index: number) =>
	rejected[index]?.json.rejection as IDataObject;

describe('a request without a response in time', () => {
	it.concurrent('leaves a create unknown, which is sent once', async () => {
		await withServer(async (server) => {
			server.fail({ hang: 'before', times: 99 });
			const done = await runAt(server, [good('a')], { timeout: HOUR }, { onError });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(rejectionOf(done, 0).message).toContain("Perculus didn't respond in time.");
			expect(server.requests).toHaveLength(1);
		});
	});

	it.concurrent('is not repeated for an update', async () => {
		await withServer(async (server) => {
			server.preload({ session_guid: GUID });
			server.fail({ route: 'batch', hang: 'before' });
			const items = [good('u', { session_guid: GUID })];
			const done = await runAt(server, items, { timeout: HOUR }, { onError });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it.concurrent('ends the sending: the rest was not sent, and can be sent again', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', hang: 'before' });
			const items = ['a', 'b', 'c'].map((row) => good(row));
			const done = await runAt(server, items, { timeout: HOUR, batchSize: 1 }, { onError });
			expect(server.batches()).toHaveLength(1);
			expect(outcomesOf(done.rejected)).toEqual(['unknown', 'rejected', 'rejected']);
			for (const index of [1, 2]) {
				expect(rejectionOf(done, index)).toMatchObject({
					source: 'request',
					reason: 'service_unavailable',
					retryable: true,
					message: expect.stringMatching(/^Not sent/) as string,
				});
			}
		});
	});

	it.concurrent('ends the sending also where the search finds what was created', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', hang: 'after' });
			const items = ['a', 'b'].map((row) => good(row, { session_reference: row }));
			const done = await runAt(server, items, { timeout: HOUR, batchSize: 1 }, { onError });
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'a', recovered: true }]);
			expect(outcomesOf(done.rejected)).toEqual(['rejected']);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it.concurrent('does not say that anything was rejected where all was found', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', hang: 'after' });
			const done = await runAt(server, [good('a', { session_reference: 'a' })], { timeout: HOUR });
			expect(jsonOf(done.approved)).toMatchObject([{ recovered: true }]);
			expect(done.hints.map(({ type }) => type)).not.toContain('danger');
		});
	});

	it.concurrent('begins no further Get, and reads nothing twice', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 12);
			server.fail({ route: 'get', hang: 'before', times: 99 });
			const parameters = { options: { timeout: HOUR } };
			const items = ids.map((id) => ({ id }));
			const done = await run(server, 'get', items, parameters, { onError });
			expect(server.requests).toHaveLength(4);
			expect(done.rejected).toHaveLength(12);
			for (const { json } of done.rejected) {
				expect(json).toMatchObject({
					outcome: 'rejected',
					rejection: { reason: 'service_unavailable', retryable: true },
				});
			}
		});
	});
});

describe('a request that never ends though it is not silent', () => {
	/** A clock that goes a hundred times as fast, for deadlines only. */
	const deadlines: number[] = [];
	beforeEach(() => {
		deadlines.length = 0;
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
			deadlines.push(milliseconds);
			return timeout(milliseconds / 100);
		});
	});
	afterEach(() => jest.restoreAllMocks());

	it.each<[string, Fault]>([
		[
			'opens another protocol',
			{ status: 101, headers: { Connection: 'Upgrade', Upgrade: 'websocket' } },
		],
		['trickles', { trickleMs: 500 }],
	])('ends at ten times the timeout where it %s', async (_, fault) => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', ...fault });
			// Without a deadline nothing else would end the run, nor this process.
			const cancel = setTimeout(60 * SECOND, undefined, { ref: false });
			const done = await runAt(server, [good('a')], { timeout: 30 }, { onError, cancel });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(deadlines).toEqual([300 * SECOND]);
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
	it.each(hangs)('%s', async (_, faults) => {
		await withServer(async (server) => {
			server.fail(...faults);
			const items = [
				faults[0]?.route === 'search' ? good('a', { session_reference: 'a' }) : good('a'),
			];
			const cancel = faults[0]?.hang ? server.arrival() : nextWait();
			const done = await runAt(server, items, { timeout: 60 }, { onError, cancel });
			expect(done.status).toBe('canceled');
			expect(done.approved).toEqual([]);
			const { length } = server.requests;
			expect(length).toBe(faults.length);
		});
	});
});
