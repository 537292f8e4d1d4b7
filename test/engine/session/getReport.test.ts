import type { IDataObject } from 'n8n-workflow';

import type { Fault, PerculusServer, StartOptions } from '../../perculus-server';
import { by, guidAt, run, UNKNOWN } from '../harness/sessions';
import { expectNoSecrets, jsonOf, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { at, hold, holdSessions } from '../harness/held';

const GUID = guidAt(1);
const items = (...ids: string[]) => ids.map((id, row) => ({ row, id }));
const CONTINUE = { onError: 'continueRegularOutput' } as const;

const report = async (
	server: Pick<PerculusServer, 'url'>,
	ids: string[] = [GUID],
	options: IDataObject = {},
	rest: Parameters<typeof run>[4] = {},
) => await run(server, 'getReport', items(...ids), { options }, rest);

/** A server with finished sessions. */
const after = async (
	use: (server: PerculusServer) => Promise<void>,
	options: StartOptions = {},
	count = 1,
) =>
	await withServer(async (server) => {
		holdSessions(server, count);
		await use(server);
	}, options);

const SIMPLE = {
	session_guid: GUID,
	session_name: 'CS 1',
	actual_start_date: at('10:00'),
	actual_finish_date: at('11:00'),
	duration: 3600,
	duration_active: 3600,
	user_count: 2,
	chat_message_count: 0,
};

const NOT_READY = {
	outcome: 'rejected',
	rejection: {
		source: 'perculus',
		reason: 'session_stat_not_found',
		message: "The report isn't ready. Perculus creates it after the session ends; try again later.",
		retryable: true,
	},
	session_guid: GUID,
};

describe('Get Report', () => {
	it('shows the usual keys of a report in their order, with one request', async () => {
		await after(async (server) => {
			const done = await report(server);
			expect(jsonOf(done.approved)).toEqual([SIMPLE]);
			expect(Object.keys(done.approved[0]?.json ?? {})).toEqual(Object.keys(SIMPLE));
			expect(done.rejected).toEqual([]);
			expect(done.hints).toEqual([]);
			expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
				`POST /xapi/v2/report/session/${GUID}`,
			]);
		});
	});

	it('shows the whole report without Simplify, except keys that the node itself uses', async () => {
		await after(
			async (server) => {
				const [item] = (await report(server, [GUID], { simplify: false })).approved;
				expect(item?.json).toMatchObject({
					...SIMPLE,
					error_code: 'NONE',
					banned_count: 0,
					session_guid: GUID,
				});
				for (const key of ['outcome', 'error', 'input', 'warnings'])
					expect(item?.json).not.toHaveProperty(key);
			},
			{
				editReport: (whole) => ({ ...whole, error: 'x', outcome: 'x', input: 1, warnings: ['x'] }),
			},
		);
	});

	it('shows the usual keys as null if they are missing from the report', async () => {
		await after(
			async (server) => {
				const [item] = (await report(server)).approved;
				expect(Object.keys(item?.json ?? {})).toEqual([...Object.keys(SIMPLE), 'warnings']);
				expect(item?.json).toMatchObject({ session_name: null, user_count: null, duration: null });
			},
			{ editReport: () => ({ banned_count: 0 }) },
		);
	});

	it.each<[string, StartOptions]>([
		['is unfinished', { reportNotReady: 'soFar' }],
		['is still empty', { reportNotReady: 'zeros' }],
	])('warns that a report that %s may not be final', async (_, options) => {
		await withServer(async (server) => {
			hold(server, GUID);
			const done = await report(server);
			expect(jsonOf(done.approved)).toMatchObject([
				{ actual_finish_date: null, warnings: [expect.stringContaining('may not be final')] },
			]);
		}, options);
	});

	it.each(['0001-01-01T00:00:00', '1970-01-01T00:00:00+00:00', '1969-12-31T19:00:00-05:00'])(
		'warns that a report may not be final if its finish date is the placeholder %s',
		async (date) => {
			await after(
				async (server) => {
					expect(jsonOf((await report(server)).approved)).toMatchObject([
						{ actual_finish_date: date, warnings: [expect.stringContaining('may not be final')] },
					]);
				},
				{ editReport: (whole) => ({ ...whole, actual_finish_date: date }) },
			);
		},
	);

	it('warns with the error code of Perculus if it could not prepare the report', async () => {
		await after(
			async (server) => {
				expect(jsonOf((await report(server)).approved)).toMatchObject([
					{ ...SIMPLE, warnings: [expect.stringMatching(/may not be final.*'PACK'/)] },
				]);
			},
			{ editReport: (whole) => ({ ...whole, error_code: 'PACK' }) },
		);
	});

	it.each(['code31', 'noContent', 'emptyBody'] as const)(
		'rejects a report that is not ready as %s as retryable, on Rejected in every On Error mode',
		async (reportNotReady) => {
			for (const onError of [
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			] as const) {
				await withServer(
					async (server) => {
						hold(server, GUID);
						const done = await report(server, [GUID], {}, { onError });
						expect(done.thrown).toBeUndefined();
						expect([...done.approved, ...done.error]).toEqual([]);
						expect(jsonOf(done.rejected)).toMatchObject([NOT_READY]);
						expect(jsonOf(done.rejected)).toMatchObject([
							{ rejection: { code: reportNotReady === 'code31' ? 31 : null } },
						]);
						expect(server.requests).toHaveLength(1);
					},
					{ reportNotReady },
				);
			}
		},
	);

	it('finds a report in a later run that was not ready at first', async () => {
		await after(
			async (server) => {
				const seen = [];
				for (let time = 1; time <= 3; time++) seen.push((await report(server)).approved.length);
				expect(seen).toEqual([0, 0, 1]);
			},
			{ reportLag: 2 },
		);
	});

	it.each<[StartOptions, string[]]>([
		[{}, ['POST', 'POST', 'POST']],
		[{ reportMethod: 'both' }, ['POST', 'POST', 'POST']],
		[{ reportMethod: 'GET' }, ['POST', 'GET', 'GET', 'GET']],
		[{ reportMethod: 'GET', reportOtherMethod: 'page' }, ['POST', 'GET', 'GET', 'GET']],
	])(
		'asks by the method that the account accepts, and remembers it during the run: %j',
		async (options, methods) => {
			await after(
				async (server) => {
					const done = await report(server, [1, 2, 3].map(guidAt));
					expect(done.probed.approved).toEqual([0, 1, 2]);
					expect(server.requests.map(({ method }) => method)).toEqual(methods);
				},
				options,
				3,
			);
		},
	);

	it.each([405, 404])(
		'sends GET after a POST with HTTP %i, with or without a code in the body',
		async (status) => {
			for (const body of ['<h1>No</h1>', { code: 12, details: 'Method not allowed' }]) {
				await after(
					async (server) => {
						server.fail({ route: 'report', status, body });
						expect((await report(server)).approved).toHaveLength(1);
						expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
					},
					{ reportMethod: 'both' },
				);
			}
		},
	);

	it('treats a body of only spaces as a report that is not ready', async () => {
		await after(async (server) => {
			server.fail({ route: 'report', body: ' \n' });
			expect(jsonOf((await report(server)).rejected)).toMatchObject([NOT_READY]);
		});
	});

	it('sends no GET if the API itself responds to POST that the session does not exist', async () => {
		await withServer(async (server) => {
			const done = await report(server, [UNKNOWN]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: {
						source: 'perculus',
						reason: 'session_not_found',
						code: 30,
						message: expect.stringContaining(`the GUID '${UNKNOWN}'`) as string,
						retryable: false,
					},
					session_guid: UNKNOWN,
				},
			]);
			expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
		});
	});

	it('rejects the item as a refused request if both POST and GET have no route', async () => {
		await after(
			async (server) => {
				const done = await report(server, [GUID], {}, CONTINUE);
				expect(jsonOf(done.rejected)).toMatchObject([
					{ rejection: { source: 'request', reason: 'request_refused', retryable: false } },
				]);
				expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
			},
			{ missingRoutes: ['report'] },
		);
	});

	it('asks once for a session that several items name, in any spelling, and gives each its report', async () => {
		await after(
			async (server) => {
				const ids = [GUID, guidAt(2), `{${GUID}}`, GUID.toLowerCase(), guidAt(2), UNKNOWN, GUID];
				const done = await report(server, ids);
				expect(done.probed.approved).toEqual([0, 1, 2, 3, 4, 6]);
				expect(done.probed.rejected).toEqual([5]);
				expect(server.requests).toHaveLength(3);
			},
			{},
			2,
		);
	});

	it('finds sessions by reference, with one request for two items of one session', async () => {
		await after(async (server) => {
			const session = by('reference', '={{ $json.id }}');
			const ids = items('CS 1', 'CS 9', 'CS 1');
			const done = await run(server, 'getReport', ids, { session });
			expect(jsonOf(done.approved)).toEqual([
				{ session_reference: 'CS 1', ...SIMPLE },
				{ session_reference: 'CS 1', ...SIMPLE },
			]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: { source: 'lookup', reason: 'session_not_found' },
					session_guid: null,
					session_reference: 'CS 9',
				},
			]);
			expect(server.requestsTo('report')).toHaveLength(1);
		});
	});

	it('requests four sessions at a time, also if the items of each session follow one another', async () => {
		await after(
			async (server) => {
				const guids = Array.from({ length: 12 }, (_, n) => guidAt(n + 1));
				// All items of a session follow one another.
				const done = await report(
					server,
					guids.flatMap((guid) => [guid, guid, guid, guid, guid]),
				);
				expect(done.approved).toHaveLength(60);
				expect(server.requests).toHaveLength(12);
				expect(server.maxInFlight()).toBe(4);
			},
			{ latencyMs: 40 },
			12,
		);
	});

	it('rejects invalid GUIDs without a request', async () => {
		await withServer(async (server) => {
			const bad = ['..', '', `${GUID}/attendees`];
			const done = await report(server, bad);
			expect(jsonOf(done.rejected)).toMatchObject(
				bad.map((id) => ({ rejection: { source: 'check' }, session_guid: id })),
			);
			expect(server.requests).toEqual([]);
		});
	});
});

describe('Get Report with unusual responses', () => {
	const unreadable: Array<[string, Fault, number]> = [
		['a text', { body: 'The report is being prepared.' }, 1],
		['a page', { body: '<h1>Sign in</h1>' }, 1],
		['a list', { body: [] }, 1],
		['null', { body: null }, 1],
		['a number', { body: 5 }, 1],
		['the report of another session', { body: { session_guid: UNKNOWN, duration: 5 } }, 1],
		[
			'half an object',
			{ body: '{"session_name": "CS', headers: { 'Content-Type': 'application/json' } },
			3,
		],
	];
	it.each(unreadable)(
		'rejects %s as no_result instead of showing an empty report',
		async (_, fault, sent) => {
			await after(async (server) => {
				server.fail({ route: 'report', times: 9, ...fault });
				const done = await report(server, [GUID], {}, CONTINUE);
				expect(done.approved).toEqual([]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{
						outcome: 'rejected',
						rejection: {
							source: 'request',
							reason: 'no_result',
							code: null,
							message: 'Perculus responded with HTTP 200, but without a report that could be read.',
							retryable: false,
						},
						session_guid: GUID,
					},
				]);
				expect(server.requests).toHaveLength(sent);
			});
		},
	);

	it('stops the workflow because of an unreadable body, or sends the item to Error', async () => {
		await after(
			async (server) => {
				const done = await report(server);
				expect(done.status).toBe('error');
				expect(done.thrown?.message).toContain('without a report');
				const { error, rejected } = await report(
					server,
					[GUID],
					{},
					{ onError: 'continueErrorOutput' },
				);
				expect(rejected).toEqual([]);
				expect(jsonOf(error)).toMatchObject([
					{ details: { reason: 'no_result', outcome: 'rejected', session_guid: GUID } },
				]);
			},
			{ reportBody: 'text' },
		);
	});

	it('reads a code in a response with HTTP 200 as a rejection', async () => {
		await after(async (server) => {
			server.fail({ route: 'report', body: { code: 31, details: 'session_stat_not_found' } });
			const done = await report(server);
			expect(jsonOf(done.rejected)).toMatchObject([{ ...NOT_READY, rejection: { code: 31 } }]);
		});
	});

	it('asks again if the response is lost or cut short', async () => {
		for (const fault of [{ drop: 'after' }, { status: 502 }, { cut: 20 }] as const) {
			await after(async (server) => {
				server.fail({ route: 'report', ...fault });
				const done = await report(server);
				expect(jsonOf(done.approved)).toEqual([SIMPLE]);
				expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
			});
		}
	});

	const passing: Array<[string, Fault, string, boolean]> = [
		['no response', { drop: 'before' }, 'service_unavailable', true],
		['502 with a page', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'service_unavailable', true],
		[
			'429 for ten minutes',
			{ status: 429, headers: { 'Retry-After': '600' } },
			'rate_limited',
			true,
		],
		['409 without a code', { status: 409, body: '<h1>Conflict</h1>' }, 'request_refused', false],
	];
	it.each(passing)(
		'rejects only the item whose request gets %s',
		async (_, fault, reason, retryable) => {
			await after(
				async (server) => {
					const isSecond = ({ path }: { path: string }) => path.includes(guidAt(2));
					server.fail({ route: 'report', times: 99, when: isSecond, ...fault });
					const done = await report(server, [1, 2, 3].map(guidAt), {}, CONTINUE);
					expect(done.probed.approved).toEqual([0, 2]);
					expect(jsonOf(done.rejected)).toMatchObject([
						{ outcome: 'rejected', rejection: { source: 'request', reason, retryable } },
					]);
					expectNoSecrets(done);
				},
				{},
				3,
			);
		},
	);

	const ending: Array<[string, Fault]> = [
		['401', { status: 401, body: { code: 14, details: 'Unauthorized' } }],
		['403', { status: 403, body: '<h1>Forbidden</h1>' }],
	];
	it.each(ending)('starts no further session after %s, and rejects all items', async (_, fault) => {
		await after(
			async (server) => {
				server.fail({ route: 'report', times: 99, ...fault });
				const guids = Array.from({ length: 12 }, (_row, n) => guidAt(n + 1));
				const ids = guids.flatMap((guid) => [guid, guid]);
				const done = await report(server, ids, {}, CONTINUE);
				expect(done.approved).toEqual([]);
				expect(done.probed.rejected).toEqual(ids.map((_id, row) => row));
				expect(server.requests.length).toBeLessThanOrEqual(4);
				for (const { rejection } of jsonOf(done.rejected) as IDataObject[])
					expect(rejection).toMatchObject({ source: 'request', reason: 'unauthorized' });
				expectNoSecrets(done);
			},
			{ latencyMs: 20 },
			12,
		);
	});

	it('completes a session that was started before a 401, for all items that name it', async () => {
		await after(
			async (server) => {
				const isThird = ({ path }: { path: string }) => path.includes(guidAt(3));
				server.fail({ route: 'report', when: isThird, status: 401, times: 9 });
				server.fail({
					route: 'report',
					when: ({ path }) => path.includes(guidAt(2)),
					delayMs: 150,
				});
				const ids = [guidAt(1), guidAt(2), guidAt(2), guidAt(3), guidAt(2)];
				const done = await report(server, ids, {}, CONTINUE);
				expect(done.probed).toMatchObject({ approved: [0, 1, 2, 4], rejected: [3] });
			},
			{},
			3,
		);
	});

	it('stops the workflow because of a 401, even if a report was found', async () => {
		await after(
			async (server) => {
				server.fail({ route: 'report', nth: 2, status: 401, times: 9 });
				const done = await report(server, [guidAt(1), guidAt(2)]);
				expect(done.status).toBe('error');
				expect(done.thrown).toMatchObject({ httpCode: '401' });
				expectNoSecrets(done.thrown);
			},
			{},
			2,
		);
	});

	it('emits nothing when the user stops Get Report', async () => {
		await after(
			async (server) => {
				const ids = Array.from({ length: 40 }, (_, n) => guidAt(n + 1));
				const done = await report(server, ids, {}, { ...CONTINUE, cancel: server.arrival() });
				expect(done.status).toBe('canceled');
				expect([...done.approved, ...done.rejected]).toEqual([]);
				expect(server.requests.length).toBeLessThan(40);
			},
			{ latencyMs: 60 },
			40,
		);
	});
});

it.each(['agentRequest', 'toolInvocation'] as const)(
	'Get Report returns the report, or the reason of the rejection, to an agent by %s',
	async (via) => {
		await after(async (server) => {
			const ask = async (guid: string) => {
				const session = by('list', "={{ $fromAI('guid', 'GUID of the session', 'string') }}");
				const parameters = { operation: 'getReport', session } as never;
				return (await runPerculusAsTool({ server, via, input: { guid }, parameters })).answer;
			};
			expect(await ask(GUID)).toEqual([SIMPLE]);
			expect(await ask(UNKNOWN)).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'session_not_found' }, session_guid: UNKNOWN },
			]);
			server.set({ reportLag: 99 });
			expect(await ask(GUID)).toMatchObject([NOT_READY]);
		});
	},
);
