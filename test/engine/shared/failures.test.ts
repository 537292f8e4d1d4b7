import type { OnError } from 'n8n-workflow';

import type { PerculusServer } from '../../perculus-server';
import { startPerculusServer } from '../../perculus-server';
import type { EngineRun } from '../harness';
import { nextWait, waited } from '../harness/clock';
import { faultCases, soon, type FaultCase } from '../harness/faults';
import { expectNoSecrets, good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';

let elsewhere: PerculusServer;
beforeAll(async () => {
	elsewhere = await startPerculusServer();
});
afterAll(async () => await elsewhere.stop());

const MODES: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
const ITEMS = [good('a'), good('b', { duration: 1 })];

/** Runs one case in one mode: its outcome, and the number of requests. */
async function meet(met: FaultCase, onError: OnError) {
	const { fault, credentials = {} } = met;
	return await withServer(async (server) => {
		if (fault) server.fail({ route: 'batch', times: 99, ...fault });
		const done = await runAt(server, ITEMS, soon(met), { onError, credentials });
		return { done, requests: server.requests.length, onError };
	});
}

function expectStop(done: EngineRun, { applied, status }: FaultCase) {
	expect(done.status).toBe('error');
	expect(done.thrown).toMatchObject({
		name: 'NodeApiError',
		message: expect.stringMatching(/^[A-Z'].+\.$/) as string,
		context: { itemIndex: 0 },
	});
	if (status) expect(done.thrown?.httpCode).toBe(status);
	expect(/Check in Perculus/.test(done.thrown?.message ?? '')).toBe(applied === 'unknown');
	expect(done.thrown?.description).toMatch(
		applied === 'unknown' ? /^1 of 2 sessions may have been saved/ : /^No session was saved/,
	);
	expect([...done.approved, ...done.rejected, ...done.error]).toEqual([]);
}

function expectItem(done: EngineRun, fault: FaultCase, onError: OnError) {
	const { reason } = fault;
	const outcome = fault.applied === 'no' ? 'rejected' : 'unknown';
	const retryable =
		fault.applied === 'no' && ['rate_limited', 'service_unavailable'].includes(reason);
	expect(done.thrown).toBeUndefined();
	expect(done.approved).toEqual([]);
	const session = { name: 'CS a', duration: 60 };
	if (onError === 'continueErrorOutput') {
		expect(done.probed).toEqual({ approved: [], rejected: ['b'], error: ['a'] });
		const details = { reason, outcome, retryable, session };
		expect(jsonOf(done.error)).toMatchObject([{ error: expect.any(String) as string, details }]);
	} else {
		expect(done.probed).toEqual({ approved: [], rejected: ['a', 'b'], error: [] });
		const rejection = {
			source: 'request',
			reason,
			retryable,
			message: expect.any(String) as string,
		};
		expect(jsonOf(done.rejected)).toMatchObject([
			{ outcome, session, rejection },
			{ outcome: 'rejected', rejection: { source: 'check' } },
		]);
	}
}

describe('A failed request', () => {
	it.each(faultCases({ url: 'http://localhost' }).map(({ name }) => name))(
		'stops the run or reports the outcome on the item, for each On Error setting: %s',
		async (name) => {
			const fault = faultCases(elsewhere).find((one) => one.name === name) as FaultCase;
			for (const { done, requests, onError } of await Promise.all(
				MODES.map(async (mode) => await meet(fault, mode)),
			)) {
				expect(requests).toBe(fault.requests ?? 1);
				if (onError === 'stopWorkflow') expectStop(done, fault);
				else expectItem(done, fault, onError);
				expectNoSecrets(done);
			}
			expect(elsewhere.requests).toEqual([]);
		},
	);
});

describe('A request that is successful in the end', () => {
	it('sends creates again after 429 and 503 with Retry-After, because nothing was saved', async () => {
		await withServer(async (server) => {
			const headers = { 'Retry-After': '0' };
			server.fail({ status: 429, headers }, { status: 503, headers });
			const done = await runAt(server, [good('a')]);
			expect(done.probed.approved).toEqual(['a']);
			expect([server.batches().length, server.sessions.size]).toEqual([3, 1]);
		});
	});

	it('accepts a body that takes longer than the timeout to arrive', async () => {
		await withServer(async (server) => {
			server.fail({ trickleMs: 2 });
			const done = await runAt(server, [good('a')], { timeout: 1 });
			expect(done.probed.approved).toEqual(['a']);
			expect(done.executionMs).toBeGreaterThan(1000);
		});
	});

	it('sends smaller requests after 413, and rejects sessions that are too large by themselves', async () => {
		await withServer(
			async (server) => {
				const done = await runAt(
					server,
					['a', 'b', 'c'].map((row) => good(row)),
				);
				expect(done.probed.approved).toEqual(['a', 'b', 'c']);
				expect(server.sessions.size).toBe(3);
			},
			{ batchLimit: 1, batchLimitStatus: 413 },
		);
		await withServer(
			async (server) => {
				const done = await runAt(
					server,
					['a', 'b'].map((row) => good(row)),
				);
				expect(done.thrown).toBeUndefined();
				expect(jsonOf(done.rejected)).toMatchObject(
					['a', 'b'].map(() => ({ rejection: { reason: 'request_refused' } })),
				);
			},
			{ batchLimit: 0, batchLimitStatus: 413 },
		);
	});
});

describe('A request that fails after a successful one (Batch Size)', () => {
	const FIVE = ['a', 'b', 'c', 'd', 'e'].map((row) => good(row));
	const cases = ['401', 'a connection lost after applying'];

	it.each(cases)('keeps saved items in Approved and sends no further request: %s', async (name) => {
		const fault = faultCases(elsewhere).find((one) => one.name === name) as FaultCase;
		await Promise.all(
			MODES.map(async (onError) => {
				await withServer(async (server) => {
					server.fail({ route: 'batch', delayMs: 1 }, { route: 'batch', ...fault.fault });
					const done = await runAt(server, FIVE, { ...soon(fault), batchSize: 2 }, { onError });

					expect(done.thrown).toBeUndefined();
					expect(done.probed.approved).toEqual(['a', 'b']);
					expect(server.batches()).toHaveLength(2);
					const failed = onError === 'continueErrorOutput' ? 'error' : 'rejected';
					expect(done.probed[failed]).toEqual(['c', 'd', 'e']);
					const all = JSON.stringify(jsonOf(done[failed]));
					expect(all.match(/"outcome":"unknown"/g)?.length ?? 0).toBe(
						fault.applied === 'no' ? 0 : 2,
					);
					const isDanger = done.hints.some(({ message }) =>
						message.includes('sessions were saved before a request was unsuccessful'),
					);
					expect(isDanger).toBe(onError === 'stopWorkflow');
				});
			}),
		);
	});

	it('marks items that were not sent any more as retryable', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'before' });
			const onError = 'continueRegularOutput';
			const done = await runAt(server, FIVE, { batchSize: 4 }, { onError });
			const rejection = { source: 'request', reason: 'service_unavailable', retryable: true };
			expect(jsonOf(done.rejected)[4]).toMatchObject({ outcome: 'rejected', rejection });
		});
	});
});

describe('Updates', () => {
	const GUID = '61E3D504-0000-4000-8000-000000000001';
	const update = good('u', { session_guid: GUID });
	const onError = 'continueRegularOutput' as const;
	const withStored = async (use: (server: PerculusServer) => Promise<void>) =>
		await withServer(async (server) => {
			server.preload({ session_guid: GUID });
			await use(server);
		});

	it.concurrent(
		'updates without a response are sent again, without the creates of the same request',
		async () => {
			await withStored(async (server) => {
				server.fail({ route: 'batch', drop: 'after' });
				const done = await runAt(server, [update, good('c')]);
				expect(done.probed).toMatchObject({ approved: ['u'], rejected: ['c'] });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(server.batches().map((batch) => batch.map(({ name }) => name))).toEqual([
					['CS u', 'CS c'],
					['CS u'],
				]);
				expect(server.sessions.size).toBe(2);
			});
		},
	);

	it('updates are unknown after HTTP 500 in three requests', async () => {
		await withStored(async (server) => {
			server.fail({ route: 'batch', status: 500, times: 9 });
			const before = waited();
			const done = await runAt(server, [update], {}, { onError });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(server.batches()).toHaveLength(3);
			expect(waited() - before).toBeGreaterThanOrEqual(3000);
		});
	});

	it.concurrent.each([32, 53, 60])(
		'updates rejected with HTTP 500 and code %d are not sent again',
		async (code) => {
			await withStored(async (server) => {
				server.fail({ route: 'batch', status: 500, body: { code, details: 'x' }, times: 9 });
				const done = await runAt(server, [update], {}, { onError });
				expect(jsonOf(done.rejected)).toMatchObject([{ outcome: 'unknown', rejection: { code } }]);
				expect(server.batches()).toHaveLength(1);
			});
		},
	);

	it.concurrent('updates rejected only when sent again are unknown', async () => {
		await withStored(async (server) => {
			server.set({ refuse: () => (server.batches().length > 1 ? { code: 15 } : null) });
			server.fail({ route: 'batch', drop: 'after' });
			const done = await runAt(server, [update], {}, { onError });
			const rejection = { reason: 'incompatible_values', retryable: false };
			expect(jsonOf(done.rejected)).toMatchObject([{ outcome: 'unknown', rejection }]);
		});
	});

	it.concurrent(
		'a run that updates stop says that another run sends the same changes again',
		async () => {
			await withStored(async (server) => {
				server.fail({ route: 'batch', status: 500, body: { code: 32 }, times: 9 });
				const done = await runAt(server, [update]);
				expect(done.thrown?.description).toContain('sends the same changes again');
			});
		},
	);
});

describe('Settings of n8n', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('Retry On Fail repeats requests that certainly saved nothing', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', status: 401 }, { route: 'batch', status: 403 });
			const done = await runAt(server, [good('a')], {}, retry);
			expect(done.probed.approved).toEqual(['a']);
			expect([server.batches().length, server.sessions.size]).toEqual([3, 1]);
		});
	});

	it('Retry On Fail never repeats creates that may exist, for any On Error setting', async () => {
		const unknown = faultCases(elsewhere).filter(({ applied }) => applied === 'unknown');
		await Promise.all(
			MODES.flatMap((onError) =>
				unknown.map(async (met) => {
					await withServer(async (server) => {
						server.fail({ route: 'batch', times: 99, ...met.fault });
						const done = await runAt(server, [good('a')], soon(met), { ...retry, onError });
						expect(server.batches()).toHaveLength(1);
						expect(done.approved).toEqual([]);
						expect([...done.rejected, ...done.error]).toHaveLength(1);
					});
				}),
			),
		);
	});

	it('Always Output Data adds an empty item to Approved if all items were rejected, as n8n does', async () => {
		await withServer(async (server) => {
			const items = [good('a', { duration: 1 })];
			const done = await runAt(server, items, {}, { alwaysOutputData: true });
			expect(jsonOf(done.approved)).toEqual([{}]);
			expect(done.probed.rejected).toEqual(['a']);
			const more = await runAt(server, [...items, good('b')], {}, { alwaysOutputData: true });
			expect(more.probed).toMatchObject({ approved: ['b'], rejected: ['a'] });
		});
	});

	it.each([-1, 0, 'two', '2', 1.5, null])(
		"a Batch Size or Timeout of %j doesn't keep items from being saved",
		async (value) => {
			await withServer(async (server) => {
				const given = `={{ ${JSON.stringify(value)} }}`;
				const items = ['a', 'b', 'c'].map((row) => good(row));
				const done = await runAt(server, items, { batchSize: given, timeout: given });
				expect(done.probed.approved).toEqual(['a', 'b', 'c']);
			});
		},
	);

	it("an option that can't be read stops the run or rejects all items", async () => {
		await withServer(async (server) => {
			const options = { batchSize: "={{ $('Nowhere').item.json.size }}" };
			const stopped = await runAt(server, ITEMS, options);
			expect(stopped.status).toBe('error');
			for (const onError of MODES.slice(1)) {
				const done = await runAt(server, ITEMS, options, { onError });
				expect(done.probed).toEqual({ approved: [], rejected: ['a', 'b'], error: [] });
			}
			expect(server.requests).toEqual([]);
		});
	});
});

describe('A run that the user stops', () => {
	it('a stopped run ends before an update is sent again, and before a search for a lost create', async () => {
		const GUID = '61E3D504-0000-4000-8000-000000000001';
		for (const item of [good('u', { session_guid: GUID }), good('c', { session_reference: 'c' })]) {
			await withServer(async (server) => {
				server.fail({ route: 'batch', drop: 'before', times: 9 });
				const onError = 'continueRegularOutput';
				const done = await runAt(server, [item], {}, { onError, cancel: nextWait() });
				expect(done.status).toBe('canceled');
				expect(done.approved).toEqual([]);
				expect(server.batches()).toHaveLength(1);
			});
		}
	});
});
