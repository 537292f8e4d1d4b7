import type { Fault } from '../../perculus-server';
import { expectNoSecrets, jsonOf, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { by, guidAt, preload, run, UNKNOWN } from '../harness/sessions';

const items = (...ids: string[]) => ids.map((id, row) => ({ row, id }));

describe('Get', () => {
	it('reads each session in the order of the input, linked, and rejects an unknown GUID', async () => {
		await withServer(async (server) => {
			preload(server, 3);
			const given = items(guidAt(3), UNKNOWN, guidAt(1).toLowerCase(), `{${guidAt(2)}}`);
			const done = await run(server, 'get', given);
			expect(jsonOf(done.approved).map(({ name }) => name)).toEqual(['CS 3', 'CS 1', 'CS 2']);
			expect(done.probed.approved).toEqual([0, 2, 3]);
			expect(done.probed.rejected).toEqual([1]);
			expect(jsonOf(done.rejected)).toEqual([
				{
					outcome: 'rejected',
					rejection: {
						source: 'perculus',
						reason: 'session_not_found',
						code: 30,
						message: expect.stringMatching(
							/^Perculus has no session with the GUID '99999999-\S+'\. \S/,
						) as string,
						details: ['session_not_found'],
						retryable: false,
					},
					session_guid: UNKNOWN,
				},
			]);
			expect(done.hints).toEqual([
				{
					type: 'warning',
					message: '3 sessions found, 1 rejected.',
					location: 'outputPane',
				},
			]);
			expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
		});
	});

	it('shows only the main fields by default, and all fields without Simplify', async () => {
		await withServer(async (server) => {
			server.preload({ session_guid: guidAt(1), tags: 'math,ref:deal-1', description: 'A text' });
			const simple = await run(server, 'get', items(guidAt(1)));
			expect(Object.keys(simple.approved[0]?.json ?? {})).toEqual([
				'session_guid',
				'session_reference',
				'name',
				'start_date',
				'timezone',
				'duration',
				'lang',
				'status',
			]);
			const full = await run(server, 'get', items(guidAt(1)), { options: { simplify: false } });
			expect(full.approved[0]?.json).toMatchObject({
				session_reference: 'deal-1',
				tags: 'math',
				description: 'A text',
				options: { allow_rating: true },
			});
			expect(full.approved[0]?.json).not.toHaveProperty('outcome');
		});
	});

	it.each(['gone', 'shown'] as const)(
		'rejects a deleted session that is %s in the response of Perculus',
		async (deletedInGet) => {
			await withServer(
				async (server) => {
					server.preload({ session_guid: guidAt(1), status: -1 });
					const { approved, rejected } = await run(server, 'get', items(guidAt(1)));
					expect(approved).toEqual([]);
					expect(jsonOf(rejected)).toMatchObject([
						{ rejection: { source: 'perculus', reason: 'session_not_found' } },
					]);
				},
				{ deletedInGet },
			);
		},
	);

	it('rejects invalid GUIDs without a request, so that no other text gets into a path', async () => {
		await withServer(async (server) => {
			preload(server, 1);
			const bad = [
				'..',
				'',
				'abc',
				`${guidAt(1)}/attendee/..`,
				'00000000-0000-0000-0000-000000000000',
			];
			const { approved, rejected } = await run(server, 'get', items(...bad));
			expect(approved).toEqual([]);
			expect(server.requests).toEqual([]);
			expect(jsonOf(rejected).map(({ session_guid }) => session_guid)).toEqual(bad);
			expect(jsonOf(rejected)[0]).toMatchObject({
				outcome: 'rejected',
				rejection: {
					source: 'check',
					reason: 'validation_error',
					code: null,
					message:
						"Not sent: Session must look like 1B27EB7F-0000-4000-8000-000000000000; this item has '..'. Correct it and try again.",
				},
			});
		});
	});

	it('requests four sessions at a time', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 12);
			server.fail({ route: 'get', until: server.arrival(4, 'get'), times: 4 });
			const { approved } = await run(server, 'get', items(...ids));
			expect(jsonOf(approved).map(({ session_guid }) => session_guid)).toEqual(ids);
			expect(server.maxInFlight('get')).toBe(4);
		});
	});

	it('asks again if a response is lost', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail({ route: 'get', drop: 'before' });
			const { approved, rejected } = await run(server, 'get', items(...ids));
			expect(approved).toHaveLength(2);
			expect(rejected).toEqual([]);
			expect(server.requestsTo('get')).toHaveLength(3);
		});
	});

	const once: Array<[string, Fault, string]> = [
		['no response', { drop: 'before' }, 'service_unavailable'],
		['502 with HTML', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'service_unavailable'],
		['200 without a session', { body: { ok: true } }, 'service_unavailable'],
		['200 with HTML', { body: '<h1>Sign in</h1>' }, 'service_unavailable'],
		[
			'429 with a long Retry-After',
			{ status: 429, headers: { 'Retry-After': '600' } },
			'rate_limited',
		],
	];
	it.each(once)('rejects only the item whose request gets %s', async (_, fault, reason) => {
		await withServer(async (server) => {
			const ids = preload(server, 3);
			const isSecond = ({ path }: { path: string }) => path.includes(guidAt(2));
			server.fail({ route: 'get', times: 99, when: isSecond, ...fault });
			const done = await run(
				server,
				'get',
				items(...ids),
				{},
				{ onError: 'continueRegularOutput' },
			);
			expect(done.probed.approved).toEqual([0, 2]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { source: 'request', reason, retryable: true } },
			]);
			expectNoSecrets(done);
		});
	});

	it("does not read the 404 page of a gateway as a session that doesn't exist", async () => {
		await withServer(async (server) => {
			const ids = preload(server, 1);
			server.fail({ route: 'get', times: 99, status: 404, body: '<h1>Not Found</h1>' });
			const settings = { onError: 'continueRegularOutput' } as const;
			const done = await run(server, 'get', items(...ids), {}, settings);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { source: 'request', reason: 'request_refused' } },
			]);
		});
	});

	it.each<[string, Fault, object]>([
		[
			'a 4xx without a code',
			{ status: 409, body: '<h1>Conflict</h1>' },
			{ source: 'request', reason: 'request_refused' },
		],
		[
			'a code of a lasting rejection',
			{ status: 500, body: { code: 32, details: 'Running.' } },
			{ source: 'perculus', reason: 'session_invalid_status', details: ['Running.'] },
		],
		[
			'a code with its documented status',
			{ status: 409, body: { code: 51, details: 'Taken.' } },
			{ source: 'perculus', reason: 'user_mail_conflict', details: ['Taken.'] },
		],
	])('rejects %s as not retryable, and asks only once', async (_, fault, rejection) => {
		await withServer(async (server) => {
			const ids = preload(server, 1);
			server.fail({ route: 'get', times: 9, ...fault });
			const onError = 'continueRegularOutput';
			const done = await run(server, 'get', items(...ids), {}, { onError });
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { ...rejection, retryable: false } },
			]);
			expect(server.requests).toHaveLength(1);
		});
	});

	const ending: Array<[string, Fault, string]> = [
		[
			'a redirect',
			{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } },
			'request_refused',
		],
		['401', { status: 401, body: { code: 14, details: 'Unauthorized' } }, 'unauthorized'],
		['403', { status: 403, body: '<h1>Forbidden</h1>' }, 'unauthorized'],
	];
	it.each(ending)('sends no further request after %s', async (_, fault, reason) => {
		await withServer(async (server) => {
			const ids = preload(server, 12);
			server.fail({ route: 'get', times: 99, until: server.arrival(4), ...fault });
			const done = await run(
				server,
				'get',
				items(...ids),
				{},
				{ onError: 'continueRegularOutput' },
			);
			expect(done.approved).toEqual([]);
			expect(done.probed.rejected).toEqual(ids.map((_id, row) => row));
			expect(server.requests).toHaveLength(4);
			const shown = jsonOf(done.rejected) as Array<{ rejection: Record<string, unknown> }>;
			for (const { rejection } of shown)
				expect(rejection).toMatchObject({ source: 'request', reason });
			for (const { rejection } of shown.slice(4)) {
				expect(rejection.message).toMatch(
					/^Not sent, because an earlier request was unsuccessful\. \S/,
				);
			}
		});
	});

	it('sends no further request after a refused connection', async () => {
		const server = { url: 'http://127.0.0.1:1' };
		const ids = Array.from({ length: 12 }, (_, n) => guidAt(n));
		const done = await run(server, 'get', items(...ids), {}, { onError: 'continueRegularOutput' });
		const shown = jsonOf(done.rejected) as Array<{
			rejection: { reason: string; message: string };
		}>;
		expect(shown).toHaveLength(12);
		expect(new Set(shown.map(({ rejection }) => rejection.reason))).toEqual(
			new Set(['service_unavailable']),
		);
		expect(shown.filter(({ rejection }) => rejection.message.startsWith('Not sent,'))).toHaveLength(
			8,
		);
	});
});

describe('Get and On Error', () => {
	const failing: Fault = { route: 'get', nth: 2, status: 401, body: { code: 14 } };

	it('stops the workflow if a request fails, even if a session was found', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail(failing);
			const done = await run(server, 'get', items(...ids));
			expect(done.status).toBe('error');
			expect(done.thrown).toMatchObject({
				httpCode: '401',
				message: "Perculus didn't accept the credential. Check the Access Key and the Secret Key.",
			});
			expect(done.thrown?.context.itemIndex).toBeDefined();
			expectNoSecrets(done.thrown);
		});
	});

	it("does not stop the workflow if a session doesn't exist", async () => {
		await withServer(async (server) => {
			const done = await run(server, 'get', items(UNKNOWN));
			expect(done.thrown).toBeUndefined();
			expect(done.rejected).toHaveLength(1);
		});
	});

	it("sends a failed request to Error, and a session that doesn't exist to Rejected", async () => {
		await withServer(async (server) => {
			const ids = preload(server, 1);
			server.fail({ route: 'get', when: ({ path }) => path.includes(guidAt(1)), status: 401 });
			const onError = 'continueErrorOutput';
			const done = await run(server, 'get', items(UNKNOWN, ...ids), {}, { onError });
			expect(done.probed).toMatchObject({ approved: [], rejected: [0], error: [1] });
			expect(jsonOf(done.error)).toMatchObject([
				{
					row: 1,
					error: expect.any(String) as string,
					details: {
						reason: 'unauthorized',
						outcome: 'rejected',
						retryable: false,
						session_guid: guidAt(1),
					},
				},
			]);
			expect(done.hints.map(({ message }) => message)).toEqual(['2 sessions rejected.']);
		});
	});

	it('runs again with Retry On Fail after a refused request', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 1);
			server.fail({ route: 'get', status: 401 });
			const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
			const done = await run(server, 'get', items(...ids), {}, retry);
			expect(done.thrown).toBeUndefined();
			expect(done.approved).toHaveLength(1);
		});
	});

	it("rejects the item without a request if an option's expression fails", async () => {
		await withServer(async (server) => {
			const options = { timeout: "={{ $('Nowhere').item.json.seconds }}" };
			const onError = 'continueRegularOutput';
			const done = await run(server, 'get', items(guidAt(1)), { options }, { onError });
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', session_guid: null, rejection: { source: 'check' } },
			]);
			expect(server.requests).toEqual([]);
		});
	});

	it('emits nothing when the user stops Get', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 40);
			const onError = 'continueRegularOutput';
			const done = await run(
				server,
				'get',
				items(...ids),
				{},
				{ onError, cancel: server.arrival(5) },
			);
			expect(done.status).toBe('canceled');
			expect([...done.approved, ...done.rejected]).toEqual([]);
			expect(server.requests.length).toBeLessThan(40);
		});
	});
});

describe.each(['agentRequest', 'toolInvocation'] as const)('Get for an agent, by %s', (via) => {
	const parameters = {
		operation: 'get',
		session: by('list', "={{ $fromAI('guid', 'GUID of the session', 'string') }}"),
		fields: {},
	} as never;

	it('shows the agent the session, and the rejection of an unknown or invalid GUID', async () => {
		await withServer(async (server) => {
			preload(server, 1);
			const ask = async (guid: string) =>
				(await runPerculusAsTool({ server, via, input: { guid }, parameters })).answer;
			expect(await ask(guidAt(1))).toMatchObject([{ session_guid: guidAt(1), name: 'CS 1' }]);
			expect(await ask(UNKNOWN)).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'session_not_found' }, session_guid: UNKNOWN },
			]);
			expect(await ask('Algebra')).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'validation_error' } },
			]);
		});
	});
});
