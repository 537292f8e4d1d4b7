import type { IDataObject } from 'n8n-workflow';

import { good, jsonOf, runAt, withServer, ZONE } from '../harness/setup';
import { mapping, runPerculus, runPerculusAsTool } from '../harness';
import { UNKNOWN } from '../harness/sessions';

const CHECK = { dryRun: true };

describe('Dry Run', () => {
	it.each(['upsert', 'create', 'update'])(
		'sends nothing with %s and shows what would be created or updated',
		async (operation) => {
			await withServer(async (server) => {
				const { session_guid } = server.preload({ name: 'Known' });
				const items = [good('new'), { row: 'old', session_guid, duration: 90 }, { row: 'bad' }];
				const done = await runAt(server, items, CHECK, {
					parameters: { operation, options: CHECK },
				});
				expect(server.requests).toEqual([]);
				const outcomes = jsonOf(done.approved).map(({ outcome }) => outcome);
				expect(outcomes).toEqual(
					{
						upsert: ['would_create', 'would_update'],
						create: ['would_create'],
						update: ['would_update'],
					}[operation],
				);
				const rows = { upsert: ['new', 'old'], create: ['new'], update: ['old'] };
				expect(done.probed.approved).toEqual(rows[operation as keyof typeof rows]);
				expect(done.approved.length + done.rejected.length).toBe(3);
				expect(jsonOf(done.rejected).at(-1)).toMatchObject({
					outcome: 'rejected',
					rejection: { source: 'check', reason: 'validation_error' },
					session: {},
				});
				expect(done.hints).toContainEqual({
					type: 'warning',
					location: 'outputPane',
					message: expect.stringMatching(/^Nothing was written, /) as string,
				});
			});
		},
	);

	it('Dry Run is off by default', async () => {
		await withServer(async (server) => {
			const done = await runAt(server, [good('a')]);
			expect(done.approved[0]?.json.outcome).toBe('created');
			const off = await runAt(server, [good('b')], { dryRun: false });
			expect(off.approved[0]?.json.outcome).toBe('created');
			expect(server.sessions.size).toBe(2);
		});
	});

	it.each(['true', 'yes', 1, ' TRUE '])(
		'an expression that gives %j turns Dry Run on',
		async (given) => {
			await withServer(async (server) => {
				const done = await runAt(server, [{ ...good('a'), dry: given }], {
					dryRun: '={{ $json.dry }}',
				});
				expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'would_create' }]);
				expect(server.sessions.size).toBe(0);
			});
		},
	);

	it.each([true, 'evet', 'maybe', 2, { a: 1 }])(
		'one item that gives %j turns Dry Run on for the whole run',
		async (given) => {
			await withServer(async (server) => {
				const items = [good('a'), { ...good('b'), dry: false }, { ...good('c'), dry: given }];
				for (const dryRun of ['={{ $json.dry }}', '={{ [$json.dry][0] }}']) {
					const done = await runAt(server, items, { dryRun });
					expect(jsonOf(done.approved).map(({ outcome }) => outcome)).toEqual([
						'would_create',
						'would_create',
						'would_create',
					]);
				}
				expect(server.requests).toEqual([]);
			});
		},
	);

	it("an expression that doesn't work for one item turns Dry Run on", async () => {
		await withServer(async (server) => {
			const dryRun = '={{ $json.row === 1 ? $("Nowhere").item.json.x : false }}';
			const items = [0, 1].map((row) => ({ ...good('a'), row }));
			const done = await runAt(server, items, { dryRun });
			expect(jsonOf(done.approved)).toMatchObject([
				{ outcome: 'would_create' },
				{ outcome: 'would_create' },
			]);
			expect(server.requests).toEqual([]);
		});
	});

	it('Dry Run is off if it is no or empty for every item', async () => {
		await withServer(async (server) => {
			const items = [good('a'), { ...good('b'), dry: 'hayır' }, { ...good('c'), dry: ' ' }];
			const done = await runAt(server, items, { dryRun: '={{ $json.dry }}' });
			expect(jsonOf(done.approved).map(({ outcome }) => outcome)).toEqual([
				'created',
				'created',
				'created',
			]);
		});
	});

	it('shows items in input form, and sending them does what Dry Run showed', async () => {
		await withServer(async (server) => {
			const known = server.preload({ name: 'Known', tags: 'math,ref:deal-1' });
			const items = [
				{
					...good('a'),
					tags: 'math',
					session_reference: 'deal-2',
					options: { allow_rating: false },
				},
				{ session_reference: 'deal-1', name: 'Renamed' },
			] as IDataObject[];
			const checked = await runAt(server, items, CHECK);
			expect(jsonOf(checked.approved)).toEqual([
				{
					outcome: 'would_create',
					session_reference: 'deal-2',
					name: 'CS a',
					start_date: '2090-08-05T12:00:00+03:00',
					duration: 60,
					timezone: ZONE,
					tags: 'math',
					options: { allow_rating: false },
				},
				{
					outcome: 'would_update',
					session_guid: known.session_guid,
					session_reference: 'deal-1',
					name: 'Renamed',
				},
			]);
			expect(server.batches()).toEqual([]);
			const written = await runAt(server, jsonOf(checked.approved));
			expect(jsonOf(written.approved)).toMatchObject([
				{ outcome: 'created', session_reference: 'deal-2' },
				{ outcome: 'updated', session_guid: known.session_guid, name: 'Renamed' },
			]);
		});
	});

	it('rejects duplicates, ambiguous references and sessions that already exist', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({ name: 'Known', tags: 'ref:one' });
			for (let n = 0; n < 2; n++) server.preload({ tags: 'ref:two' });
			const items = [
				{ session_guid, duration: 90 },
				{ session_guid, duration: 60 },
				good('twice', { session_reference: 'two' }),
				good('new', { session_reference: 'three' }),
				good('again', { session_reference: 'three' }),
			];
			const done = await runAt(server, items, CHECK);
			expect(
				jsonOf(done.rejected).map(({ rejection }) => (rejection as IDataObject).reason),
			).toEqual(['validation_error', 'ambiguous_reference', 'validation_error']);
			const create = { parameters: { operation: 'create', options: CHECK } };
			const made = await runAt(server, [good('x', { session_reference: 'one' })], CHECK, create);
			expect(jsonOf(made.rejected)).toMatchObject([
				{ rejection: { source: 'lookup', reason: 'already_exists' }, candidates: [session_guid] },
			]);
			expect(server.requestsTo('batch')).toEqual([]);
		});
	});

	it('accepts a GUID again if Batch Size puts it into another request', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			const items = [90, 60].map((duration) => ({ session_guid, duration }));
			const done = await runAt(server, items, { ...CHECK, batchSize: 1 });
			expect(done.approved).toHaveLength(2);
		});
	});

	it('sends no request if nothing has to be searched', async () => {
		const done = await runPerculus({
			server: { url: 'http://127.0.0.1:1' },
			items: [good('a')],
			parameters: { options: CHECK },
		});
		expect(done.approved[0]?.json.outcome).toBe('would_create');
	});

	it('shows an update for an unknown GUID, because only Perculus can reject it', async () => {
		await withServer(async (server) => {
			const done = await runAt(server, [{ session_guid: UNKNOWN, duration: 90 }], CHECK);
			expect(jsonOf(done.approved)).toEqual([
				{ outcome: 'would_update', session_guid: UNKNOWN, duration: 90 },
			]);
			expect(server.requests).toEqual([]);
		});
	});

	it('stops or rejects the item if a search is unsuccessful, as other runs do', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'search', status: 401, times: 9 });
			const items = [good('a', { session_reference: 'one' })];
			expect((await runAt(server, items, CHECK)).thrown).toMatchObject({ httpCode: '401' });
			const onError = 'continueRegularOutput';
			const done = await runAt(server, items, CHECK, { onError });
			expect(jsonOf(done.rejected)).toMatchObject([{ rejection: { reason: 'unauthorized' } }]);
		});
	});

	it.each(['agentRequest', 'toolInvocation'] as const)(
		'an agent by %s reads the outcome of Dry Run',
		async (via) => {
			await withServer(async (server) => {
				const fields = mapping({
					name: "={{ $fromAI('title', 'Name of the session', 'string') }}",
					start_date: '2090-08-05T12:00:00',
					duration: 60,
					timezone: ZONE,
				});
				const parameters = { fields, options: CHECK } as never;
				const done = await runPerculusAsTool({ server, via, input: { title: 'A' }, parameters });
				expect(done.answer).toMatchObject([{ outcome: 'would_create', name: 'A' }]);
				expect(server.requests).toEqual([]);
			});
		},
	);
});
