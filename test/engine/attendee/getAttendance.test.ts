import type { IDataObject } from 'n8n-workflow';

import type { Fault, PerculusServer, StartOptions } from '../../perculus-server';
import { by, guidAt, UNKNOWN } from '../harness/sessions';
import { expectNoSecrets, jsonOf, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { at, hold, holdSessions, USER } from '../harness/held';
import { runAttendees, type AttendeeRun } from '../harness/attendees';

const GUID = guidAt(1);
const [ADA, BOB, EVE] = ['ada@school.example', 'bob@school.example', 'eve@school.example'];
const CONTINUE = { onError: 'continueRegularOutput' } as const;
const ALL = { include: 'all' };

const ask = async (
	server: Pick<PerculusServer, 'url'>,
	parameters: IDataObject = {},
	{ ids = [GUID], ...rest }: AttendeeRun & { ids?: string[] } = {},
) =>
	await runAttendees(
		server,
		ids.map((session_guid, row) => ({ row, session_guid })),
		{ operation: 'getAttendance', ...rest, parameters: parameters as never },
	);

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

/** A server with one session of an hour that isn't finished. */
const during = async (use: (server: PerculusServer) => Promise<void>, options: StartOptions = {}) =>
	await withServer(async (server) => {
		hold(server, GUID);
		await use(server);
	}, options);

const verdicts = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json: { email, attended, attended_seconds } }) => [
		email,
		attended,
		attended_seconds,
	]);

const warningsOf = ({ json }: { json: IDataObject } = { json: {} }) =>
	(json.warnings ?? []) as string[];

const THREE = [
	[ADA, true, 3600],
	[BOB, true, 1200],
	[EVE, false, 0],
];

describe('Get Attendance', () => {
	it('shows the attendees who attended, with all keys, linked to the item', async () => {
		await after(async (server) => {
			const done = await ask(server);
			const [ada, bob] = server.attendeesOf(GUID);
			expect(jsonOf(done.approved)).toEqual([
				{
					session_guid: GUID,
					attendance_code: ada?.attendance_code,
					user_guid: USER,
					email: ADA,
					name: 'Ada',
					surname: ada?.surname,
					role: 'e',
					attended: true,
					attended_seconds: 3600,
					attended_percent: 100,
					first_joined: at('10:00'),
					last_left: at('11:00'),
				},
				{
					session_guid: GUID,
					attendance_code: bob?.attendance_code,
					user_guid: null,
					email: BOB,
					name: 'Bob',
					surname: 'B',
					role: 'u',
					attended: true,
					attended_seconds: 1200,
					attended_percent: 33.3,
					first_joined: at('10:05'),
					last_left: at('10:50'),
				},
			]);
			expect(Object.keys(done.approved[0]?.json ?? {})).toEqual([
				'session_guid',
				'attendance_code',
				'user_guid',
				'email',
				'name',
				'surname',
				'role',
				'attended',
				'attended_seconds',
				'attended_percent',
				'first_joined',
				'last_left',
			]);
			expect(done.probed.approved).toEqual([0, 0]);
			expect(done.rejected).toEqual([]);
			expect(server.requestsTo('reportAttendees')).toHaveLength(1);
			expect(server.requestsTo('report')).toHaveLength(0);
		});
	});

	it('adds the absent attendees with All Attendees', async () => {
		await after(async (server) => {
			const { approved } = await ask(server, ALL);
			expect(verdicts(approved)).toEqual(THREE);
			expect(approved[2]?.json).toMatchObject({
				name: 'Eve',
				attended_percent: 0,
				first_joined: null,
				last_left: null,
			});
			for (const { json } of approved) expect(json).not.toHaveProperty('warnings');
		});
	});

	it('adds the entry of the report to each attendee without Simplify', async () => {
		await after(async (server) => {
			const { approved } = await ask(server, ALL, { options: { simplify: false } });
			expect(jsonOf(approved)).toMatchObject([
				{ report: { duration_live: 3600, replay_count: 0 } },
				{ report: { duration_live: 1200 } },
				{ report: null },
			]);
		});
	});

	it.each<[IDataObject, unknown[]]>([
		[{ attendedFrom: 20 }, [ADA, BOB]],
		[{ attendedFrom: 21 }, [ADA]],
		[{ attendedFrom: 33.3, attendedUnit: 'percent' }, [ADA, BOB]],
		[{ attendedFrom: 34, attendedUnit: 'percent' }, [ADA]],
	])(
		'counts only attendees who reach the minimum %j as attended: %j',
		async (parameters, emails) => {
			await after(async (server) => {
				const { approved } = await ask(server, parameters);
				expect(jsonOf(approved).map(({ email }) => email)).toEqual(emails);
				const all = verdicts((await ask(server, { ...parameters, ...ALL })).approved);
				expect(all).toEqual(
					THREE.map(([email, , seconds]) => [email, emails.includes(email), seconds]),
				);
			});
		},
	);

	it('reads Minimum Attendance for each item, with one request for the report', async () => {
		await after(async (server) => {
			const items = [0, '34', 101, ''].map((from, row) => ({ row, session_guid: GUID, from }));
			const done = await runAttendees(server, items, {
				operation: 'getAttendance',
				parameters: { attendedFrom: '={{ $json.from }}', attendedUnit: 'percent' } as never,
			});
			expect(done.probed.approved).toEqual([0, 0, 1]);
			expect(done.probed.rejected).toEqual([2, 3]);
			expect(server.requestsTo('reportAttendees')).toHaveLength(1);
		});
	});

	it.each<[IDataObject, RegExp]>([
		[{ attendedFrom: -1 }, /^Minimum Attendance must be a number of minutes, 0 or more; .*'-1'/],
		[{ attendedFrom: '={{ "many" }}' }, /^Minimum Attendance must be/],
		[{ attendedFrom: '={{ undefined }}' }, /^Minimum Attendance must be/],
		[{ attendedFrom: 101, attendedUnit: 'percent' }, /^Minimum Attendance must be a percentage/],
		[{ attendedFrom: "={{ $('Nowhere').item.json.x }}" }, /^Minimum Attendance has an expression/],
		[{ include: '={{ "some" }}' }, /^Include must be/],
		[{ attendedUnit: '={{ "hours" }}' }, /^Minimum Attendance Unit must be/],
		[{ options: { durationUnit: '={{ "hours" }}' } }, /^Duration Unit must be/],
	])(
		'rejects the item without a request if a parameter is invalid: %j',
		async (parameters, issue) => {
			await after(async (server) => {
				const done = await ask(server, parameters);
				expect(done.approved).toEqual([]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{
						outcome: 'rejected',
						rejection: {
							source: 'check',
							reason: 'validation_error',
							details: [expect.stringMatching(issue)],
						},
						session_guid: GUID,
					},
				]);
				expect(server.requests).toEqual([]);
			});
		},
	);

	it("returns no item for a session without attendees, and rejects one that doesn't exist", async () => {
		await withServer(async (server) => {
			server.preload({ session_guid: GUID, start_date: '2025-03-03T10:00:00Z' });
			server.finish(GUID);
			const done = await ask(server, ALL, { ids: [GUID, UNKNOWN] });
			expect(done.approved).toEqual([]);
			expect(done.probed.rejected).toEqual([1]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: {
						source: 'perculus',
						reason: 'session_not_found',
						code: 30,
						message: expect.stringContaining(`the GUID '${UNKNOWN}'`) as string,
					},
					session_guid: UNKNOWN,
				},
			]);
			// No request for the attendees of the unknown session.
			expect(server.requestsTo('attendeeSearch').every(({ path }) => path.includes(GUID))).toBe(
				true,
			);
		});
	});

	it.each(['list', 'guid', 'reference'] as const)('finds the session by %s', async (mode) => {
		await after(async (server) => {
			const session = by(mode, mode === 'reference' ? 'CS 1' : GUID);
			const { approved } = await ask(server, {}, { session });
			expect(jsonOf(approved)).toMatchObject([
				{ session_guid: GUID, email: ADA },
				{ session_guid: GUID, email: BOB },
			]);
			for (const { json } of approved)
				expect(json.session_reference).toBe(mode === 'reference' ? 'CS 1' : undefined);
		});
	});
});

describe('Get Attendance with undocumented behavior of the server', () => {
	const same: StartOptions[] = [
		{ reportMethod: 'GET' },
		{ reportMethod: 'GET', reportOtherMethod: 'page' },
		{ reportMethod: 'both' },
		{ userStats: 'byCode' },
		{ userStats: 'byEmail' },
		{ reportUserKey: 'user_guid' },
		{ reportGuests: 'withoutCode' },
		{ reportGuests: 'withoutEmail' },
		{ guidCase: 'lower' },
		{ attendeeKeys: 'id' },
		{ attendeeList: 'data' },
		{ attendeePaging: 'whole' },
		{ firstPage: 0 },
		{ searchOrder: 'shuffled' },
		{ reportAbsent: 'zeros' },
		{ durationOnFinish: 'planned' },
		{ stamps: 'ticksUtc' },
	];
	it.each(same)('the output has the same people with the same attendance: %j', async (options) => {
		await after(async (server) => {
			const { approved, rejected } = await ask(server, ALL);
			expect(rejected).toEqual([]);
			expect(verdicts(approved)).toEqual(THREE);
			expect(jsonOf(approved).map(({ name }) => name)).toEqual(['Ada', 'Bob', 'Eve']);
			for (const item of approved) expect(warningsOf(item)).toEqual([]);
			const present = await ask(server);
			expect(verdicts(present.approved)).toEqual(THREE.slice(0, 2));
		}, options);
	});

	it('combines several visits of an attendee to one item with the longest, and a warning', async () => {
		await after(
			async (server) => {
				const { approved } = await ask(server, ALL);
				expect(verdicts(approved)).toEqual([
					[ADA, true, 3600],
					[BOB, true, 600],
					[EVE, false, 0],
				]);
				expect(warningsOf(approved[1])).toEqual([expect.stringContaining('2 times')]);
				expect(approved[1]?.json).toMatchObject({
					first_joined: at('10:05'),
					last_left: at('10:50'),
				});
			},
			{ reportEntries: 'perVisit' },
		);
	});

	it('reads minutes with Duration Unit, and warns if they were read as seconds', async () => {
		await after(
			async (server) => {
				const right = await ask(server, ALL, { options: { durationUnit: 'minutes' } });
				expect(verdicts(right.approved)).toEqual(THREE);
				for (const item of right.approved) expect(warningsOf(item)).toEqual([]);
				const wrong = await ask(server, ALL);
				for (const item of wrong.approved)
					expect(warningsOf(item)).toEqual([expect.stringContaining("'Duration Unit'")]);
			},
			{ liveUnit: 'minutes' },
		);
	});

	it('warns if seconds were read as minutes', async () => {
		await after(async (server) => {
			const { approved } = await ask(server, {}, { options: { durationUnit: 'minutes' } });
			for (const item of approved)
				expect(warningsOf(item)).toEqual([expect.stringContaining("'Duration Unit'")]);
		});
	});

	it.each(['actual', 'planned'] as const)(
		'computes percentages from the duration in the report after an early finish: %s',
		async (durationOnFinish) => {
			await during(
				async (server) => {
					server.finish(GUID, at('10:50'));
					const { approved } = await ask(server);
					expect(approved[1]?.json.attended_percent).toBe(
						durationOnFinish === 'actual' ? 40 : 33.3,
					);
				},
				{ durationOnFinish },
			);
		},
	);

	it.each(['code31', 'noContent', 'emptyBody'] as const)(
		'rejects a report that is not ready as %s as retryable in every On Error mode',
		async (reportNotReady) => {
			for (const onError of [
				'stopWorkflow',
				'continueRegularOutput',
				'continueErrorOutput',
			] as const) {
				await during(
					async (server) => {
						const done = await ask(server, ALL, { onError });
						expect([...done.approved, ...done.error]).toEqual([]);
						expect(jsonOf(done.rejected)).toMatchObject([
							{
								outcome: 'rejected',
								rejection: {
									source: 'perculus',
									reason: 'session_stat_not_found',
									code: reportNotReady === 'code31' ? 31 : null,
									retryable: true,
								},
								session_guid: GUID,
							},
						]);
						// No request for the attendees before the report is ready.
						expect(server.requests).toHaveLength(1);
					},
					{ reportNotReady },
				);
			}
		},
	);

	it('shows the numbers of found attendees and of rejected sessions in a hint', async () => {
		await after(async (server) => {
			const message = async (ids: string[]) =>
				(await ask(server, {}, { ids })).hints.map((hint) => hint.message);
			expect(await message([GUID, UNKNOWN])).toEqual(['2 attendees found, 1 session rejected.']);
			expect(await message([UNKNOWN])).toEqual(['1 session rejected.']);
		});
	});

	it('warns on each item, also of absent attendees, that the report may not be final', async () => {
		const shown: Array<[StartOptions, unknown[]]> = [
			[{ reportNotReady: 'soFar' }, THREE],
			[{ reportNotReady: 'zeros' }, THREE.map(([email]) => [email, false, 0])],
		];
		for (const [options, people] of shown) {
			await during(async (server) => {
				const { approved } = await ask(server, ALL);
				expect(verdicts(approved)).toEqual(people);
				for (const item of approved)
					expect(warningsOf(item)).toEqual([expect.stringContaining('may not be final')]);
			}, options);
		}
		await after(
			async (server) => {
				for (const item of (await ask(server, ALL)).approved)
					expect(warningsOf(item)).toEqual([expect.stringMatching(/may not be final.*'PACK'/)]);
			},
			{ editReport: (whole) => ({ ...whole, error_code: 'PACK' }) },
		);
	});

	it('keeps a person who is no attendee of the session, and warns on each absent attendee', async () => {
		await during(async (server) => {
			const visit = { joined: at('10:00'), left: at('10:30') };
			server.attend(GUID, { email: 'walk-in@school.example', ...visit });
			server.finish(GUID);
			const { approved } = await ask(server, ALL);
			expect(verdicts(approved)).toEqual([
				...THREE.slice(0, 2),
				['walk-in@school.example', true, 1800],
				THREE[2],
			]);
			expect(approved[2]?.json).toMatchObject({ name: null, surname: null, role: 'u' });
			expect(approved.map((item) => warningsOf(item).length)).toEqual([0, 0, 0, 1]);
			expect(warningsOf(approved[3])).toEqual([expect.stringContaining('match no attendee')]);
		});
	});

	it.each<[string, StartOptions['editReport']]>([
		['no user_stats', ({ user_stats: _, ...rest }) => rest],
		['user_stats that are null', (report) => ({ ...report, user_stats: null })],
		['user_stats that are a string', (report) => ({ ...report, user_stats: 'none' })],
		['an entry that is no object', (report) => ({ ...report, user_stats: [null] })],
		['one object as user_stats', (report) => ({ ...report, user_stats: { email: ADA } })],
		['a list as the report', () => []],
		['null as the report', () => null],
	])('never takes %s as a session without attendees', async (_, editReport) => {
		await after(
			async (server) => {
				for (const parameters of [{}, ALL]) {
					const done = await ask(server, parameters, CONTINUE);
					expect(done.approved).toEqual([]);
					expect(jsonOf(done.rejected)).toMatchObject([
						{
							outcome: 'rejected',
							rejection: { source: 'request', reason: 'no_result', code: null, retryable: false },
							session_guid: GUID,
						},
					]);
				}
				expect(server.requests).toHaveLength(2);
				expect((await ask(server)).thrown?.message).toContain('without a report');
				const { error } = await ask(server, ALL, { onError: 'continueErrorOutput' });
				expect(jsonOf(error)).toMatchObject([{ details: { reason: 'no_result' } }]);
			},
			{ editReport },
		);
	});

	it.each(['noPeople', 'text'] as const)(
		"rejects a report with the body '%s'",
		async (reportBody) => {
			await after(
				async (server) => {
					const done = await ask(server, ALL, CONTINUE);
					expect(done.approved).toEqual([]);
					expect(jsonOf(done.rejected)).toMatchObject([{ rejection: { reason: 'no_result' } }]);
				},
				{ reportBody },
			);
		},
	);
});

describe("Get Attendance if the attendees can't be read", () => {
	const faults: Array<[string, Fault, string]> = [
		['403', { status: 403, body: '<h1>Forbidden</h1>' }, 'unauthorized'],
		['a page', { body: '<h1>Sign in</h1>' }, 'service_unavailable'],
		['404 without a code', { status: 404, body: '<h1>Not Found</h1>' }, 'request_refused'],
		['a code', { status: 404, body: { code: 30 } }, 'session_not_found'],
	];
	it.each(faults)('shows attendees without names after %s, with a warning', async (_, fault) => {
		await after(
			async (server) => {
				server.fail({ route: 'attendeeSearch', times: 99, ...fault });
				const done = await ask(server, {}, { ids: [1, 2, 3].map(guidAt) });
				expect(done.thrown).toBeUndefined();
				expect(done.rejected).toEqual([]);
				expect(done.probed.approved).toEqual([0, 0, 1, 1, 2, 2]);
				for (const item of done.approved) {
					expect(item.json).toMatchObject({ name: null, surname: null, attended: true });
					expect(warningsOf(item)).toEqual([expect.stringContaining('names are missing')]);
				}
				expect(jsonOf(done.approved)).toMatchObject([
					{ email: ADA, role: 'e' },
					{ email: BOB, role: 'u' },
					{},
					{},
					{},
					{},
				]);
			},
			{},
			3,
		);
	});

	it.each(faults)('rejects the item with All Attendees after %s', async (_, fault, reason) => {
		await after(async (server) => {
			server.fail({ route: 'attendeeSearch', times: 99, ...fault });
			const done = await ask(server, ALL, CONTINUE);
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { reason }, session_guid: GUID },
			]);
			expectNoSecrets(done);
		});
	});

	it('rejects the item with All Attendees instead of using half a list', async () => {
		await during(async (server) => {
			for (let n = 0; n < 247; n++) server.preloadAttendee(GUID, { email: `p${n}@school.example` });
			server.finish(GUID);
			const whole = await ask(server, ALL);
			expect(whole.approved).toHaveLength(250);
			server.fail({ route: 'attendeeSearch', nth: 2, status: 502, times: 9 });
			const done = await ask(server, ALL, CONTINUE);
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ rejection: { source: 'request', reason: 'service_unavailable', retryable: true } },
			]);
		});
	});

	it('treats each item of one session by its own Include', async () => {
		await after(async (server) => {
			server.fail({ route: 'attendeeSearch', times: 99, status: 403 });
			const items = ['all', 'present'].map((include, row) => ({
				row,
				session_guid: GUID,
				include,
			}));
			const done = await runAttendees(server, items, {
				operation: 'getAttendance',
				parameters: { include: '={{ $json.include }}' } as never,
				...CONTINUE,
			});
			expect(done.probed).toMatchObject({ approved: [1, 1], rejected: [0] });
			expect(server.requestsTo('attendeeSearch')).toHaveLength(1);
		});
	});
});

describe('Requests of Get Attendance', () => {
	it('sends the requests of a session once for all items that name it, with results for each', async () => {
		await after(
			async (server) => {
				const ids = [GUID, guidAt(2), GUID.toUpperCase(), `{${GUID}}`, guidAt(2)];
				const done = await ask(server, {}, { ids });
				expect(done.probed.approved).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
				expect(server.requestsTo('reportAttendees')).toHaveLength(2);
				const searched = server
					.requestsTo('attendeeSearch')
					.map(({ path, body }) => JSON.stringify([path, (body as IDataObject).page_number]));
				expect(new Set(searched).size).toBe(searched.length);
			},
			{},
			2,
		);
	});

	it('requests four sessions at a time, also if the items of each session follow one another', async () => {
		await after(
			async (server) => {
				const guids = Array.from({ length: 8 }, (_, n) => guidAt(n + 1));
				const ids = guids.flatMap((guid) => [guid, guid, guid, guid, guid]);
				const done = await ask(server, {}, { ids });
				expect(done.approved).toHaveLength(80);
				expect(server.requestsTo('reportAttendees')).toHaveLength(8);
				expect(server.maxInFlight('reportAttendees')).toBeGreaterThan(1);
				expect(server.maxInFlight()).toBe(4);
			},
			{ latencyMs: 40 },
			8,
		);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'starts no further session after a 401: %s',
		async (onError) => {
			await after(
				async (server) => {
					server.fail({ route: 'reportAttendees', times: 99, status: 401 });
					const ids = Array.from({ length: 12 }, (_, n) => guidAt(n + 1));
					const done = await ask(server, ALL, { ids, onError });
					expect(server.requests.length).toBeLessThanOrEqual(4);
					expect(done.approved).toEqual([]);
					if (onError === 'stopWorkflow') expect(done.thrown?.httpCode).toBe('401');
					else if (onError === 'continueRegularOutput') expect(done.rejected).toHaveLength(12);
					else expect(done.error).toHaveLength(12);
					expectNoSecrets(done);
				},
				{ latencyMs: 20 },
				12,
			);
		},
	);

	it('stops starting sessions after a 403 for attendees, with All Attendees', async () => {
		await after(
			async (server) => {
				server.fail({ route: 'attendeeSearch', times: 99, status: 403 });
				const ids = Array.from({ length: 12 }, (_, n) => guidAt(n + 1));
				const done = await ask(server, ALL, { ids, ...CONTINUE });
				expect(done.rejected).toHaveLength(12);
				expect(server.requestsTo('reportAttendees').length).toBeLessThan(12);
			},
			{ latencyMs: 20 },
			12,
		);
	});
});

it.each(['agentRequest', 'toolInvocation'] as const)(
	'Get Attendance returns the attendees, or the reason of the rejection, to an agent by %s',
	async (via) => {
		await after(async (server) => {
			const answer = async (guid: string, include: string) => {
				const parameters = {
					resource: 'attendee',
					operation: 'getAttendance',
					session: by('list', "={{ $fromAI('guid', 'GUID of the session', 'string') }}"),
					include: "={{ $fromAI('include', 'Which people', 'string') }}",
				} as never;
				const input = { guid, include };
				return (await runPerculusAsTool({ server, via, input, parameters })).answer;
			};
			expect(await answer(GUID, 'none')).toMatchObject([
				{ email: ADA, attended: true },
				{ email: BOB, attended: true },
			]);
			expect(await answer(GUID, 'all')).toMatchObject([{}, {}, { email: EVE, attended: false }]);
			expect(await answer(UNKNOWN, 'all')).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'session_not_found' }, session_guid: UNKNOWN },
			]);
		});
	},
);

it('Get Attendance reads 2,000 attendees with one report and at most 22 searches', async () => {
	await withServer(async (server) => {
		server.preload({ session_guid: GUID, start_date: '2025-03-03T10:00:00Z' });
		for (let n = 0; n < 2000; n++) {
			const email = `p${n}@school.example`;
			server.preloadAttendee(GUID, { email });
			if (n % 2 === 0) server.attend(GUID, { email, joined: at('10:00'), left: at('10:30') });
		}
		server.finish(GUID);
		const { approved } = await ask(server, ALL);
		expect(approved).toHaveLength(2000);
		expect(jsonOf(approved).filter(({ attended }) => attended === true)).toHaveLength(1000);
		expect(server.requestsTo('reportAttendees')).toHaveLength(1);
		expect(server.requestsTo('attendeeSearch').length).toBeLessThanOrEqual(22);
	});
});
