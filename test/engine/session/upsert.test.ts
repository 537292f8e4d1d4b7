import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	ACCESS_KEY,
	SAMPLE_CREATED_GUID,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
	startPerculusServer,
	type PerculusServer,
} from '../../perculus-server';
import { mapping, runnerAt, runPerculusAsTool, type PerculusToolRun } from '../harness';
import { nextWait } from '../harness/clock';

/** The server's clock, so that no start in these tests is in the past by itself. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const GUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => {
	server.reset();
	server.preload({ ...SAMPLE_STORED, start_date: '2030-08-05T12:00:00+03:00' });
});
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

const jsonOf = (items: INodeExecutionData[]) => items.map((item) => item.json);
const pairsOf = (items: INodeExecutionData[]) => items.map((item) => item.pairedItem);
const sentence = expect.stringMatching(/^[A-Z'].+\.$/) as string;

/** An item with a session that Perculus accepts. */
const good = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 120,
	lang: 'en-US',
	...rest,
});

/** The rejection of an item that the node didn't send. */
const unsent = (...details: unknown[]) => ({
	source: 'check',
	reason: 'validation_error',
	code: null,
	message: sentence,
	details,
	retryable: false,
});

describe("Create or Update with the vendor's sample, moved to the future and without Z", () => {
	const SAMPLE: IDataObject[] = [
		{
			row: 'create',
			name: 'CS201',
			description: 'The technologies used on the web',
			start_date: '2030-08-05T12:00:00',
			duration: 120,
			lang: 'en-US',
		},
		{
			row: 'create in the past',
			name: 'TR102',
			start_date: '2020-08-05T14:00:00',
			duration: 120,
			lang: 'tr-TR',
			options: { allow_rating: false },
		},
		{ row: 'update', session_guid: SAMPLE_STORED_GUID, duration: 100 },
		{ row: 'update of an unknown session', session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
	];

	const runSample = async (parameters: IDataObject = {}) => {
		server.set({ newGuid: () => SAMPLE_CREATED_GUID });
		return await run(SAMPLE, parameters);
	};

	it('sends one request with all four', async () => {
		await runSample();

		expect(server.requests).toHaveLength(1);
		expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/xapi/v2/session/batch' });
		expect(server.batches()).toEqual([
			[
				{
					name: 'CS201',
					description: 'The technologies used on the web',
					start_date: '2030-08-05T12:00:00Z',
					timezone: ZONE,
					duration: 120,
					lang: 'en-US',
				},
				{
					name: 'TR102',
					start_date: '2020-08-05T14:00:00Z',
					timezone: ZONE,
					duration: 120,
					lang: 'tr-TR',
					options: { allow_rating: false },
				},
				{ session_guid: SAMPLE_STORED_GUID, duration: 100 },
				{ session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
			],
		]);
	});

	it('approves the valid create and the valid update', async () => {
		const done = await runSample({ options: { simplify: false } });

		expect(done.status).toBe('success');
		expect(jsonOf(done.approved)).toEqual([
			{
				session_guid: SAMPLE_CREATED_GUID,
				name: 'CS201',
				description: null,
				tags: null,
				start_date: '2030-08-05T12:00:00+03:00',
				timezone: ZONE,
				duration: 120,
				lang: 'en-US',
				status: 1,
				replay_status: 0,
				options: expect.objectContaining({ session_duration: 120, allow_rating: true }),
				creation_date: NOW,
				updating_date: NOW,
				outcome: 'created',
			},
			{
				session_guid: SAMPLE_STORED_GUID,
				name: 'Web Development 101',
				description: null,
				tags: null,
				start_date: '2030-08-05T12:00:00+03:00',
				timezone: ZONE,
				duration: 100,
				lang: 'en-US',
				status: 1,
				replay_status: 0,
				options: expect.objectContaining({ session_duration: 100 }),
				creation_date: expect.stringMatching(/^2030-02-05/),
				updating_date: NOW,
				outcome: 'updated',
			},
		]);
	});

	it('rejects the create in the past and the update of an unknown session', async () => {
		const done = await runSample();

		expect(jsonOf(done.rejected)).toEqual([
			{
				session: {
					name: 'TR102',
					start_date: '2020-08-05T14:00:00+03:00',
					timezone: ZONE,
					duration: 120,
					lang: 'tr-TR',
					options: { allow_rating: false },
				},
				outcome: 'rejected',
				rejection: {
					source: 'perculus',
					reason: 'validation_error',
					code: 12,
					message: sentence,
					details: [
						'Invalid session start date.',
						'The start is in the past: 2020-08-05 14:00 (Europe/Istanbul).',
					],
					retryable: false,
				},
			},
			{
				session: { session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
				outcome: 'rejected',
				rejection: {
					source: 'perculus',
					reason: 'session_not_found',
					code: 30,
					message: sentence,
					details: ['session_not_found'],
					retryable: false,
				},
			},
		]);
	});

	it('links each output item to its own input item', async () => {
		const done = await runSample();

		expect(pairsOf(done.approved)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(pairsOf(done.rejected)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(done.probed).toEqual({
			approved: ['create', 'update'],
			rejected: ['create in the past', 'update of an unknown session'],
			error: [],
		});
	});

	it('shows hints with the counts of created, updated and rejected sessions and the assumed time zone', async () => {
		const done = await runSample();
		const hints = done.hints.map(({ message }) => message);

		expect(hints).toContain('1 session created, 1 updated, 2 rejected.');
		expect(hints).toContainEqual(expect.stringMatching(/Europe\/Istanbul/));
	});

	it('matches the results in any order and shape of the response', async () => {
		const plain = await runSample();
		const variants: Array<Parameters<PerculusServer['set']>[0]> = [
			{ order: 'reversed' },
			{ order: 'shuffled', seed: 7 },
			{ guidCase: 'lower' },
			{ createRejectedShape: 'B', updateRejectedShape: 'A' },
			{ details: 'string' },
			{ details: 'objects' },
		];
		for (const variant of variants) {
			server.reset();
			server.preload({ ...SAMPLE_STORED, start_date: '2030-08-05T12:00:00+03:00' });
			server.set(variant);
			const done = await runSample();

			expect(done.probed).toEqual(plain.probed);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ rejection: { code: 12, details: expect.arrayContaining([expect.any(String)]) } },
				{ rejection: { code: 30, details: expect.arrayContaining([expect.any(String)]) } },
			]);
		}
	});
});

describe('The session operations', () => {
	const items = [good({ row: 'no GUID' }), good({ row: 'GUID', session_guid: SAMPLE_STORED_GUID })];

	it('Create or Update creates without a GUID and updates with one', async () => {
		const done = await run(items);

		expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'created' }, { outcome: 'updated' }]);
	});

	it('Create ignores a GUID that auto-mapping finds', async () => {
		const done = await run(items, { operation: 'create' });

		expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'created' }, { outcome: 'created' }]);
		expect(server.batches()[0]?.every((sent) => !('session_guid' in sent))).toBe(true);
		expect(server.sessions.size).toBe(3);
	});

	it.each([undefined, null, '', '  '])(
		'Update rejects an item with the GUID %j and sends the other item',
		async (session_guid) => {
			const done = await run([{ ...items[0], session_guid }, items[1] ?? {}] as IDataObject[], {
				operation: 'update',
			});

			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'updated' }]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: unsent(expect.stringContaining('Session GUID')) },
			]);
			expect(server.batches()).toHaveLength(1);
			expect(server.batches()[0]).toHaveLength(1);
			expect(server.sessions.size).toBe(1);
		},
	);
});

describe('Automatic mapping', () => {
	const sent = {
		name: 'CS201',
		start_date: '2030-08-05T12:00:00Z',
		timezone: ZONE,
		duration: 120,
		lang: 'en-US',
	};

	it.each<[string, IDataObject]>([
		['ids', good()],
		[
			'labels',
			{
				Name: 'CS201',
				'Start Date': '2030-08-05 12:00',
				'Time Zone': ZONE,
				Duration: '120',
				Language: 'en-US',
			},
		],
		[
			'spellings',
			{
				NAME: 'CS201',
				startDate: '2030-08-05T12:00',
				timeZone: ZONE,
				duration: 120,
				LANG: 'en-US',
			},
		],
		['ids beside unknown keys', { ...good(), teacher: 'Ada', __proto__x: 1, outcome: 'mine' }],
		['ids before labels', { Name: 'label', name: 'CS201', ...good() }],
		['a day field and a time field', { ...good(), start_date: '2030-08-05', start_time: '12:00' }],
	])('maps the input fields by %s', async (_, item) => {
		const done = await run([item]);

		expect(server.batches()).toEqual([[sent]]);
		expect(done.approved).toHaveLength(1);
	});

	it('sends nested options, and no value that is null or empty', async () => {
		await run([
			good({
				tags: '',
				description: null,
				options: { allow_rating: false, return_url: null, chat: { offMessageModule: 'yes' } },
			}),
		]);

		const options = { allow_rating: false, chat: { offMessageModule: true } };
		expect(server.batches()).toEqual([[{ ...sent, options }]]);
	});

	it('accepts its own output: Approved items as updates, Rejected items as the same sessions', async () => {
		server.set({ refuse: ({ name }) => (name === 'Refused' ? { code: 35 } : null) });
		const options = { simplify: false };
		const first = await run([good({ tags: ['a', 'b'] }), good({ name: 'Refused' })], { options });
		const again = await run([...first.approved, ...first.rejected]);

		const [before, after] = server.batches();
		expect(after?.[0]).toMatchObject({ ...before?.[0], session_guid: expect.stringMatching(GUID) });
		expect(after?.[1]).toEqual(before?.[1]);
		expect(jsonOf(again.approved)).toMatchObject([{ outcome: 'updated' }]);
		expect(jsonOf(again.rejected)).toEqual(jsonOf(first.rejected));
	});
});

describe('Manual mapping', () => {
	it('sends literals and expressions, also of fields with dotted ids', async () => {
		const fields = mapping({
			name: '={{ $json.title }}',
			start_date: '={{ $json.day }}T{{ $json.hour }}:00',
			timezone: ZONE,
			duration: 90,
			lang: '={{ $json.language ?? "en-US" }}',
			'options.allow_rating': false,
			'options.chat.offMessageModule': '={{ $json.quiet }}',
			tags: null,
		});
		const rows = [
			{ row: 'a', title: 'CS201', day: '2030-08-05', hour: '12', quiet: 'yes' },
			{ row: 'b', title: 'CS202', day: '2030-08-06', hour: '13', language: 'tr-TR' },
		];
		const done = await run(rows, { fields });

		const options = { allow_rating: false };
		expect(server.batches()).toEqual([
			[
				{
					name: 'CS201',
					start_date: '2030-08-05T12:00:00Z',
					timezone: ZONE,
					duration: 90,
					lang: 'en-US',
					options: { ...options, chat: { offMessageModule: true } },
				},
				{
					name: 'CS202',
					start_date: '2030-08-06T13:00:00Z',
					timezone: ZONE,
					duration: 90,
					lang: 'tr-TR',
					options,
				},
			],
		]);
		expect(done.probed.approved).toEqual(['a', 'b']);
	});

	it.each(['={{ $json.when }}', '={{ $json["when"] }}', '={{ DateTime.fromISO($json.when) }}'])(
		'sends a mapped start as the local time in the mapped zone: %s',
		async (start_date) => {
			const fields = mapping({ ...good(), start_date, timezone: 'Asia/Tokyo' } as never);
			const text = start_date.includes('DateTime')
				? '2030-08-05T12:00:00+09:00'
				: '2030-08-05T12:00';
			await run([{ when: text }], { fields });

			expect(server.batches()).toMatchObject([
				[{ start_date: '2030-08-05T12:00:00Z', timezone: 'Asia/Tokyo' }],
			]);
		},
	);

	it('rejects only the item with a failing expression, and names the field', async () => {
		const name = '={{ $json.row === "b" ? $("Nowhere").item.json.name : $json.row }}';
		const fields = mapping({ ...good(), name } as never);
		const done = await run([{ row: 'a' }, { row: 'b' }, { row: 'c' }], { fields });

		expect(done.probed).toEqual({ approved: ['a', 'c'], rejected: ['b'], error: [] });
		expect(done.rejected[0]?.json).toMatchObject({
			outcome: 'rejected',
			rejection: {
				source: 'check',
				reason: 'validation_error',
				details: expect.arrayContaining([expect.stringMatching(/^Name .*expression/)]),
			},
		});
		expect(server.batches()[0]).toHaveLength(2);
	});
});

describe('Items that are not sent', () => {
	it('sends no request if no item is valid, and reports every issue', async () => {
		const items = [
			{ row: 'a' },
			good({ row: 'b', duration: 4, timezone: 'Mars/Base', session_guid: 'x' }),
		];
		const done = await run(items);

		expect(server.requests).toEqual([]);
		expect(done.status).toBe('success');
		expect(done.approved).toEqual([]);
		expect(done.probed.rejected).toEqual(['a', 'b']);
		expect(jsonOf(done.rejected)).toMatchObject([
			{
				rejection: unsent(
					expect.stringContaining('Name'),
					expect.stringContaining('Start Date'),
					expect.stringContaining('Duration'),
				),
			},
			{
				session: { duration: 4, timezone: 'Mars/Base', session_guid: 'x' },
				rejection: unsent(
					expect.stringContaining('Session GUID'),
					expect.stringContaining('Duration'),
					expect.stringContaining('Time Zone'),
				),
			},
		]);
	});

	it('rejects the GUID of an earlier item', async () => {
		const update = (duration: number, session_guid: string) => ({ duration, session_guid });
		const done = await run([
			update(60, SAMPLE_STORED_GUID),
			update(90, SAMPLE_STORED_GUID.toLowerCase()),
		]);

		expect(jsonOf(done.approved)).toMatchObject([{ duration: 60 }]);
		expect(jsonOf(done.rejected)).toMatchObject([{ rejection: { source: 'check' } }]);
	});

	it('rejects an update that sets nothing, and names the unused column', async () => {
		const done = await run([{ session_guid: SAMPLE_STORED_GUID, 'Session titel': 'Algebra' }]);

		expect(server.requests).toEqual([]);
		expect(jsonOf(done.rejected)).toMatchObject([
			{ rejection: unsent(expect.stringMatching(/^Nothing to change: .*"?Session titel"?/)) },
		]);
	});
});

describe('The options', () => {
	const items = [good({ row: 'a' }), good({ row: 'b', duration: 1 })];

	it('Include Input adds the input to the items of both outputs', async () => {
		const done = await run(items, { options: { includeInput: true } });

		expect(done.approved[0]?.json.input).toEqual(items[0]);
		expect(done.rejected[0]?.json.input).toEqual(items[1]);
	});

	it.each([{}, { simplify: true }])(
		'Approved items have the simplified fields with the options %j',
		async (options) => {
			const done = await run(items, { options });

			expect(jsonOf(done.approved)).toEqual([
				{
					session_guid: expect.stringMatching(GUID),
					name: 'CS201',
					start_date: '2030-08-05T12:00:00+03:00',
					timezone: ZONE,
					duration: 120,
					lang: 'en-US',
					status: 1,
					outcome: 'created',
				},
			]);
			expect(jsonOf(done.rejected)).toMatchObject([{ session: { duration: 1 } }]);
		},
	);

	it('Batch Size splits the run into requests of that size', async () => {
		const five = [1, 2, 3, 4, 5].map((row) => good({ row, name: `CS${row}` }));
		const done = await run(five, { options: { batchSize: 2 } });

		expect(server.batches().map((batch) => batch.length)).toEqual([2, 2, 1]);
		expect(done.probed.approved).toEqual([1, 2, 3, 4, 5]);
	});
});

describe('A rejected credential', () => {
	const credentials = { secretKey: 'wrong' };
	const items = [good({ row: 'a' }), good({ row: 'b', duration: 1 })];

	it('a rejected credential stops the workflow', async () => {
		const done = await run(items, {}, { credentials });

		expect(done.status).toBe('error');
		expect(done.thrown).toMatchObject({ name: 'NodeApiError', message: sentence, httpCode: '401' });
		expect(JSON.stringify(done.runData)).not.toMatch(new RegExp(`Bearer|${ACCESS_KEY}`));
	});

	it('a rejected credential sends the items to Rejected with Continue', async () => {
		const done = await run(items, {}, { credentials, onError: 'continueRegularOutput' });

		expect(done.thrown).toBeUndefined();
		expect(done.probed).toEqual({ approved: [], rejected: ['a', 'b'], error: [] });
		expect(jsonOf(done.rejected)).toMatchObject([
			{ outcome: 'rejected', rejection: { source: 'request', reason: 'unauthorized' } },
			{ outcome: 'rejected', rejection: { source: 'check' } },
		]);
	});

	it('a rejected credential sends the items to Error with Continue (using error output)', async () => {
		const done = await run(items, {}, { credentials, onError: 'continueErrorOutput' });

		expect(done.thrown).toBeUndefined();
		expect(done.probed).toEqual({ approved: [], rejected: ['b'], error: ['a'] });
		expect(done.error[0]?.json).toMatchObject({
			error: expect.any(String),
			message: expect.any(String),
			details: { reason: 'unauthorized', outcome: 'rejected', retryable: false },
		});
	});
});

describe('A run that is interrupted', () => {
	const items = [1, 2, 3].map((row) => good({ row, name: `CS${row}` }));

	it('keeps the sessions approved before a failed request, and does not throw', async () => {
		// The first request succeeds: a delay doesn't change its response.
		server.fail({ route: 'batch', delayMs: 1 }, { route: 'batch', status: 401 });
		const done = await run(items, { options: { batchSize: 1 } });

		expect(done.thrown).toBeUndefined();
		expect(done.probed).toEqual({ approved: [1], rejected: [2, 3], error: [] });
		expect(done.hints).toContainEqual(expect.objectContaining({ type: 'danger' }));
		expect(server.batches()).toHaveLength(2);
	});

	it('a run is canceled when the user stops it during a request', async () => {
		server.fail({ hang: 'before' });
		const done = await run(items, {}, { cancel: server.arrival() });

		expect(done.status).toBe('canceled');
		expect(server.requests).toHaveLength(1);
	});

	it('a run is canceled when the user stops it during a wait', async () => {
		server.fail({ status: 429, headers: { 'Retry-After': '30' } });
		const done = await run(items, {}, { cancel: nextWait() });

		expect(done.status).toBe('canceled');
		expect(server.requests).toHaveLength(1);
	});

	it('sends no create again with Retry On Fail, and no hint says that sessions were saved', async () => {
		server.fail({ route: 'batch', drop: 'before', times: 9 });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const done = await run(items, {}, retry);

		expect(server.batches()).toHaveLength(1);
		expect(jsonOf(done.rejected)).toMatchObject(items.map(() => ({ outcome: 'unknown' })));
		expect(JSON.stringify(done.hints)).not.toContain('Some sessions were saved');
	});
});

describe.each(['agentRequest', 'toolInvocation'] as const)(
	'Create or Update as a tool, by %s',
	(via) => {
		const fields = mapping({
			name: "={{ $fromAI('title', 'Name of the session', 'string') }}",
			start_date: "={{ $fromAI('start', 'When it starts', 'string') }}",
			duration: "={{ $fromAI('minutes', 'How long it takes', 'number') }}",
			timezone: ZONE,
		});
		const call = async (input: PerculusToolRun['input'], rest: Partial<PerculusToolRun> = {}) =>
			await runPerculusAsTool({
				server,
				via,
				input,
				parameters: { fields: fields as never },
				...rest,
			});

		it('shows the agent the approved session', async () => {
			const done = await call({ title: 'CS201', start: '2030-08-05T12:00:00', minutes: 60 });

			expect(done.answer).toMatchObject([{ name: 'CS201', outcome: 'created' }]);
			expect(server.batches()).toMatchObject([[{ name: 'CS201', duration: 60 }]]);
		});

		it.each([
			['a session that Perculus rejected', '2020-08-05T12:00:00', 'validation_error'],
			['a session that was not sent', 'tomorrow', 'validation_error'],
		])('shows the agent the rejection of %s', async (_, start, reason) => {
			const done = await call({ title: 'CS201', start, minutes: 60 });

			expect(done.answer).toMatchObject([{ outcome: 'rejected', rejection: { reason } }]);
		});

		const valid = { title: 'CS201', start: '2030-08-05T12:00:00', minutes: 60 };

		it('asks the agent to check in Perculus if the outcome is unknown', async () => {
			server.fail({ route: 'batch', drop: 'before' });
			const parameters = { fields: fields as never };
			const done = await call(valid, { parameters });

			// If the tool throws, n8n decides what an agent reads: here only the message, or also
			// the description. Both must keep a model from calling again immediately.
			expect(done.observation ?? done.thrown?.message).toMatch(/Check in Perculus/);
		});

		it("does not use the agent's own keys as fields", async () => {
			const agentItem = { chatInput: 'Plan it', name: 'perculus', sessionId: 'chat-1' };
			const done = await call({}, { agentItem, parameters: {} });

			expect(server.requests).toEqual([]);
			expect(JSON.stringify(done.answer)).toContain('Name is missing');
		});
	},
);

it('a tool with Continue (using error output) reports a failed request to its agent', async () => {
	const done = await runPerculusAsTool({
		server,
		via: 'toolInvocation',
		input: {},
		parameters: { fields: mapping(good() as never) as never },
		credentials: { secretKey: 'wrong' },
		onError: 'continueErrorOutput',
	});

	expect(done.observation).toContain('unauthorized');
});
