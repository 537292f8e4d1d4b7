import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { ACCESS_KEY, SECRET_KEY, type Json, type PerculusServer } from '../../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';
import { EACH, person } from '../harness/attendees';
import { AUTO_MAP, type EngineRun } from '../harness';
import { runNode, type RunSettings } from '../harness/run';

const MODES = [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const;
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('Responses with more results than a call takes arguments', () => {
	const many = 130_000;
	const views = Array.from({ length: many }, (_, i) => ({
		session_guid: `F-${i}`,
		name: `F ${i}`,
	}));

	it.each<[string, Json]>([
		['approved', { approved: views, rejected: [] }],
		[
			'rejected',
			{ approved: [], rejected: views.map((model) => ({ model, state: { code: 12 } })) },
		],
	])(
		'a response with 130,000 %s results leaves the item unknown, and nothing is sent again',
		async (_, body) => {
			for (const onError of MODES) {
				await withServer(async (server) => {
					server.fail({ route: 'batch', body });
					const done = await runAt(server, [good('a')], {}, { ...retry, onError });
					expect([done.thrown, done.approved]).toEqual([undefined, []]);
					expect(outcomesOf(done.rejected)).toEqual(['unknown']);
					expect(server.batches()).toHaveLength(1);
				});
			}
		},
	);
});

/** Throws what a call stack that is too deep throws. */
const trap = () => {
	throw new RangeError('Maximum call stack size exceeded');
};

/** An object whose keys can be listed only once. */
function onceOnly(): object {
	let times = 0;
	return new Proxy(
		{ allow_rating: true },
		{ ownKeys: (target) => (++times > 1 ? trap() : Reflect.ownKeys(target)) },
	);
}

/** The node in an n8n whose context is changed. */
function nodeWith(change: (context: IExecuteFunctions) => void): INodeType {
	const node = new Perculus();
	return {
		description: node.description,
		methods: node.methods,
		async execute(this: IExecuteFunctions) {
			change(this);
			return await node.execute.call(this);
		},
	};
}

const answering = (change: (body: { approved: IDataObject[] }) => void) =>
	nodeWith(({ helpers }) => {
		const request = helpers.httpRequestWithAuthentication;
		helpers.httpRequestWithAuthentication = async function (...given) {
			const response = (await request.apply(this, given)) as { body: { approved?: IDataObject[] } };
			// The response of a search has no such list.
			change({ approved: response.body.approved ?? [] });
			return response;
		};
	});

/** Acts with a node for which the first read of the first result throws, then the second, until none throws. */
async function atEachLook(act: (type: INodeType, nth: number) => Promise<void>): Promise<void> {
	for (let nth = 1, hasThrown = true; hasThrown; nth++) {
		hasThrown = false;
		let looks = 0;
		const look = (target: IDataObject, key: string) => {
			if (++looks !== nth) return target[key];
			hasThrown = true;
			return trap();
		};
		const type = answering(({ approved }) => {
			if (approved[0]) approved[0] = new Proxy(approved[0], { get: look as never });
		});
		await act(type, nth);
	}
}

const expectSavedOrUnknown = ({ thrown, approved, rejected }: EngineRun, nth: number) =>
	expect([nth, thrown, outcomesOf([...approved, ...rejected])]).toEqual([
		nth,
		undefined,
		[expect.stringMatching(/^(created|saved|unknown)$/)],
	]);

async function run(
	server: PerculusServer,
	type: INodeType,
	items: IDataObject[],
	settings: RunSettings & { parameters?: INodeParameters } = {},
	options: IDataObject = {},
) {
	const data = {
		domain: server.url,
		apiPath: '/xapi/v2',
		accessKey: ACCESS_KEY,
		secretKey: SECRET_KEY,
	};
	return await runNode({
		type,
		items,
		credential: { type: new PerculusApi(), data },
		parameters: {
			resource: 'session',
			operation: 'upsert',
			fields: AUTO_MAP as never,
			options: options as never,
		},
		probe: "={{ $('Source').item.json.row }}",
		...settings,
	});
}

describe('Exceptions in the node after a request', () => {
	/** Two items with the same name, so that their options are compared. */
	const pair = [true, false].map((allow_rating, i) =>
		good(String(i), { name: 'CS', options: { allow_rating } }),
	);
	const hostile = () =>
		answering(({ approved }) => {
			for (const view of approved) view.options = onceOnly() as IDataObject;
		});

	it.each(MODES)("items with a result that can't be read are unknown (%s)", async (onError) => {
		await withServer(async (server) => {
			const done = await run(server, hostile(), pair, { ...retry, ...(onError && { onError }) });
			expect([done.thrown, done.approved, done.error]).toEqual([undefined, [], []]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'unknown', rejection: { reason: 'outcome_unknown', retryable: false } },
				{ outcome: 'unknown', session: { name: 'CS' } },
			]);
			expect(JSON.stringify(done.rejected)).toContain('RangeError: Maximum call stack');
			expect(done.probed.rejected).toEqual(['0', '1']);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it('items that were not sent yet are rejected, and can be sent again', async () => {
		await withServer(async (server) => {
			const items = [...pair, good('c'), good('d')];
			const done = await run(server, hostile(), items, {}, { batchSize: 2 });
			expect(done.thrown).toBeUndefined();
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'unknown' },
				{ outcome: 'unknown' },
				{ outcome: 'rejected', rejection: { retryable: true } },
				{ outcome: 'rejected', rejection: { retryable: true } },
			]);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it("a session that can't be shown comes out by its GUID, and the other one completely", async () => {
		await withServer(async (server) => {
			const type = answering(({ approved }) => {
				approved[0] = new Proxy(approved[0] as IDataObject, {
					has: (target, key) => (key === 'account_id' ? trap() : key in target),
				});
			});
			const done = await run(server, type, [good('a'), good('b')]);
			const [first] = [...server.sessions.keys()];
			expect(done.thrown).toBeUndefined();
			expect(jsonOf(done.approved)).toMatchObject([
				{ session_guid: first, outcome: 'created' },
				{ name: 'CS b', outcome: 'created' },
			]);
			expect(done.probed.approved).toEqual(['a', 'b']);
		});
	});

	it.each([
		['get', 'rejected', 'no_result'],
		['delete', 'unknown', 'outcome_unknown'],
	] as const)(
		'%s: an item whose response the node cannot process is %s',
		async (operation, outcome, reason) => {
			await withServer(
				async (server) => {
					const [a, b] = ['a', 'b'].map((name) => server.preload({ name }).session_guid);
					const type = nodeWith(({ helpers }) => {
						const request = helpers.httpRequestWithAuthentication;
						helpers.httpRequestWithAuthentication = async function (...given) {
							const response = (await request.apply(this, given)) as object;
							return String(given[1].url).includes(String(a))
								? { ...response, body: new Proxy({}, { get: trap, ownKeys: trap }) }
								: response;
						};
					});
					const session = { __rl: true, mode: 'guid', value: '={{ $json.id }}' };
					const done = await runNode({
						type,
						items: [{ id: a }, { id: b }] as never,
						credential: {
							type: new PerculusApi(),
							data: {
								domain: server.url,
								apiPath: '/xapi/v2',
								accessKey: ACCESS_KEY,
								secretKey: SECRET_KEY,
							},
						},
						parameters: { resource: 'session', operation, session: session as never },
					});
					expect(done.thrown).toBeUndefined();
					expect(done.approved).toHaveLength(1);
					expect(jsonOf(done.rejected)).toMatchObject([
						{
							outcome,
							rejection: { source: 'request', reason, retryable: false },
							session_guid: a,
						},
					]);
					expect(JSON.stringify(done.rejected)).not.toMatch(/Not sent|Send this/);
				},
				{ deleteAnswer: 'json' },
			);
		},
	);

	it('a saved session is approved or unknown if any read of its result throws, and can be sent again', async () => {
		await withServer(async (server) => {
			await atEachLook(async (type, nth) => {
				const items = [good(`a${nth}`, { session_reference: `look-${nth}` })];
				const done = await run(server, type, items, { onError: 'continueRegularOutput' });
				expectSavedOrUnknown(done, nth);
				const again = await run(server, new Perculus(), items);
				expect([nth, outcomesOf(again.approved)]).toEqual([nth, ['updated']]);
			});
		});
	});

	it('a saved attendee is approved or unknown if any read of its result throws', async () => {
		await withServer(async (server) => {
			const session_guid = server.preload({ name: 'CS' }).session_guid as string;
			await atEachLook(async (type, nth) => {
				const parameters = { resource: 'attendee', operation: 'upsert', session: EACH as never };
				const done = await run(server, type, [{ ...person(nth), session_guid }], {
					onError: 'continueRegularOutput',
					parameters: { ...parameters, fields: AUTO_MAP as never },
				});
				expectSavedOrUnknown(done, nth);
			});
		});
	});

	it("a hint that n8n rejects doesn't lose an item", async () => {
		await withServer(async (server) => {
			const type = nodeWith((context) => {
				context.addExecutionHints = trap;
			});
			const done = await run(server, type, [
				good('a', { timezone: '' }),
				good('b', { duration: 1 }),
			]);
			expect(done.thrown).toBeUndefined();
			expect([outcomesOf(done.approved), outcomesOf(done.rejected)]).toEqual([
				['created'],
				['rejected'],
			]);
		});
	});
});
