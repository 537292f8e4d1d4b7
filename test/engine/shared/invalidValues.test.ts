import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { mapperFields } from '../../../nodes/Perculus/methods';
import { SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import {
	SAMPLE_STORED_GUID,
	startPerculusServer,
	type Json,
	type PerculusServer,
	type SessionInput,
} from '../../perculus-server';
import { mapping, runnerAt, type EngineRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

const good = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 120,
	...rest,
});
const many = (count: number, rest: IDataObject = {}) =>
	Array.from({ length: count }, (_, row) => good({ row, name: `CS${row}`, ...rest }));

interface Rejection {
	source: string;
	reason: string;
	code: number | null;
	message: string;
	details: string[];
	retryable: boolean;
}

const rejections = ({ rejected }: EngineRun) =>
	rejected.map(({ json }) => json.rejection as unknown as Rejection);
const detailsOf = (done: EngineRun) => rejections(done).map(({ details }) => details);

describe("Values that can't be sent", () => {
	// The server rejects the whole request if one of them is sent.
	beforeEach(() => server.set({ malformed: 'wholeBody12', malformedGuid: 'malformed' }));

	const BAD: Array<[IDataObject, string]> = [
		[
			{ duration: 'abc' },
			"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has 'abc'",
		],
		[
			{ duration: 4 },
			"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has '4'",
		],
		[
			{ duration: '361' },
			"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has '361'",
		],
		[
			{ duration: 60.5 },
			"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has '60.5'",
		],
		[
			{ duration: true },
			"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has 'true'",
		],
		[
			{ duration: [60, 90] },
			'Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has a list',
		],
		[
			{ duration: {} },
			'Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has an object',
		],
		[{ duration: null }, 'Duration (Minutes) is missing; a new session needs it'],
		[{ name: '  ' }, 'Name is missing; a new session needs it'],
		[{ name: { first: 'CS' } }, 'Name must be text; this item has an object'],
		[{ name: 'CS\u0000201' }, 'Name must be text without NUL or half of an emoji'],
		[{ name: 'half an emoji \uD83C' }, 'Name must be text without NUL or half of an emoji'],
		[{ session_guid: 'x' }, 'Session GUID must look like'],
		[{ session_guid: 42 }, 'Session GUID must look like'],
		[
			{ timezone: 'Mars/Base' },
			"Time Zone must be an IANA name such as Europe/Istanbul; this item has 'Mars/Base'",
		],
		[
			{ timezone: '+03:00' },
			"Time Zone must be an IANA name such as Europe/Istanbul; this item has '+03:00'",
		],
		[{ lang: 'Türkçe' }, "Language must be a language tag such as en-US; this item has 'Türkçe'"],
		[{ tags: [{ a: 1 }] }, 'Tags must be text, or a list of texts; this item has a list'],
		[{ allow_recording: 'perhaps' }, "Allow Recording must be yes or no; this item has 'perhaps'"],
		[{ allow_recording: 2 }, "Allow Recording must be yes or no; this item has '2'"],
		[{ start_date: '' }, 'Start Date is missing; a new session needs it'],
		[{ start_date: 'tomorrow' }, 'Start Date must be a date and time'],
		[{ start_date: '05/06/2030 14:00' }, 'Start Date must be a date and time'],
		[{ start_date: '2030-02-31T12:00:00' }, 'Start Date must be a date and time'],
		[{ start_date: '2030-08-05T25:00:00' }, 'Start Date must be a date and time'],
		[{ start_date: true }, 'Start Date must be a date and time'],
		[{ start_date: {} }, 'Start Date must be a date and time'],
		[{ start_date: '2030-08-05' }, 'Start Date has a day but no time of day'],
		[
			{ start_date: null, start_time: '14:00' },
			'Start Time is set, but Start Date is missing; also give the day',
		],
		[{ start_date: '1899-12-30T14:00:00' }, 'Start Date must be in the years 2000 to 9998'],
		[{ start_time: '14:00' }, 'Start Date has a time of day already'],
		[{ start_date: '2030-08-05', start_time: 'noon' }, 'Start Time must be a time such as 14:30'],
		[
			{ options: 'all' },
			"options must be an object that holds settings by their names; this item has 'all'",
		],
		[
			{ options: [1] },
			'options must be an object that holds settings by their names; this item has a list',
		],
		[
			{ options: { chat: true } },
			"options.chat must be an object that holds settings by their names; this item has 'true'",
		],
		[{ options: { allow_rating: 'perhaps' } }, 'Ask for a Rating must be yes or no'],
		[{ options: { preparation_time: -1 } }, 'Early Entry (Minutes) must be a whole number'],
		[
			{ options: { return_url: 'javascript:alert(1)' } },
			'Page After Session (URL) must be an address',
		],
		[{ options: { chat: { offNewMsgSound: 'loud' } } }, 'Turn Off Chat Sound must be yes or no'],
		[
			{ options: { duration: { allowExtendTime: 9 } } },
			'Allow Extending the Time must be yes or no',
		],
	];

	it('invalid values are reported on their own item, and the other items are sent', async () => {
		const items = BAD.flatMap(([bad], i) => [
			good({ row: `good ${i}`, name: `CS${i}` }),
			good({ row: i, ...bad }),
		]);
		const done = await run(items);

		expect(detailsOf(done)).toEqual(BAD.map(([, issue]) => [expect.stringContaining(issue)]));
		expect(done.probed.rejected).toEqual(BAD.map((_, i) => i));
		expect(done.approved).toHaveLength(BAD.length);
		expect(server.batches().map((batch) => batch.length)).toEqual([BAD.length]);
		for (const rejection of rejections(done)) {
			expect(rejection).toMatchObject({
				source: 'check',
				reason: 'validation_error',
				code: null,
				retryable: false,
				message: `Not sent: ${rejection.details[0]}. Correct it and try again.`,
			});
		}
	});

	it('the invalid values of an item are reported all at once', async () => {
		const all = {
			session_guid: 'x',
			duration: 1,
			lang: '?',
			start_date: 'x',
			options: { chat: 1 },
		};
		const done = await run([good({ ...all, timezone: 'x', tags: {}, allow_recording: 'x' })]);

		const { details = [], message } = rejections(done)[0] ?? {};
		expect(details).toHaveLength(8);
		for (const detail of details) expect(message?.split(`${detail}.`)).toHaveLength(2);
		expect(server.requests).toEqual([]);
	});

	it('each field with an expression that fails is reported on its own item', async () => {
		const broken = '={{ $json.row === 1 ? $("Nowhere").item.json.x : undefined }}';
		const fields = mapping({
			name: '={{ $json.name }}',
			start_date: '={{ $json.start_date }}',
			duration: '={{ $json.row === 1 ? "abc" : 60 }}',
			tags: broken,
			'options.return_url': broken,
		});
		const done = await run(many(3), { fields });

		expect(done.probed).toEqual({ approved: [0, 2], rejected: [1], error: [] });
		expect(detailsOf(done)).toEqual([
			[
				expect.stringMatching(/^Tags has an expression that does not work for this item: ./),
				expect.stringMatching(/^Page After .* has an expression that does not work/),
				expect.stringMatching(/^Duration \(Minutes\) must be/),
			],
		]);
		expect(server.batches()).toHaveLength(1);
	});

	it('invalid values are reported all at once if the workflow holds the types of the fields', async () => {
		const schema = mapperFields(SESSION_FIELDS, 'upsert');
		const values = { name: '={{ $json.name }}', start_date: '={{ $json.when.trim() }}' };
		const bad = { duration: '={{ $json.length.trim() }}', allow_recording: '={{ $json.rec }}' };
		const fields = { ...mapping({ ...values, ...bad }), schema };
		const rows = [{ row: 1, name: 'CS201', when: 'soon', length: 'abc', rec: 'perhaps' }];
		const done = await run(
			[...rows, { row: 2, name: 'CS202', when: '2030-08-05 12:00', length: '90', rec: 'yes' }],
			{ fields: fields as never },
		);

		expect(done.probed).toEqual({ approved: [2], rejected: [1], error: [] });
		expect(detailsOf(done)).toEqual([
			[
				expect.stringContaining("'abc'"),
				expect.stringContaining("'perhaps'"),
				expect.stringContaining("'soon'"),
			],
		]);
		expect(server.batches()).toMatchObject([[{ duration: 90, allow_recording: true }]]);
	});

	it('values with only one possible meaning are converted', async () => {
		await run([
			good({
				session_guid: `{${SAMPLE_STORED_GUID}}`,
				name: 201,
				duration: ' 90 ',
				tags: ['a', '', 'b'],
				lang: '',
				allow_recording: 'no',
				inaccessible_replay: 1,
				options: JSON.stringify({ allow_rating: 'FALSE', preparation_time: '10.0' }),
			}),
		]);

		expect(server.batches()).toEqual([
			[
				{
					session_guid: SAMPLE_STORED_GUID,
					name: '201',
					start_date: '2030-08-05T12:00:00Z',
					timezone: ZONE,
					duration: 90,
					tags: 'a,b',
					allow_recording: false,
					inaccessible_replay: true,
					options: { allow_rating: false, preparation_time: 10 },
				},
			],
		]);
	});

	it('random values never make Perculus reject the whole request', async () => {
		const runs = Number(process.env.POISON_RUNS ?? 30);
		const anything = fc.oneof(
			fc.anything({ maxDepth: 2, withDate: true, withBigInt: true }),
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom('0', '9', ':', '-', 'T', 'Z', '+', '.', ' ', '2') }),
			fc.double(),
			fc.constantFrom('', '1', 'yes', '90', ZONE, 'en-US', SAMPLE_STORED_GUID, '0000-01-01T00:00'),
			fc
				.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
				.map((date) => date.toISOString()),
		);
		const keys = [
			'session_guid',
			'name',
			'start_date',
			'start_date',
			'start_time',
			'duration',
			'end_date',
		];
		const more = ['timezone', 'lang', 'description', 'tags', 'allow_recording', 'options'];
		const nested = ['preparation_time', 'return_url', 'allow_rating', 'chat.offNewMsgSound'];
		const keyArb = fc.constantFrom(...keys, ...more, ...nested.map((key) => `options.${key}`));
		// At most two per item: one invalid value is enough to keep the item from being sent.
		const badArb = fc
			.array(fc.tuple(keyArb, anything), { maxLength: 2 })
			.map((entries) => Object.fromEntries(entries) as IDataObject);

		const check = async (bad: IDataObject[], mayMiss: boolean, encoding: string) => {
			server.reset();
			server.set({ malformed: 'modelBinding', malformedGuid: 'malformed', acceptsNoOffset: true });
			const items = bad.map((item) => (mayMiss ? item : good(item)));
			const options = { startDateEncoding: encoding };
			const done = await run([...items, good({ row: 'last', name: 'Last' })], { options });

			expect(done.status).toBe('success');
			expect(done.approved.length + done.rejected.length).toBe(items.length + 1);
			expect(server.requests.map(({ status }) => status)).toEqual([expect.any(Number)]);
			expect(rejections(done).map(({ reason }) => reason)).not.toContain('bad_request');
			expect(done.probed.approved).toContain('last');
			expect(
				server.batches()[0]?.every((sent) => !('start_time' in sent || 'end_date' in sent)),
			).toBe(true);
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(badArb, { maxLength: 8 }),
				fc.boolean(),
				fc.constantFrom('wallClock', 'offset'),
				check,
			),
			{ numRuns: runs },
		);
	});
});

/**
 * A server that rejects whole requests because of sessions that the node can't recognize as invalid. Requests that
 * `rule` accepts go to the local Perculus server.
 */
interface PickyServer {
	url: string;
	/** Sessions of each request, and whether it was rejected as a whole. */
	seen: Array<{ sent: SessionInput[]; isRefused: boolean }>;
	rule: (sent: SessionInput[]) => { status: number; body: Json } | undefined;
	stop(): void;
}

async function pickyServer(behind: () => PerculusServer): Promise<PickyServer> {
	const picky: PickyServer = { url: '', seen: [], rule: () => undefined, stop: () => undefined };
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = Buffer.concat(chunks).toString();
		const sent = JSON.parse(body) as SessionInput[];
		const refusal = picky.rule(sent);
		picky.seen.push({ sent, isRefused: refusal !== undefined });
		const { authorization = '' } = request.headers;
		const headers = { authorization, 'content-type': 'application/json' };
		const answer = refusal
			? { status: refusal.status, text: JSON.stringify(refusal.body) }
			: await fetch(behind().url + request.url, { method: 'POST', headers, body }).then(
					async (real) => ({ status: real.status, text: await real.text() }),
				);
		response.writeHead(answer.status, { 'Content-Type': 'application/json' });
		response.end(answer.text);
	};
	const front: Server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
	picky.url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
	picky.stop = () => {
		front.closeAllConnections();
		front.close();
	};
	return picky;
}

describe('A request that is rejected as a whole', () => {
	let picky: PickyServer;
	beforeAll(async () => {
		picky = await pickyServer(() => server);
	});
	beforeEach(() => {
		picky.seen.length = 0;
	});
	afterAll(() => picky.stop());

	const REFUSALS: Array<[string, { status: number; body: Json }]> = [
		['code 12', { status: 400, body: { code: 12, details: ['$[0]: Invalid value.'] } }],
		['code 19', { status: 400, body: { code: 19, details: 'Invalid request body.' } }],
		[
			'the error list of a typed server',
			{ status: 400, body: { title: 'Bad', errors: { '$[0].name': ['No.'] } } },
		],
	];
	const [[, REFUSAL]] = REFUSALS as [[string, { status: number; body: Json }]];
	const isBad = ({ name }: SessionInput) => String(name).startsWith('Bad');
	const refuseBad = (refusal = REFUSAL) => {
		picky.rule = (sent) => (sent.some(isBad) ? refusal : undefined);
	};
	const rowsWith = (count: number, ...bad: number[]) =>
		many(count).map((item, row) => (bad.includes(row) ? { ...item, name: `Bad ${row}` } : item));

	/** Each item comes out once, and exactly the approved sessions were saved, once each. */
	const expectTruth = (done: EngineRun, count: number) => {
		expect(done.approved.length + done.rejected.length).toBe(count);
		const applied = picky.seen.filter(({ isRefused }) => !isRefused).flatMap(({ sent }) => sent);
		const names = applied.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(done.approved.map(({ json }) => json.name).sort()).toEqual(names.sort());
		expect(server.sessions.size).toBe(names.length);
		expect(rejections(done).every(({ source }) => source === 'perculus')).toBe(true);
	};

	it.each([0, 617, 999])('finds one invalid session among 1,000, item %i', async (bad) => {
		refuseBad();
		const done = await run(rowsWith(1000, bad), {}, { server: picky });

		expect(done.probed.rejected).toEqual([bad]);
		expect(detailsOf(done)).toEqual([['$[0]: Invalid value.']]);
		expect(picky.seen.length).toBeLessThanOrEqual(21);
		expectTruth(done, 1000);
	});

	it.each(REFUSALS)('finds the invalid session by %s', async (_, refusal) => {
		refuseBad(refusal);
		const done = await run(rowsWith(7, 3), {}, { server: picky });

		expect(done.probed.rejected).toEqual([3]);
		expect(rejections(done)).toMatchObject([
			{
				source: 'perculus',
				reason: 'code' in (refusal.body as object) ? expect.any(String) : 'bad_request',
				details: [expect.any(String)],
				retryable: false,
			},
		]);
		expectTruth(done, 7);
	});

	it.each([[[3, 8]], [[0, 15]], [[6, 7]], [[2, 7, 13]]])(
		'finds the invalid sessions %j among 16',
		async (bad) => {
			refuseBad();
			const done = await run(rowsWith(16, ...bad), {}, { server: picky });

			expect(done.probed.rejected).toEqual(bad);
			expectTruth(done, 16);
		},
	);

	it('sends 24 more requests if all sessions are rejected', async () => {
		picky.rule = () => REFUSAL;
		const done = await run(many(100), {}, { server: picky });

		expect(picky.seen).toHaveLength(1 + 24);
		expect(done.rejected).toHaveLength(100);
		expect(detailsOf(done)[0]).toContainEqual(
			expect.stringMatching(/refused 7 sessions in one request/),
		);
		expectTruth(done, 100);
	});

	it("sends at most 24 more requests, and reports sessions that it couldn't narrow down", async () => {
		refuseBad();
		const bad = [10, 250, 400, 550];
		const done = await run(rowsWith(1000, ...bad), {}, { server: picky });

		expect(picky.seen).toHaveLength(1 + 24);
		expect(done.probed.rejected).toEqual(expect.arrayContaining(bad));
		const together = detailsOf(done).filter((details) => details.join().includes('in one request'));
		expect(together.length).toBeGreaterThan(0);
		expect(done.rejected.length - together.length).toBeLessThanOrEqual(bad.length);
		expectTruth(done, 1000);
	});

	it('shares the 24 requests among the batches of a run', async () => {
		refuseBad();
		const done = await run(
			rowsWith(60, 5, 25, 45),
			{ options: { batchSize: 20 } },
			{ server: picky },
		);

		// Ten for each of the first two batches, and the remaining four for the third.
		expect(picky.seen).toHaveLength(3 + 24);
		expectTruth(done, 60);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'rejects the only session of a request (%s)',
		async (onError) => {
			refuseBad();
			const done = await run(rowsWith(1, 0), {}, { server: picky, onError });

			expect(done.thrown).toBeUndefined();
			expect(done.probed).toEqual({ approved: [], rejected: [0], error: [] });
			expect(picky.seen).toHaveLength(1);
			expectTruth(done, 1);
		},
	);

	it.each([
		['the first', [0], 19],
		['in the middle', [150], 22],
		['the last', [299], 18],
	])(
		'sends 300 sessions in few requests if the one that is too large by itself is %s',
		async (_, bad, most) => {
			refuseBad({ status: 413, body: { title: 'Payload Too Large' } });
			const done = await run(rowsWith(300, ...bad), {}, { server: picky });

			expect(done.probed.rejected).toEqual(bad);
			expect(done.approved).toHaveLength(300 - bad.length);
			expect(server.sessions.size).toBe(300 - bad.length);
			expect(picky.seen.length).toBeLessThanOrEqual(most);
		},
	);

	it('halves the request as usual if each session is too large by itself', async () => {
		refuseBad({ status: 413, body: '' });
		const all = Array.from({ length: 12 }, (_, row) => row);
		const done = await run(rowsWith(12, ...all), {}, { server: picky });

		expect(done.rejected).toHaveLength(12);
		// The request with 12; two with 6; four with 3; four each with 2 and 1; eight halves of the pairs.
		expect(picky.seen).toHaveLength(1 + 2 + 4 + 8 + 8);
		expectTruth(done, 12);
	});

	it('stays within its limit and saves nothing twice for any invalid sessions', async () => {
		const check = async (count: number, bad: number[], batchSize: number) => {
			server.reset();
			picky.seen.length = 0;
			refuseBad();
			const options = { batchSize };
			const done = await run(rowsWith(count, ...bad), { options }, { server: picky });

			const planned = batchSize ? Math.ceil(count / batchSize) : 1;
			expect(picky.seen.length).toBeLessThanOrEqual(planned + 24);
			expectTruth(done, count);
		};
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 60 }),
				fc.uniqueArray(fc.nat(59), { maxLength: 6 }),
				fc.constantFrom(0, 0, 7, 25),
				check,
			),
			{ numRuns: 30 },
		);
	});
});

describe('Rejections that must not be repeated', () => {
	it.each([
		[400, 13, 'rejected', 'multiple_errors'],
		[400, 15, 'rejected', 'incompatible_values'],
		[404, 25, 'rejected', 'account_not_found'],
		[400, 35, 'rejected', 'session_license_limit_exceed'],
		[400, 36, 'rejected', 'session_license_alert'],
		[500, 10, 'unknown', 'outcome_unknown'],
		[500, 11, 'unknown', 'outcome_unknown'],
	])(
		'sends one request if it is rejected with HTTP %i and code %i',
		async (status, code, outcome, reason) => {
			server.fail({ route: 'batch', status, body: { code, details: 'Words.' } });
			const done = await run(many(5), {}, { onError: 'continueRegularOutput' });

			expect(server.requests).toHaveLength(1);
			expect(server.sessions.size).toBe(0);
			expect(done.rejected.map(({ json }) => json.outcome)).toEqual(Array(5).fill(outcome));
			expect(rejections(done)).toEqual(
				Array(5).fill(expect.objectContaining({ reason, code, retryable: false })),
			);
		},
	);
});

describe.each([400, 413] as const)(
	'Limit of sessions per request, reported with HTTP %i',
	(status) => {
		const limited = (batchLimit: number) => server.set({ batchLimit, batchLimitStatus: status });
		const taken = () =>
			server.requests.filter((request) => request.status === 200).map(({ body }) => body as Json[]);

		it.each([
			[10, 3],
			[10, 5],
			[20, 3],
			[7, 1],
		])('saves %i sessions once each if Perculus accepts %i at a time', async (count, limit) => {
			limited(limit);
			const done = await run(many(count));

			expect(done.probed.approved).toEqual(Array.from({ length: count }, (_, row) => row));
			expect(server.sessions.size).toBe(count);
			const names = taken()
				.flat()
				.map((sent) => String((sent as SessionInput).name));
			expect(names).toHaveLength(count);
			expect(new Set(names).size).toBe(count);
		});

		it('rejects the remaining sessions after 24 more requests, and suggests Batch Size', async () => {
			limited(9);
			const done = await run(many(100));

			expect(server.requests).toHaveLength(1 + 24);
			expect(done.approved.length + done.rejected.length).toBe(100);
			expect(server.sessions.size).toBe(done.approved.length);
			expect(done.rejected.length).toBeGreaterThan(0);
			for (const { source, retryable, message } of rejections(done)) {
				expect({ source, retryable }).toEqual({ source: 'perculus', retryable: false });
				expect(message).toContain('Batch Size');
			}
		});

		it('rejects the only session of a request that is too large', async () => {
			limited(0);
			const done = await run(many(1));

			expect(done.thrown).toBeUndefined();
			expect(server.requests).toHaveLength(1);
			expect(rejections(done)).toMatchObject([
				status === 400
					? { source: 'perculus', reason: 'session_list_limit_exceed', code: 38 }
					: { source: 'perculus', reason: 'request_refused', code: null },
			]);
		});
	},
);
