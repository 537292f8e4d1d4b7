import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { mapping, runnerAt, type EngineRun } from '../harness';

/** The server's clock, so that no start in these tests is in the past. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const STORED = '61E3D504-13EE-447F-9B36-6686C5C39FEB';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: STORED, timezone: 'Asia/Tokyo' });
});
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

const session = (rest: Record<string, unknown>) => ({ name: 'Algebra', ...rest }) as IDataObject;
const sent = () => server.batches().flat();
const rejectionsOf = ({ rejected }: EngineRun) =>
	rejected.map(({ json }) => json.rejection as { source: string; details: string[] });
const detailsOf = (done: EngineRun) => rejectionsOf(done).map(({ details }) => details);
const shownOf = ({ rejected }: EngineRun) => rejected.map(({ json }) => json.session);

/** Sends one item that isn't rejected, and returns the duration in the request. */
async function durationOf(item: Record<string, unknown>, dateFormat = '') {
	const done = await run([session(item)], { options: { dateFormat } });
	expect(detailsOf(done)).toEqual([]);
	expect(sent()).toHaveLength(1);
	expect(sent()[0]).not.toHaveProperty('end_date');
	return sent()[0]?.duration;
}

describe('End Date instead of Duration', () => {
	it('computes the duration from sheet columns with a day and two times', async () => {
		const row = { 'Start Date': '28/07/2031', 'Start Time': '13:00', 'End Time': '14:30' };
		await run([session(row)], { options: { dateFormat: 'dd/MM/yyyy' } });

		expect(sent()).toEqual([
			{ name: 'Algebra', start_date: '2031-07-28T13:00:00Z', duration: 90, timezone: ZONE },
		]);
	});

	it.each<[string, Record<string, unknown>, string, number]>([
		[
			'texts in both fields',
			{ start_date: '2031-07-28 13:00', end_date: '2031-07-28 14:30' },
			'',
			90,
		],
		['instants', { start_date: '2031-07-28T13:00:00Z', end_date: '2031-07-28T14:00:00Z' }, '', 60],
		[
			'another offset in the end',
			{ start_date: '2031-07-28T13:00:00Z', end_date: '2031-07-28T15:45:00+02:00' },
			'',
			45,
		],
		[
			'a text and an instant',
			{ start_date: '2031-07-28 13:00', end_date: '2031-07-28T10:30Z' },
			'',
			30,
		],
		['the column End', { Start: '2031-07-28 13:00', End: '2031-07-28 14:00' }, '', 60],
		['the column Ends At', { 'Starts At': '2031-07-28 13:00', 'Ends At': '14:00' }, '', 60],
		[
			'the column end_time',
			{ start_time: '2031-07-28T13:00:00', end_time: '2031-07-28T14:00' },
			'',
			60,
		],
		[
			'headings in Turkish capitals',
			{ 'START TİME': '2031-07-28 13:00', 'END TİME': '14:00' },
			'',
			60,
		],
		[
			'a Date Format',
			{ start_date: '28.07.2031 13:00', end_date: '28.07.2031 15:00' },
			'dd.MM.yyyy HH:mm',
			120,
		],
		[
			'a time of day beside a Date Format',
			{ start_date: '28.07.2031 13:00', end_date: '14:00' },
			'dd.MM.yyyy HH:mm',
			60,
		],
		['a 12-hour time', { start_date: '2031-07-28 13:00', end_date: '2:15 PM' }, '', 75],
		['an hour as a number', { start_date: '2031-07-28 13:00', end_date: 15 }, '', 120],
		['a time with a dot', { start_date: '2031-07-28 13:00', end_date: '14.20' }, '', 80],
		['a time on the next day', { start_date: '2031-07-28 23:00', end_date: '00:30' }, '', 90],
		['an end at midnight', { start_date: '2031-07-28 22:00', end_date: '0:00' }, '', 120],
		['serial numbers of sheet cells', { start_date: 48_057.5, end_date: 48_057.5625 }, '', 90],
		[
			'a serial number for the day and fractions for the times',
			{ start_date: 48_057, start_time: 0.5, end_date: 0.5625 },
			'',
			90,
		],
		[
			'Date objects',
			{ start_date: new Date('2031-07-28T10:00:00Z'), end_date: new Date('2031-07-28T11:00:00Z') },
			'',
			60,
		],
		[
			'Luxon DateTimes',
			{
				start_date: DateTime.fromISO('2031-07-28T10:00:00Z', { zone: 'Asia/Tokyo' }),
				end_date: DateTime.fromISO('2031-07-28T10:50:00Z', { zone: 'America/New_York' }),
			},
			'',
			50,
		],
		['Unix time', { start_date: 1_943_344_800, end_date: 1_943_344_800 + 45 * 60 }, '', 45],
		[
			'calendar objects in one zone',
			{
				start: { dateTime: '2031-07-28T13:00:00', timeZone: 'Europe/Berlin' },
				end: { dateTime: '2031-07-28T14:30:00', timeZone: 'Europe/Berlin' },
			},
			'',
			90,
		],
		[
			'calendar objects in two zones',
			{
				start: { dateTime: '2031-07-28T10:00:00.0000000', timeZone: 'UTC' },
				end: { dateTime: '2031-07-28T13:30:00', timeZone: 'Turkey Standard Time' },
			},
			'',
			30,
		],
		['lists of one value', { start_date: ['2031-07-28 13:00'], end_date: ['14:00'] }, '', 60],
		[
			"an instant and the item's own Time Zone",
			{
				start_date: '2031-07-28 13:00',
				end_date: '2031-07-28T12:00:00Z',
				timezone: 'Europe/Berlin',
			},
			'',
			60,
		],
		[
			'a time of day beside a start with an offset',
			{ start_date: '2031-07-28T10:00:00Z', end_date: '14:30' },
			'',
			90,
		],
	])('computes the duration with %s', async (_, item, format, minutes) => {
		expect(await durationOf(item, format)).toBe(minutes);
	});

	it('computes the duration from a field mapped with an expression', async () => {
		const fields = mapping({
			name: 'Algebra',
			start_date: '={{ $json.begin }}',
			end_date: '={{ DateTime.fromISO($json.begin).plus({ minutes: 40 }) }}',
		});
		await run([{ begin: '2031-07-28T13:00:00' }], { fields });

		expect(sent()).toMatchObject([{ duration: 40 }]);
	});

	it('reads the end from a day column and a time column, as in calendar exports', async () => {
		const row = {
			'Start Date': '07/28/2031',
			'Start Time': '10:00:00 PM',
			'End Date': '07/29/2031',
			'End Time': '12:30:00 AM',
		};
		expect(await durationOf(row, 'MM/dd/yyyy')).toBe(150);
	});

	it('rejects an end two days after the start, and rejects the returned item in the same way', async () => {
		const row = {
			'Start Date': '2031-07-28',
			'Start Time': '13:00',
			'End Date': '2031-07-30',
			'End Time': '14:30',
		};
		const done = await run([session(row)]);

		expect(detailsOf(done)).toEqual([[expect.stringMatching(/^End Date must .*5 to 360/)]]);
		expect(shownOf(done)).toMatchObject([{ end_date: { date: '2031-07-30', time: '14:30' } }]);
		const again = await run(done.rejected.map(({ json }) => json));
		expect(detailsOf(again)).toEqual(detailsOf(done));
	});
});

describe('End Date across a clock change', () => {
	it.each([
		['forward', { start_date: '2031-03-30 01:00', end_date: '04:00' }, 120],
		[
			'forward between two instants',
			{ start_date: '2031-03-30T00:00:00Z', end_date: '2031-03-30T02:00:00Z' },
			120,
		],
		['back', { start_date: '2031-10-26 01:00', end_date: '04:00' }, 240],
		['back overnight', { start_date: '2031-10-25 23:30', end_date: '2031-10-26 03:30' }, 300],
	])('computes the elapsed minutes when clocks go %s', async (_, item, minutes) => {
		expect(await durationOf({ ...item, timezone: 'Europe/Berlin' })).toBe(minutes);
	});

	it('rejects an end that the clocks skip', async () => {
		const item = { start_date: '2031-03-30 01:00', end_date: '02:30', timezone: 'Europe/Berlin' };
		const done = await run([session(item)]);

		expect(detailsOf(done)).toEqual([
			[
				"End Date 2031-03-30 02:30:00 doesn't exist in Europe/Berlin because clocks go forward; choose another time",
			],
		]);
	});

	it('uses the first of two possible ends, with a warning', async () => {
		const item = { start_date: '2031-10-26 01:30', end_date: '02:30', timezone: 'Europe/Berlin' };
		const done = await run([session(item)]);

		expect(sent()).toMatchObject([{ duration: 60 }]);
		expect(done.approved[0]?.json.warnings).toEqual([
			expect.stringContaining('2031-10-26 02:30:00 comes twice in Europe/Berlin'),
		]);
	});

	it('uses the second of two possible ends if only that one is after the start', async () => {
		const start_date = '2031-10-26T02:15:00+01:00';
		server.set({ repeatedHour: 'second' });
		const done = await run([session({ start_date, end_date: '02:45', timezone: 'Europe/Berlin' })]);

		expect(sent()).toMatchObject([{ duration: 30 }]);
		expect(done.approved[0]?.json.warnings).toBeUndefined();
	});
});

describe('End Date beside Duration', () => {
	const good = { start_date: '2031-07-28 13:00', end_date: '14:30' };

	it.each([90, '90', 90.0000001, 'PT1H30M'])(
		'accepts a duration of %p that matches the end',
		async (duration) => {
			expect(await durationOf({ ...good, duration })).toBe(90);
		},
	);

	it('accepts a duration that matches an end at 14:29:59 to the minute', async () => {
		expect(await durationOf({ ...good, end_date: '14:29:59', duration: 90 })).toBe(90);
	});

	it.each([89, 91, 60])(
		'rejects a duration of %p minutes that contradicts the end, naming both',
		async (duration) => {
			const done = await run([session({ ...good, duration })]);

			expect(server.requests).toEqual([]);
			expect(detailsOf(done)).toEqual([
				[
					`End Date gives 90 minutes, but Duration (Minutes) is ${duration}; correct one of them, or leave one out`,
				],
			]);
			expect(shownOf(done)).toMatchObject([{ duration, end_date: '14:30' }]);
		},
	);

	it('reports an invalid duration and returns the end with the item', async () => {
		const done = await run([session({ ...good, duration: 'long' })]);

		expect(detailsOf(done)).toEqual([[expect.stringMatching(/^Duration \(Minutes\) must be/)]]);
		expect(shownOf(done)).toMatchObject([{ duration: 'long', end_date: '14:30' }]);
	});

	it('ignores an empty end, and an empty duration beside an end', async () => {
		await run([
			session({ start_date: '2031-07-28 13:00', end_date: ' ', duration: 60 }),
			session({ ...good, duration: '' }),
		]);

		expect(sent().map(({ duration }) => duration)).toEqual([60, 90]);
	});
});

describe('Rejected End Dates', () => {
	it.each<[string, Record<string, unknown>, RegExp]>([
		[
			'at the start',
			{ end_date: '13:00' },
			/^End Date must be after the start; this item has '13:00'$/,
		],
		['before the start', { end_date: '2031-07-28 12:00' }, /^End Date must be after the start; /],
		[
			'as an instant before the start',
			{ end_date: '2031-07-28T09:59:00Z' },
			/^End Date must be after the start; /,
		],
		[
			'too soon after the start',
			{ end_date: '13:04' },
			/^End Date must give a whole number of minutes from 5 to 360; this item has '13:04', which gives 4$/,
		],
		[
			'too long after the start',
			{ end_date: '19:01' },
			/ from 5 to 360; this item has '19:01', which gives 361$/,
		],
		['on the next day', { end_date: '12:59' }, /which gives 1439$/],
		['between two minutes', { end_date: '14:00:30' }, /which gives 60.5$/],
		[
			'as a day without a time',
			{ end_date: '2031-07-28' },
			/^End Date has a day but no time of day/,
		],
		[
			'as words',
			{ end_date: 'noon' },
			/^End Date must be a time such as 14:30, or a date and time/,
		],
		[
			'as a list of two',
			{ end_date: ['14:00', '15:00'] },
			/^End Date must be a time such as 14:30, or .* a list/,
		],
		[
			'as an object',
			{ end_date: { at: '14:00' } },
			/^End Date must be a time such as 14:30, or .* an object/,
		],
		['after an unreadable start', { start_date: 'soon', end_date: '14:00' }, /^Start Date must be/],
	])('rejects an item with an end %s', async (_, item, message) => {
		const done = await run([session({ start_date: '2031-07-28 13:00', ...item })]);

		expect(server.requests).toEqual([]);
		expect(detailsOf(done)).toEqual([[expect.stringMatching(message)]]);
		expect(shownOf(done)).toMatchObject([{ end_date: item.end_date }]);
		expect(shownOf(done)[0]).not.toHaveProperty('duration');
	});

	it('rejects an end that is a day in the Date Format, even if its digits could be a time', async () => {
		const item = { start_date: '14.07.31', start_time: '13:00', end_date: '14.07.31' };
		const options = { dateFormat: 'dd.MM.yy' };
		const done = await run([session(item), session({ ...item, end_date: '14.07.00' })], {
			options,
		});

		const day = expect.stringMatching(/^End Date has a day but no time of day/) as string;
		expect(detailsOf(done)).toEqual([[day], [day]]);
	});

	it("rejects an 'End Time' column without a valid time", async () => {
		const row = { start_date: '2031-07-28 13:00', 'End Date': '2031-07-28', 'End Time': 'noon' };
		const done = await run([session(row)]);

		expect(detailsOf(done)).toEqual([
			[expect.stringMatching(/^End Time must be a time such as 14:30; this item has 'noon'/)],
		]);
	});

	it('accepts an end 5 or 360 minutes after the start', async () => {
		await run([
			session({ start_date: '2031-07-28 13:00', end_date: '13:05' }),
			session({ start_date: '2031-07-28 13:00', end_date: '19:00' }),
		]);

		expect(sent().map(({ duration }) => duration)).toEqual([5, 360]);
	});

	it('names the column that a rejected end comes from', async () => {
		const done = await run([session({ start_date: '2031-07-28 13:00', 'End Time': 'noon' })]);

		expect(detailsOf(done)).toEqual([[expect.stringMatching(/\(column 'End Time'\)$/)]]);
	});

	it('reports an unreadable start and an unreadable end together', async () => {
		const done = await run([session({ start_date: 'soon', end_date: 'later' })]);

		expect(detailsOf(done)).toEqual([
			[expect.stringMatching(/^Start Date must/), expect.stringMatching(/^End Date must/)],
		]);
	});

	it('reports the missing start of a new session that has an end', async () => {
		const done = await run([session({ end_date: '14:00' })]);

		expect(detailsOf(done)).toEqual([['Start Date is missing; a new session needs it']]);
	});

	it('reports an end with a failing expression once, and rejects the returned item again', async () => {
		const fields = mapping({
			name: 'Algebra',
			start_date: '2031-07-28 13:00',
			end_date: '={{ $("Nowhere").item.json.x }}',
		});
		const done = await run([{}], { fields });

		expect(detailsOf(done)).toEqual([
			[expect.stringMatching(/^End Date has an expression that does not work/)],
		]);
		const again = await run(done.rejected.map(({ json }) => json));
		expect([again.approved, again.rejected.length]).toEqual([[], 1]);
	});
});

describe('End Date in an update', () => {
	const update = async (rest: Record<string, unknown>) =>
		await run([{ session_guid: STORED, ...rest } as IDataObject], { operation: 'update' });

	it('rejects an update with an end but without a start', async () => {
		const done = await update({ end_date: '2031-07-28 14:30' });

		expect(server.requests).toEqual([]);
		expect(detailsOf(done)).toEqual([
			[
				'End Date is set, but Start Date is missing; an update needs both, or the Duration (Minutes)',
			],
		]);
		expect(shownOf(done)).toEqual([{ session_guid: STORED, end_date: '2031-07-28 14:30' }]);
	});

	it('computes the duration of an update without a Time Zone, and sends no zone', async () => {
		await update({ start_date: '2031-07-28 23:00', end_date: '00:30' });

		expect(sent()).toEqual([
			{ session_guid: STORED, start_date: '2031-07-28T23:00:00Z', duration: 90 },
		]);
	});

	it('rejects an end with an offset beside a start without one if the update has no Time Zone', async () => {
		const done = await update({ start_date: '2031-07-28 13:00', end_date: '2031-07-28T11:30:00Z' });

		expect(detailsOf(done)).toEqual([
			[
				"End Date has an offset or a zone, but Start Date has none; write both the same way, or give the item's Time Zone",
			],
		]);
	});

	it('accepts an end with an offset beside a start without one if the update has a Time Zone', async () => {
		await update({
			start_date: '2031-07-28 13:00',
			end_date: '2031-07-28T11:30:00Z',
			timezone: ZONE,
		});

		expect(sent()).toMatchObject([{ duration: 90 }]);
	});

	it('reports a missing start as that of an update or a new session, after searching the reference', async () => {
		server.preload({ name: 'Lesson', tags: 'ref:D-1' });
		const item = { session_reference: 'D-1', end_date: '14:30' };
		const done = await run([item, { ...session(item), session_reference: 'D-2' }]);

		expect(detailsOf(done)).toEqual([
			[expect.stringContaining('End Date is set, but Start Date is missing')],
			['Start Date is missing; a new session needs it'],
		]);
	});

	it('creates a session with a reference from a start without an offset and an end with one', async () => {
		const item = { start_date: '2031-07-28 13:00', end_date: '2031-07-28T11:30:00Z' };
		await run([session({ ...item, session_reference: 'D-3' })]);

		expect(sent()).toMatchObject([{ duration: 90 }]);
	});
});

describe('Output of an item with an End Date', () => {
	const item = { start_date: '2031-07-28 13:00', end_date: '14:30' };

	it('Dry Run shows the duration instead of the end', async () => {
		const done = await run([session(item)], { options: { dryRun: true } });

		expect(done.approved.map(({ json }) => json)).toEqual([
			{
				outcome: 'would_create',
				name: 'Algebra',
				start_date: '2031-07-28T13:00:00+03:00',
				duration: 90,
				timezone: ZONE,
			},
		]);
	});

	it('a Rejected item shows the duration instead of the end, and is sent again unchanged', async () => {
		server.fail({ route: 'batch', status: 401, body: '' });
		const done = await run([session(item)], {}, { onError: 'continueRegularOutput' });
		expect(shownOf(done)).toMatchObject([{ duration: 90 }]);
		expect(shownOf(done)[0]).not.toHaveProperty('end_date');

		await run(done.rejected.map(({ json }) => json));
		const [once, again] = server.batches();
		expect(again).toEqual(once);
	});

	it('an item with an ambiguous reference shows the duration instead of the end', async () => {
		server.preload({ name: 'A', tags: 'ref:D-1' });
		server.preload({ name: 'B', tags: 'ref:D-1' });
		const done = await run([session({ ...item, session_reference: 'D-1' })]);

		expect(rejectionsOf(done)).toMatchObject([{ source: 'lookup', reason: 'ambiguous_reference' }]);
		expect(shownOf(done)).toEqual([
			{ session_reference: 'D-1', name: 'Algebra', start_date: '2031-07-28 13:00', duration: 90 },
		]);
	});
});
