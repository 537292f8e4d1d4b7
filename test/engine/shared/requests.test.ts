import '../harness/environment';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeType,
	IDataObject,
} from 'n8n-workflow';
import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import {
	accountOf,
	n8nTransport,
	type RequestContext,
} from '../../../nodes/Perculus/transport/client';
import { pathOf, type Request } from '../../../nodes/Perculus/transport/transport';
import { requestIdempotent } from '../../../nodes/Perculus/transport/retry';
import {
	ACCESS_KEY,
	bearerToken,
	SECRET_KEY,
	type Fault,
	type StartOptions,
} from '../../perculus-server';
import { editorContext } from '../harness/editorContext';
import { runNode } from '../harness/run';
import { setTimeout } from 'node:timers/promises';
import { nextWait } from '../harness/clock';
import { HOUR } from '../harness/faults';
import { preload, run } from '../harness/sessions';
import { good, jsonOf, outcomesOf, runAt, withServer, expectNoSecrets } from '../harness/setup';
import type { EngineRun } from '../harness';

describe('Transport', () => {
	/** A server that records requests in `seen`; the next ones meet what is in `faults`, in turn. */
	let faults: Array<'hang' | 'drop' | number> = [];
	const seen: Array<{
		method?: string;
		url?: string;
		body: string;
		headers: IncomingMessage['headers'];
	}> = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method, url, headers } = request;
			seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
			const next = faults.shift();
			if (next === 'hang') return;
			if (next === 'drop') return void request.socket.destroy();
			if (typeof next === 'number') return void response.writeHead(next).end();
			response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"name":"CS201"}');
		});
	});
	let url = '';
	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => {
		faults = [];
		seen.length = 0;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	const credential = () => ({
		type: new PerculusApi(),
		data: { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY },
	});

	type Use = (context: RequestContext) => Promise<unknown>;

	/** Uses the transport in a run of the node. */
	async function inARun(use: Use): Promise<unknown> {
		let result: unknown;
		const type: INodeType = Object.assign(new Perculus(), {
			async execute(this: IExecuteFunctions) {
				result = await use(this);
				return [[], []];
			},
		});
		const { thrown } = await runNode({ type, items: [{}], credential: credential() });
		if (thrown) throw new Error(thrown.message);
		return result;
	}

	/** Uses the transport while the editor loads the entries of a list. */
	async function inTheEditor(use: Use): Promise<unknown> {
		const context: ILoadOptionsFunctions = editorContext({}, credential());
		return await use(context);
	}

	describe.each([
		['a run', inARun],
		['the editor', inTheEditor],
	])('Transport in %s', (_, within) => {
		it.each<[Request, string]>([
			[{ method: 'GET', path: pathOf('session', 'G 1') as string }, ''],
			[{ method: 'DELETE', path: pathOf('session', 'G', 'attendee', 'a@b.example') as string }, ''],
			[{ method: 'POST', path: '/session/search', body: { page_number: 1 } }, '{"page_number":1}'],
		])('sends %j, signed', async (request, body) => {
			const response = await within(
				async (context) => await n8nTransport(context, 5).request(request),
			);
			expect(response).toMatchObject({ kind: 'response', status: 200, body: { name: 'CS201' } });
			expect(seen).toMatchObject([
				{
					method: request.method,
					url: `/xapi/v2${request.path}`,
					body,
					headers: { authorization: `Bearer ${bearerToken(ACCESS_KEY, SECRET_KEY)}` },
				},
			]);
		});

		it('sends a request again after a lost response, and counts the requests', async () => {
			faults = ['drop', 204];
			const asked = await within(
				async (context) =>
					await requestIdempotent(n8nTransport(context, 5), {
						method: 'DELETE',
						path: '/session/G',
					}),
			);
			expect(asked).toMatchObject({
				reply: { kind: 'answer', response: { status: 204 } },
				sent: 2,
			});
			expect(seen).toHaveLength(2);
		});

		it('ends a request without a response, and follows no redirect', async () => {
			faults = ['hang', 302];
			const request: Request = { method: 'GET', path: '/session/G' };
			const outcomes = await within(async (context) => {
				const transport = n8nTransport(context, 1);
				return [await transport.request(request), await transport.request(request)];
			});
			expect(outcomes).toMatchObject([
				{ kind: 'networkError', code: 'ECONNABORTED' },
				{ kind: 'response', status: 302 },
			]);
		});

		it('identifies the account by a hash, without a request', async () => {
			const account = await within(accountOf);
			expect(account).toMatch(/^[0-9a-f]{64}$/);
			expect(account).toBe(await inARun(accountOf));
			expect(seen).toEqual([]);
		});
	});
});

describe('Timeouts', () => {
	const GUID = '61E3D504-0000-4000-8000-000000000001';
	const SECOND = 1000;
	const onError = 'continueRegularOutput' as const;

	const rejectionOf = ({ rejected }: EngineRun, index: number) =>
		rejected[index]?.json.rejection as IDataObject;

	describe('A request without a response in time', () => {
		it.concurrent('leaves a create unknown and sends it only once', async () => {
			await withServer(async (server) => {
				server.fail({ hang: 'before', times: 99 });
				const done = await runAt(server, [good('a')], { timeout: HOUR }, { onError });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(rejectionOf(done, 0).message).toContain("Perculus didn't respond in time.");
				expect(server.requests).toHaveLength(1);
			});
		});

		it.concurrent('leaves an update unknown and sends it only once', async () => {
			await withServer(async (server) => {
				server.preload({ session_guid: GUID });
				server.fail({ route: 'batch', hang: 'before' });
				const items = [good('u', { session_guid: GUID })];
				const done = await runAt(server, items, { timeout: HOUR }, { onError });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(server.batches()).toHaveLength(1);
			});
		});

		it.concurrent(
			'ends the requests of the run, and the remaining items can be sent again',
			async () => {
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
			},
		);

		it.concurrent(
			'ends the requests of the run also if the search finds what was created',
			async () => {
				await withServer(async (server) => {
					server.fail({ route: 'batch', hang: 'after' });
					const items = ['a', 'b'].map((row) => good(row, { session_reference: row }));
					const done = await runAt(server, items, { timeout: HOUR, batchSize: 1 }, { onError });
					expect(jsonOf(done.approved)).toMatchObject([
						{ session_reference: 'a', recovered: true },
					]);
					expect(outcomesOf(done.rejected)).toEqual(['rejected']);
					expect(server.batches()).toHaveLength(1);
				});
			},
		);

		it.concurrent('adds no hint of type danger if all sessions were found', async () => {
			await withServer(async (server) => {
				server.fail({ route: 'batch', hang: 'after' });
				const done = await runAt(server, [good('a', { session_reference: 'a' })], {
					timeout: HOUR,
				});
				expect(jsonOf(done.approved)).toMatchObject([{ recovered: true }]);
				expect(done.hints.map(({ type }) => type)).not.toContain('danger');
			});
		});

		it.concurrent('sends no further Get after the first four, and rejects all items', async () => {
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

	describe("A request that never ends although it isn't silent", () => {
		/** Deadlines in ms as they were set; they end after a hundredth of that. */
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
		])('ends the request at ten times the timeout if it %s', async (_, fault) => {
			await withServer(async (server) => {
				server.fail({ route: 'batch', ...fault });
				// Ends the run and this process if there is no deadline.
				const cancel = setTimeout(60 * SECOND, undefined, { ref: false });
				const done = await runAt(server, [good('a')], { timeout: 30 }, { onError, cancel });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(deadlines).toEqual([300 * SECOND]);
			});
		});
	});

	describe('A timeout that is too long for a timer', () => {
		it.concurrent.each([2_147_484, 3_600_000, 1e12, Infinity])(
			'saves the session with a timeout of %d seconds',
			async (timeout) => {
				await withServer(async (server) => {
					server.fail({ route: 'batch', delayMs: 300 });
					const given: IDataObject = { timeout: `={{ ${timeout} }}` };
					const done = await runAt(server, [good('a')], given);
					expect(jsonOf(done.approved)).toMatchObject([{ name: 'CS a' }]);
					expect(server.sessions.size).toBe(1);
				});
			},
		);
	});

	describe('A run that the user stops', () => {
		const hangs: Array<[string, Fault[]]> = [
			['the batch is under way', [{ route: 'batch', hang: 'after' }]],
			['a search is under way', [{ route: 'search', hang: 'before' }]],
			['the server is busy', [{ route: 'batch', status: 429, headers: { 'Retry-After': '50' } }]],
		];
		it.each(hangs)('a run stopped while %s sends no further request', async (_, faults) => {
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
});

describe('Lost responses', () => {
	const referenced = (name: string): IDataObject => ({ ...good(name), session_reference: name });

	/** Applies the batch, loses its response, and runs the items. */
	async function loseResponse(options: StartOptions, items: IDataObject[]) {
		return await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await runAt(server, items, {}, { onError: 'continueRegularOutput' });
			expect(server.batches()).toHaveLength(1);
			expectNoSecrets(done);
			return { done, sessions: [...server.sessions.values()], requests: [...server.requests] };
		}, options);
	}

	describe('A create whose response is lost', () => {
		const SERVERS: Array<[string, StartOptions]> = [
			['a search that finds parts of the tags', {}],
			['pages capped at 5', { pageSizeMax: 5 }],
			['a first page with number 0', { firstPage: 0 }],
			['new sessions shown after two searches', { searchLag: 2 }],
		];

		it.concurrent.each(SERVERS)(
			'a create is found by its reference with %s',
			async (_, options) => {
				const { done, sessions } = await loseResponse(options, [referenced('a'), referenced('b')]);
				expect(jsonOf(done.approved)).toMatchObject([
					{ name: 'CS a', outcome: 'created', recovered: true, session_reference: 'a' },
					{ name: 'CS b', outcome: 'created', recovered: true, session_reference: 'b' },
				]);
				expect(sessions).toHaveLength(2);
				expect(done.probed.approved).toEqual(['a', 'b']);
			},
		);

		it.concurrent('a create without a reference is unknown, and is not searched', async () => {
			const { done, requests } = await loseResponse({}, [good('a')]);
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					outcome: 'unknown',
					rejection: { source: 'request', reason: 'outcome_unknown', retryable: false },
				},
			]);
			expect(requests.filter(({ path }) => path.endsWith('search'))).toEqual([]);
		});

		it.concurrent('a create with a reference is unknown if no search shows it', async () => {
			const { done } = await loseResponse({ searchLag: Infinity }, [referenced('a')]);
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
		});

		it.concurrent(
			'a create that is found is approved, and items that were not sent yet are rejected',
			async () => {
				await withServer(async (server) => {
					server.fail({ route: 'batch', drop: 'after' });
					const items = ['a', 'b', 'c'].map((row) => referenced(row));
					const done = await runAt(server, items, { batchSize: 2 });
					expect(done.thrown).toBeUndefined();
					expect(done.probed).toMatchObject({ approved: ['a', 'b'], rejected: ['c'] });
					expect([server.batches().length, server.sessions.size]).toEqual([1, 2]);
				});
			},
		);
	});
});

describe('Halving', () => {
	const REFUSED: Fault = { route: 'batch', status: 400, body: { code: 12, details: ['Not so.'] } };
	const TAKEN: Fault = { route: 'batch', headers: { 'X-Nothing': 'wrong' } };
	const TOO_LARGE: Fault = { route: 'batch', status: 413 };
	const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

	/** Runs eight items; each request gets the next of these responses. */
	async function meet(...answers: Fault[]) {
		return await withServer(async (server) => {
			server.fail(...answers);
			const rows = ROWS.map((row) => good(row));
			const done = await runAt(server, rows, {}, { onError: 'continueRegularOutput' });
			const sent = server.batches().map((batch) => batch.map(({ name }) => String(name).slice(3)));
			return { done, sent: sent.map((names) => names.join('')) };
		});
	}

	const rejectionsOf = (done: Awaited<ReturnType<typeof meet>>['done']) =>
		Object.fromEntries(
			jsonOf(done.rejected).map(({ session, rejection }) => [
				String((session as { name: string }).name).slice(3),
				rejection as { reason: string; code: number | null; message: string; details: string[] },
			]),
		);

	describe('A request that fails while a rejected one is halved', () => {
		const together = (count: number) =>
			expect.stringMatching(
				new RegExp(`^Perculus refused ${count} sessions in one request`),
			) as string;

		it('keeps the rejection of the half for its sessions that are not sent again', async () => {
			const { done, sent } = await meet(REFUSED, REFUSED, TAKEN, { route: 'batch', status: 401 });
			expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab']);
			expect(done.probed.approved).toEqual(['e', 'f', 'g', 'h']);
			const { a, b, c, d } = rejectionsOf(done);
			for (const rejection of [a, b]) expect(rejection).toMatchObject({ reason: 'unauthorized' });
			for (const rejection of [c, d])
				expect(rejection).toMatchObject({ code: 12, details: ['Not so.', together(4)] });
			expect(JSON.stringify([c, d])).not.toContain('Not sent');
		});

		it('keeps the rejection of the first quarter if the second one fails', async () => {
			const of = (text: string): Fault => ({ ...REFUSED, body: { code: 12, details: [text] } });
			const { done, sent } = await meet(of('All.'), of('Left.'), TAKEN, of('Quarter.'), {
				route: 'batch',
				status: 403,
			});
			expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab', 'cd']);
			const { a, b, c, d } = rejectionsOf(done);
			for (const rejection of [a, b])
				expect(rejection).toMatchObject({ code: 12, details: ['Quarter.', together(2)] });
			for (const rejection of [c, d]) expect(rejection).toMatchObject({ reason: 'unauthorized' });
		});

		it('keeps the rejection of the whole for the other half, and leaves its own half unknown', async () => {
			const { done, sent } = await meet(REFUSED, { route: 'batch', drop: 'after' });
			expect(sent).toEqual(['abcdefgh', 'abcd']);
			expect(outcomesOf(done.rejected)).toEqual([
				...Array<string>(4).fill('unknown'),
				...Array<string>(4).fill('rejected'),
			]);
			const { a, h } = rejectionsOf(done);
			expect(a).toMatchObject({ reason: 'outcome_unknown' });
			expect(h).toMatchObject({ code: 12, details: ['Not so.', together(8)] });
		});

		it('keeps the rejection of two sessions for the one that is not sent again', async () => {
			const { done } = await meet(REFUSED, REFUSED, TAKEN, REFUSED, TAKEN, {
				route: 'batch',
				status: 401,
			});
			const { a, b } = rejectionsOf(done);
			expect(a).toMatchObject({ reason: 'unauthorized' });
			expect(b).toMatchObject({ code: 12, details: ['Not so.', together(2)] });
		});
	});

	it('a half that is too large is halved like one that is rejected', async () => {
		const { done, sent } = await meet(REFUSED, TOO_LARGE, TAKEN, TAKEN, REFUSED, REFUSED, TAKEN);
		expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab', 'cd', 'c', 'd']);
		expect(done.probed).toMatchObject({ approved: ['a', 'b', 'd', 'e', 'f', 'g', 'h'] });
		expect(rejectionsOf(done)).toMatchObject({ c: { code: 12, details: ['Not so.'] } });
	});

	it.each<[string, Fault]>([
		['may be saved', { route: 'batch', drop: 'before' }],
		['was rejected for its keys', { route: 'batch', status: 401 }],
	])(
		'a half that is not sent because the other one %s stays rejected as too large',
		async (_, fault) => {
			const { done, sent } = await meet(TOO_LARGE, fault);
			expect(sent).toEqual(['abcdefgh', 'abcd']);
			const left = jsonOf(done.rejected).slice(4);
			expect(left).toHaveLength(4);
			for (const json of left) {
				expect(json).toMatchObject({
					outcome: 'rejected',
					rejection: {
						source: 'perculus',
						details: [expect.stringMatching(/^Perculus refused 8 sessions in one request/)],
						retryable: false,
					},
				});
			}
		},
	);
});
