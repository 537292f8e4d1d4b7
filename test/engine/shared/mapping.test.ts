import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { mapping, runnerAt, type EngineRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const STORED = '61E3D504-13EE-447F-9B36-6686C5C39FEB';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: STORED });
});
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

const session = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05 12:00',
	duration: 60,
	...rest,
});
const outcomesOf = ({ approved }: EngineRun) => approved.map(({ json }) => json.outcome);
const detailsOf = ({ rejected }: EngineRun) =>
	rejected.map(({ json }) => (json.rejection as { details: string[] }).details);
/** Items as another node outputs them: plain JSON, without a link to their input items. */
const handedOn = (items: INodeExecutionData[]) =>
	items.map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);

describe('Session GUID of an item', () => {
	it.each([
		'session_guid',
		'Session GUID',
		'sessionGuid',
		'GUID',
		'guid',
		'Session ID',
		'session_id',
		'sessionId',
	])('a GUID in the column %s updates that session and creates none', async (column) => {
		const done = await run([session({ [column]: STORED })]);

		expect(outcomesOf(done)).toEqual(['updated']);
		expect(server.sessions.size).toBe(1);
	});

	it.each([
		['empty text', ''],
		['null', null],
		['spaces', '  '],
		['an empty list', []],
	])('a GUID is not hidden by %s in another column', async (_, empty) => {
		const done = await run(
			[
				session({ session_guid: empty, 'Session GUID': STORED }),
				session({ GUID: STORED, session_guid: empty, name: 'CS202' }),
			],
			{ options: { batchSize: 1 } },
		);

		expect(outcomesOf(done)).toEqual(['updated', 'updated']);
		expect(server.sessions.size).toBe(1);
	});

	it('Create ignores a GUID in any column', async () => {
		const items = ['session_guid', 'GUID', 'sessionId'].map((column) =>
			session({ [column]: STORED }),
		);
		const done = await run([...items, session({ GUID: 'no GUID at all' })], {
			operation: 'create',
		});

		expect(outcomesOf(done)).toEqual(['created', 'created', 'created', 'created']);
		expect(JSON.stringify(server.batches())).not.toContain('session_guid');
	});

	it('an invalid GUID is rejected and never creates a session', async () => {
		const done = await run([session({ session_id: 4711 })]);

		expect(detailsOf(done)).toEqual([
			[
				"Session GUID must look like 1B27EB7F-0000-4000-8000-000000000000; this item has '4711' (column 'session_id')",
			],
		]);
		expect(server.requests).toEqual([]);
	});
});

it("empty columns don't hide filled ones, including nested settings", async () => {
	const options = { allow_rating: 'no', preparation_time: '', chat: { offNewMsgSound: true } };
	await run([
		session({
			name: null,
			'Session Name': 'CS202',
			'options.allow_rating': '',
			'options.chat': ' ',
			options,
		}),
	]);

	expect(server.batches()).toMatchObject([
		[{ name: 'CS202', options: { allow_rating: false, chat: { offNewMsgSound: true } } }],
	]);
	expect(server.batches()[0]?.[0]).not.toHaveProperty(['options', 'preparation_time']);
});

describe('Columns that were not used', () => {
	it('an item with missing fields names its columns that were not used', async () => {
		const row = { Titel: 'Algebra', Wann: '2030-08-05 12:00', Dauer: 60, timezone: ZONE };
		const done = await run([row]);

		expect(detailsOf(done)).toEqual([
			[
				'Name is missing; a new session needs it',
				'Start Date is missing; a new session needs it',
				"Duration (Minutes) is missing; a new session needs it (columns of this item that were not used: 'Titel', 'Wann', 'Dauer')",
			],
		]);
	});

	it('an update without a GUID and a start without a time also name unused columns', async () => {
		const update = await run([session({ Kennung: STORED })], { operation: 'update' });
		const hour = await run([session({ start_date: '2030-08-05', Uhrzeit: '14:00' })]);

		const columns = / \(columns of this item that were not used: '(Kennung|Uhrzeit)'\)$/;
		for (const done of [update, hour]) {
			expect(detailsOf(done)).toEqual([[expect.stringMatching(columns)]]);
		}
	});

	it("an item without missing fields doesn't name unused columns", async () => {
		const done = await run([session({ duration: 'abc', Dauer: 60 })]);

		expect(JSON.stringify(detailsOf(done))).not.toContain('not used');
	});
});

describe('Items that come back', () => {
	it('an item from the Error output is sent as before, without what n8n merged into it', async () => {
		server.fail({ route: 'batch', status: 401, body: '' });
		const item = { ...session({ tags: ['a', 'b'], options: { allow_rating: 'no' } }), Row: 7 };
		const failed = await run([item], {}, { onError: 'continueErrorOutput' });
		expect(failed.error[0]?.json).toMatchObject({ Row: 7, details: { reason: 'unauthorized' } });
		await run(handedOn(failed.error), {}, { timezone: 'Pacific/Auckland' });

		const [once, again] = server.batches();
		expect(once).toHaveLength(1);
		expect(again).toEqual(once);
	});

	it('a simplified item from Approved changes nothing as an update, in any zone', async () => {
		const made = await run([session({ timezone: 'Asia/Kathmandu', lang: 'ar-SA' })], {
			options: { simplify: true },
		});
		const before = [...server.sessions.values()].map(({ updating_date: _, ...rest }) => rest);
		const items = handedOn(made.approved);
		for (const operation of ['upsert', 'update']) {
			for (const defaultTimezone of ['', 'Asia/Tokyo']) {
				const again = await run(
					items,
					{ operation, defaultTimezone },
					{ timezone: 'America/New_York' },
				);
				expect(outcomesOf(again)).toEqual(['updated']);
				expect(again.approved[0]?.json.warnings).toBeUndefined();
			}
		}

		expect([...server.sessions.values()].map(({ updating_date: _, ...rest }) => rest)).toEqual(
			before,
		);
	});

	it('an item from Rejected has its keys in the order of the fields', async () => {
		const item = { lang: 'en-US', duration: 'abc', timezone: ZONE, name: 'CS201', GUID: STORED };
		const done = await run([
			{ options: { allow_rating: true }, ...item, start_date: '2030-08-05 12:00' },
		]);

		expect(Object.keys(done.rejected[0]?.json.session as IDataObject)).toEqual([
			'session_guid',
			'name',
			'start_date',
			'duration',
			'timezone',
			'lang',
			'options',
		]);
	});
});

it('the sessionId of a chat is not the GUID of a session', async () => {
	const chat = { sessionId: STORED, action: 'sendMessage', chatInput: 'Plan the course' };
	const done = await run([session(chat)]);

	expect(outcomesOf(done)).toEqual(['created']);
});

describe('Items in the form of other tools', () => {
	const details = async (item: IDataObject, operation = 'upsert') =>
		detailsOf(await run([item], { operation }))[0] ?? [];

	it('an item with its fields one level down reports where they are', async () => {
		const body = { name: 'Algebra', start_date: '2030-08-05 12:00', duration: 60 };
		const found = await details({ headers: { host: 'x' }, params: {}, query: {}, body });

		expect(found).toHaveLength(3);
		expect(found[2]).toContain("inside 'body'");
	});

	it('an item with an invalid value reports the column', async () => {
		expect(await details({ ...session(), guid: 4711 })).toEqual([
			"Session GUID must look like 1B27EB7F-0000-4000-8000-000000000000; this item has '4711' (column 'guid')",
		]);
		const { start_date: _, ...rest } = session();
		expect(await details({ ...rest, Start: 'tomorrow' })).toEqual([
			expect.stringMatching(/^Start Date must be .* \(column 'Start'\)$/),
		]);
	});

	it.each([
		[{ options: { allow_recording: false } }],
		[{ options: '{"allow_recording": "hayır"}' }],
		[{ Options: { 'Allow Recording': 'no' } }],
	])('settings at the wrong level are applied: %j', async (rest) => {
		const done = await run([session(rest)]);

		expect(server.batches()[0]).toMatchObject([{ allow_recording: false }]);
		expect(done.approved[0]?.json.warnings).toBeUndefined();
	});

	it('unknown settings are reported with every outcome', async () => {
		const note = expect.stringContaining("no such setting: 'options.record'") as string;
		const options = { record: true };
		const made = await run([session({ options })]);
		expect(made.approved[0]?.json.warnings).toEqual([note]);
		const dry = await run([session({ options })], { options: { dryRun: true } });
		expect(dry.approved[0]?.json.warnings).toEqual([note]);
		expect(await details(session({ options, duration: 4 }))).toEqual([
			expect.stringMatching(/^Duration/),
			note,
		]);
		const missing = { session_guid: STORED.replace('6', '7'), duration: 60, options };
		expect(await details(missing)).toContainEqual(note);
		const [again] = handedOn(made.approved);
		const fedBack = await run([again ?? {}]);
		expect(fedBack.approved[0]?.json.warnings).toBeUndefined();
	});

	it('a calendar event gives its start and zone', async () => {
		const { start_date: _, ...rest } = session();
		const start = { dateTime: '2030-08-05T10:00:00', timeZone: 'Europe/Berlin' };
		await run([{ ...rest, start }]);

		expect(server.batches()[0]).toMatchObject([
			{ start_date: '2030-08-05T10:00:00Z', timezone: 'Europe/Berlin' },
		]);
	});

	it("a calendar event in UTC starts at the same moment in the item's zone", async () => {
		const start = { dateTime: '2030-08-05T10:00:00.0000000', timeZone: 'UTC' };
		const { start_date: _, ...rest } = session({ timezone: 'Asia/Tokyo' });
		await run([{ ...rest, start }]);

		expect(server.batches()[0]).toMatchObject([
			{ start_date: '2030-08-05T19:00:00Z', timezone: 'Asia/Tokyo' },
		]);
	});

	it('lists of one, rounding errors and invisible characters are accepted in values', async () => {
		await run([
			{
				name: ['CS201'],
				start_date: ['2030-08-05T09:00:00Z'],
				duration: 59.9999999965975,
				timezone: 'Europe/Istanbul\u200b',
				tags: '["math", "evening"]',
				allow_recording: 'evet',
			},
		]);

		expect(server.batches()[0]).toEqual([
			{
				name: 'CS201',
				start_date: '2030-08-05T12:00:00Z',
				timezone: 'Europe/Istanbul',
				duration: 60,
				tags: 'math,evening',
				allow_recording: true,
			},
		]);
	});

	it('a failed formula as a name is rejected', async () => {
		expect(await details(session({ name: '#REF!' }))).toEqual([
			expect.stringMatching(/^Name must be a name; .* this item has '#REF!'$/),
		]);
	});
});

it("an approved attendee used as an update doesn't change the session's name", async () => {
	const attendee = {
		outcome: 'saved',
		session_guid: STORED,
		attendance_code: '1B27EB7F-0000-4000-8000-000000000001',
		email: 'ada@school.example',
		name: 'Ada',
		surname: 'Byron',
	};
	const { name } = server.sessions.get(STORED) ?? {};
	await run([attendee, { ...attendee, duration: 90 }], {
		operation: 'update',
		options: { batchSize: 1 },
	});

	expect(JSON.stringify(server.batches())).not.toContain('Ada');
	expect(server.sessions.get(STORED)?.name).toBe(name);
});

describe('A reference that is composed of fields', () => {
	const mapped = (reference: string) =>
		mapping({
			session_reference: reference,
			name: '={{ $json.name }}',
			start_date: '={{ $json.start_date }}',
			duration: '={{ $json.duration }}',
		}) as unknown as IDataObject;

	it.each<[string, IDataObject]>([
		['={{ $json.deal }}-{{ $json.lesson }}', {}],
		['={{ $json.deal }}-{{ $json.lesson }}', { deal: 'D' }],
		['={{ $json.deal }}{{ $json.lesson }}', { deal: 'D', lesson: '' }],
		['=Lesson {{ $json.lesson.no }}', { lesson: null }],
		['={{ $json.deal }}/{{ $json.lesson }}', { deal: 2 ** 60, lesson: 1 }],
	])('rejects the reference %s of %j and sends nothing', async (reference, rest) => {
		const done = await run([session(rest)], { fields: mapped(reference) });

		expect(detailsOf(done)).toEqual([[expect.stringMatching(/^Session Reference must have all /)]]);
		expect(server.requests).toEqual([]);
	});

	it('accepts a composed reference with all its parts', async () => {
		const fields = mapped('={{ $json.deal }}-{{ $json.lesson }}');
		const done = await run([session({ deal: 'D', lesson: 0 })], { fields });

		expect(done.approved[0]?.json.session_reference).toBe('D-0');
	});
});
