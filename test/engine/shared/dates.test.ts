import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { mapperFields } from '../../../nodes/Perculus/methods';
import { SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import { startPerculusServer, type PerculusServer, type Switches } from '../../perculus-server';
import { mapping, runnerAt, type EngineRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const STORED = '61E3D504-13EE-447F-9B36-6686C5C39FEB';
const DAY = 24 * 3_600_000;
/** Noon in Istanbul, 09:00 in UTC. */
const NOON = Date.UTC(2030, 7, 5, 9);

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

const starts = () => server.batches().flat();
const sentStart = () => {
	const [sent = {}] = starts();
	return [sent.start_date, sent.timezone];
};
const session = (rest: Record<string, unknown>) =>
	({ name: 'CS201', duration: 60, ...rest }) as IDataObject;
const detailsOf = ({ rejected }: EngineRun) =>
	rejected.map(({ json }) => (json.rejection as { details: string[] }).details);
const warningsOf = ({ approved }: EngineRun) => approved.map(({ json }) => json.warnings);
/** Hints other than the numbers of the run. */
const hintsOf = ({ hints }: EngineRun) =>
	hints.map(({ message }) => message).filter((message) => !/^\d+ session/.test(message));

describe('Start Date in requests', () => {
	it.each<[string, Record<string, unknown>, string, string?]>([
		['Z', { start_date: '2030-08-05T12:00:00Z' }, '15:00:00'],
		['an offset', { start_date: '2030-08-05T12:00:00+02:00' }, '13:00:00'],
		['an offset of half an hour', { start_date: '2030-08-05T12:00:00-03:30' }, '18:30:00'],
		['milliseconds', { start_date: '2030-08-05T12:00:00.699Z' }, '15:00:00'],
		['seven digits', { start_date: '2030-08-05T12:00:00.1234567+03:00' }, '12:00:00'],
		['no offset', { start_date: '2030-08-05T12:00:00' }, '12:00:00'],
		['no seconds', { start_date: '2030-08-05T12:00' }, '12:00:00'],
		['a space', { start_date: '2030-08-05 12:00' }, '12:00:00'],
		['an e-mail date', { start_date: 'Mon, 05 Aug 2030 12:00:00 +0300' }, '12:00:00'],
		['milliseconds since 1970', { start_date: NOON }, '12:00:00'],
		['seconds since 1970', { start_date: NOON / 1000 }, '12:00:00'],
		['milliseconds since 1970 as text', { start_date: String(NOON) }, '12:00:00'],
		['a date and time in Start Time', { start_time: '2030-08-05T12:00:00Z' }, '15:00:00'],
		['a list of one', { start_date: ['2030-08-05T12:00:00Z'] }, '15:00:00'],
		[
			'a moment in UTC as calendars write it',
			{ start_date: { dateTime: '2030-08-05T12:00:00.0000000', timeZone: 'UTC' } },
			'15:00:00',
		],
		[
			'a local time as calendars write it',
			{ start_date: { dateTime: '2030-08-05T12:00:00', timeZone: 'Tokyo Standard Time' } },
			'12:00:00',
			'Asia/Tokyo',
		],
		[
			'a zone name of Windows',
			{ start_date: '2030-08-05 12:00', timezone: 'W. Europe Standard Time' },
			'12:00:00',
			'Europe/Berlin',
		],
		[
			'a zone in another spelling',
			{ start_date: '2030-08-05 12:00', timezone: 'Asia/kolkata' },
			'12:00:00',
			'Asia/Kolkata',
		],
		['a JavaScript Date', { start_date: new Date(NOON) }, '12:00:00'],
		['a DateTime', { start_date: DateTime.fromMillis(NOON, { zone: 'Asia/Tokyo' }) }, '12:00:00'],
		["a spreadsheet's number", { start_date: Date.UTC(2030, 7, 5, 12) / DAY + 25_569 }, '12:00:00'],
		['a day and a time', { start_date: '2030-08-05', start_time: '14:30' }, '14:30:00'],
		[
			'a day and a time in two columns',
			{ 'Start Date': '2030-08-05', 'Start Time': '14:30' },
			'14:30:00',
		],
		[
			'a day and a time of 12 hours',
			{ start_date: '2030-08-05', start_time: '2:30 PM' },
			'14:30:00',
		],
		["a day and a spreadsheet's time", { start_date: '2030-08-05', start_time: 0.5 }, '12:00:00'],
		[
			'midnight in UTC and a time',
			{ start_date: '2030-08-05T00:00:00.000Z', start_time: '14:30' },
			'14:30:00',
		],
		[
			"midnight in the workflow's zone and a time",
			{ start_date: new Date(NOON - DAY / 2), start_time: '14:30' },
			'14:30:00',
		],
		[
			"the item's zone",
			{ start_date: '2030-08-05T12:00', timezone: 'Asia/Tokyo' },
			'12:00:00',
			'Asia/Tokyo',
		],
		[
			"an instant in the item's zone",
			{ start_date: '2030-08-05T12:00:00Z', timezone: 'Asia/Tokyo' },
			'21:00:00',
			'Asia/Tokyo',
		],
		[
			'a zone with 45 minutes',
			{ start_date: '2030-08-05T12:00:00Z', timezone: 'Asia/Kathmandu' },
			'17:45:00',
			'Asia/Kathmandu',
		],
		[
			'a zone of minus 2:30',
			{ start_date: '2030-08-05T12:00:00Z', timezone: 'America/St_Johns' },
			'09:30:00',
			'America/St_Johns',
		],
	])('sends a start as wall-clock time of its zone: %s', async (_, item, clock, zone = ZONE) => {
		const done = await run([session(item)]);

		expect(sentStart()).toEqual([`2030-08-05T${clock}Z`, zone]);
		expect(done.approved).toHaveLength(1);
		expect(warningsOf(done)).toEqual([undefined]);
		expect(String(done.approved[0]?.json.start_date)).toContain(clock);
	});

	it('sends a start in the next year if that has begun in its zone', async () => {
		await run([session({ start_date: '2030-12-31T22:30:00Z' })]);

		expect(sentStart()).toEqual(['2031-01-01T01:30:00Z', ZONE]);
	});

	it.each([
		['dd.MM.yyyy HH:mm', '05.08.2030 12:00', undefined, '12:00:00'],
		['dd/MM/yyyy h:mm a', '05/08/2030 2:30 PM', undefined, '14:30:00'],
		['dd/MM/yyyy h:mm:ss a', '05/08/2030  2:30:00 PM', undefined, '14:30:00'],
		['dd.MM.yyyy HH:mm ZZ', '05.08.2030 12:00 +02:00', undefined, '13:00:00'],
		['dd.MM.yyyy', '05.08.2030', '12:00', '12:00:00'],
		['dd.MM.yyyy HH:mm', '2030-08-05 12:00', undefined, '12:00:00'],
	])('Date Format %s reads %s', async (dateFormat, start_date, start_time, clock) => {
		await run([session({ start_date, start_time })], { options: { dateFormat } });

		expect(sentStart()).toEqual([`2030-08-05T${clock}Z`, ZONE]);
	});

	it.each([
		['dd.MM.yyyy HH:mm', '5.8.2030 9:00', 'd.M.yyyy H:mm', '09:00:00'],
		["yyyy-MM-dd HH:mm:ss 'UTC'", '2030-08-05 12:00:00 UTC', 'yyyy-M-d H:mm:ss z', '15:00:00'],
	])('Date Format %s rejects %s, and the format in the message reads it', async (...row) => {
		const [dateFormat, start_date, offered, clock] = row;
		const refused = await run([session({ start_date })], { options: { dateFormat } });
		await run([session({ start_date })], { options: { dateFormat: offered } });

		expect(detailsOf(refused)).toEqual([[expect.stringContaining(`'${offered}'`)]]);
		expect(server.batches()).toHaveLength(1);
		expect(sentStart()).toEqual([`2030-08-05T${clock}Z`, ZONE]);
	});

	it('Date Format rejects an abbreviation such as BST for z', async () => {
		const options = { dateFormat: 'dd.MM.yyyy HH:mm z' };
		const done = await run([session({ start_date: '05.08.2030 14:00 BST' })], { options });

		expect(server.requests).toEqual([]);
		expect(detailsOf(done)).toEqual([[expect.stringContaining('z is UTC or an IANA name')]]);
	});

	it.each([
		[
			'={{ $now.set({ year: 2030, month: 8, day: 5, hour: 12, minute: 0, second: 0 }) }}',
			'12:00:00',
		],
		['={{ $today.set({ year: 2030, month: 8, day: 5 }).plus({ hours: 9 }) }}', '09:00:00'],
		['={{ DateTime.fromISO("2030-08-05T12:00") }}', '12:00:00'],
		['={{ DateTime.fromISO("2030-08-05T12:00", { zone: "utc" }) }}', '15:00:00'],
		['={{ DateTime.fromFormat($json.form, "dd.MM.yyyy HH:mm") }}', '12:00:00'],
		['={{ $json.iso.toDateTime() }}', '12:00:00'],
		['={{ new Date($json.epoch) }}', '12:00:00'],
		['={{ $json.epoch }}', '12:00:00'],
		['={{ $json.day }}T{{ $json.hour }}', '12:00:00'],
		['={{ $json.day + " " + $json.hour }}', '12:00:00'],
	])('sends the start that this expression gives: %s', async (start_date, clock) => {
		const row = { iso: '2030-08-05T12:00', epoch: NOON, day: '2030-08-05', hour: '12:00' };
		const fields = mapping({ name: 'CS201', start_date, duration: 60 });
		const done = await run([{ ...row, form: '05.08.2030 12:00' }], { fields });

		expect(detailsOf(done)).toEqual([]);
		expect(sentStart()).toEqual([`2030-08-05T${clock}Z`, ZONE]);
	});

	it("reads text in the item's zone if the workflow holds that the field is a date", async () => {
		const schema = mapperFields(SESSION_FIELDS, 'upsert');
		const values = { name: 'CS201', start_date: '={{ $json.when.trim() }}', duration: 60 };
		const fields = { ...mapping({ ...values, timezone: 'Asia/Tokyo' }), schema };
		await run([{ when: '2030-08-05T12:00' }], { fields: fields as never });

		expect(sentStart()).toEqual(['2030-08-05T12:00:00Z', 'Asia/Tokyo']);
	});

	it("converts a DateTime in the workflow's zone to the item's zone", async () => {
		const start_date = '={{ DateTime.fromISO("2030-08-05T12:00") }}';
		const fields = mapping({ name: 'CS201', start_date, duration: 60, timezone: 'Asia/Tokyo' });
		await run([{}], { fields });

		expect(sentStart()).toEqual(['2030-08-05T18:00:00Z', 'Asia/Tokyo']);
	});
});

describe('Time zones', () => {
	const noon = session({ start_date: '2030-08-05T12:00:00' });
	const assumed = /^Items without a time zone use the workflow's, \S+\./;

	it("the item's zone takes precedence over the workflow's, without a hint", async () => {
		const done = await run([{ ...noon, timezone: 'Asia/Tokyo' }]);

		expect(sentStart()).toEqual(['2030-08-05T12:00:00Z', 'Asia/Tokyo']);
		expect(hintsOf(done)).toEqual([]);
	});

	it.each([
		['Asia/Tokyo', 'Asia/Tokyo'],
		// n8n's own default.
		[undefined, 'America/New_York'],
	])("the workflow's zone (%s) is sent with the start and named in a hint", async (set, zone) => {
		const done = await run([noon, noon], {}, { timezone: set as string });

		expect(sentStart()).toEqual(['2030-08-05T12:00:00Z', zone]);
		expect(hintsOf(done)).toEqual([expect.stringMatching(assumed)]);
		expect(hintsOf(done)[0]).toContain(zone);
	});

	it("the account's default zone doesn't change the start and adds no warning", async () => {
		server.set({ defaultTimezone: 'America/New_York' });
		const done = await run([noon]);

		expect(done.approved[0]?.json.start_date).toBe('2030-08-05T12:00:00+03:00');
		expect(warningsOf(done)).toEqual([undefined]);
	});
});

describe('Start Date in updates', () => {
	const TOKYO = 'Asia/Tokyo';
	beforeEach(() => {
		const start_date = '2030-08-05T12:00:00+09:00';
		server.preload({ session_guid: STORED, timezone: TOKYO, start_date });
	});
	const update = async (rest: Record<string, unknown>, parameters: IDataObject = {}) =>
		await run([{ session_guid: STORED, ...rest } as IDataObject], parameters);

	it("an update without a zone sends wall-clock text as it is, and keeps the session's zone", async () => {
		const done = await update({ start_date: '2030-08-06T10:00' });

		expect(starts()).toEqual([{ session_guid: STORED, start_date: '2030-08-06T10:00:00Z' }]);
		expect(done.approved[0]?.json.start_date).toBe('2030-08-06T10:00:00+09:00');
		expect([warningsOf(done), hintsOf(done)]).toEqual([[undefined], []]);
	});

	it.each<[string, unknown]>([
		['text with an offset', '2030-08-06T07:00:00Z'],
		['a Date', new Date('2030-08-06T07:00:00Z')],
	])(
		"an update without a zone sends %s in the workflow's zone, with the zone",
		async (_, start_date) => {
			const done = await update({ start_date });

			expect(sentStart()).toEqual(['2030-08-06T10:00:00Z', ZONE]);
			expect(done.approved[0]?.json).toMatchObject({
				start_date: '2030-08-06T10:00:00+03:00',
				timezone: ZONE,
			});
			expect(warningsOf(done)).toEqual([undefined]);
			// The zone is an assumption only for new sessions.
			expect(hintsOf(done)).toEqual([]);
		},
	);

	it('an update with a zone sends the start in that zone', async () => {
		await update({ start_date: '2030-08-06T10:00', timezone: 'Europe/Berlin' });

		expect(sentStart()).toEqual(['2030-08-06T10:00:00Z', 'Europe/Berlin']);
	});

	it.each([['digits'], ['instant']] as const)(
		'an update of only the zone sends no start (zoneChange: %s)',
		async (zoneChange) => {
			server.set({ zoneChange });
			const done = await update({ timezone: ZONE });

			expect(starts()).toEqual([{ session_guid: STORED, timezone: ZONE }]);
			expect(warningsOf(done)).toEqual([undefined]);
		},
	);

	it('an update with a day and a time sends them as one start', async () => {
		await update({ start_date: '2030-08-06', start_time: '10:00' });

		expect(starts()).toEqual([{ session_guid: STORED, start_date: '2030-08-06T10:00:00Z' }]);
	});
});

describe('Daylight saving time', () => {
	const GAPS = [
		['2031-03-30T02:30:00', 'Europe/Berlin'],
		['2031-03-09T02:30:00', 'America/New_York'],
		['2030-10-06T02:15:00', 'Australia/Lord_Howe'],
	] as const;
	const REPEATED = [
		['2030-10-27T02:30:00', 'Europe/Berlin', '+02:00'],
		['2030-11-03T01:30:00', 'America/New_York', '-04:00'],
		['2031-04-06T01:45:00', 'Australia/Lord_Howe', '+11:00'],
	] as const;

	it.each(GAPS)('rejects %s in %s, because the clocks skip it', async (start_date, timezone) => {
		const done = await run([session({ start_date, timezone })]);

		expect(server.requests).toEqual([]);
		expect(detailsOf(done)).toEqual([[expect.stringContaining(`doesn't exist in ${timezone}`)]]);
	});

	it.each(GAPS)(
		"rejects %s in %s, because the clocks skip it in the workflow's zone",
		async (start_date, timezone) => {
			const done = await run([session({ start_date })], {}, { timezone });

			expect(detailsOf(done)).toEqual([[expect.stringContaining(`doesn't exist in ${timezone}`)]]);
		},
	);

	it.each(REPEATED)(
		'takes the first of two if %s in %s comes twice, and warns',
		async (start_date, timezone, offset) => {
			const done = await run([session({ start_date, timezone })]);

			expect(done.approved[0]?.json.start_date).toBe(start_date + offset);
			expect(warningsOf(done)).toEqual([[expect.stringContaining(`comes twice in ${timezone}`)]]);
		},
	);

	it('warns if Perculus takes the other one of two repeated hours', async () => {
		const second = session({ start_date: '2030-10-27T02:30:00+01:00', timezone: 'Europe/Berlin' });
		const took = await run([second]);
		server.set({ repeatedHour: 'second' });
		const takes = await run([second]);
		const first = await run([session({ ...second, start_date: '2030-10-27T02:30:00+02:00' })]);

		expect(warningsOf(took)).toEqual([
			[expect.stringContaining('2030-10-27T02:30:00+01:00 was asked for')],
		]);
		expect(warningsOf(takes)).toEqual([undefined]);
		expect(warningsOf(first)).toEqual([
			[expect.stringContaining('2030-10-27T02:30:00+02:00 was asked for')],
		]);
	});
});

describe('Start Date in responses', () => {
	const noon = session({ start_date: '2030-08-05T12:00:00', timezone: ZONE });
	const withOffset = { options: { startDateEncoding: 'offset' } };
	const sent = '2030-08-05T12:00:00+03:00';

	it.each<[Switches['offset'], string, boolean]>([
		['keepDigits', sent, false],
		['convert', sent, false],
		['utcDigits', '2030-08-05T09:00:00+03:00', true],
	])(
		'a start sent with its offset (%s) comes back as %s, with a warning if that differs',
		async (offset, start, isOther) => {
			server.set({ offset });
			const done = await run([noon], withOffset);

			expect(sentStart()).toEqual([sent, ZONE]);
			expect(done.approved[0]?.json).toMatchObject({ outcome: 'created', start_date: start });
			expect(warningsOf(done)).toEqual([
				isOther
					? [`The session starts at ${start}, but ${sent} was asked for. Check it in Perculus.`]
					: undefined,
			]);
		},
	);

	it.each<Switches['offset']>(['keepDigits', 'convert', 'utcDigits'])(
		'a start sent as wall-clock time comes back as requested, without a warning (%s)',
		async (offset) => {
			server.set({ offset });
			const done = await run([noon]);

			expect(done.approved[0]?.json.start_date).toBe(sent);
			expect(warningsOf(done)).toEqual([undefined]);
		},
	);

	it('a different start is a warning on each item that has one, and no hint', async () => {
		server.set({ offset: 'utcDigits' });
		const items = [noon, { ...noon, name: 'CS202' }, { ...noon, name: 'CS203', timezone: 'UTC' }];
		const done = await run(items, withOffset);

		expect(warningsOf(done)).toEqual([[expect.any(String)], [expect.any(String)], undefined]);
		expect(hintsOf(done)).toEqual([]);
	});

	it("warns if the start in the response can't be read", async () => {
		server.preload({ session_guid: STORED });
		const view = { ...server.sessions.get(STORED), start_date: 'soon' };
		server.fail({ route: 'batch', status: 200, body: { approved: [view as never], rejected: [] } });
		const done = await run([{ session_guid: STORED, start_date: '2030-08-06T10:00' }]);

		expect(warningsOf(done)).toEqual([
			[
				expect.stringMatching(
					/no start that can be read \('soon'\).*2030-08-06T10:00:00 was asked/,
				),
			],
		]);
	});

	it('compares the start of an update without a zone by its digits', async () => {
		server.preload({ session_guid: STORED, timezone: 'Asia/Tokyo' });
		const other = { session_guid: STORED, start_date: '2030-08-06T10:00' };
		const view = { ...server.sessions.get(STORED), start_date: '2030-08-06T11:00:00+09:00' };
		server.fail({ route: 'batch', status: 200, body: { approved: [view as never], rejected: [] } });
		const done = await run([other]);

		expect(warningsOf(done)).toEqual([
			[expect.stringContaining('2030-08-06T11:00:00+09:00, but 2030-08-06T10:00:00 was asked for')],
		]);
	});
});
