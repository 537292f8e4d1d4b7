import { DateTime } from 'luxon';

import type { StartInput } from '../../../nodes/Perculus/session/start';
import { issueOf, start } from './starts';

const ISTANBUL = { zone: 'Europe/Istanbul' };
const UPDATE = { isUpdate: true };

describe('Start of a session', () => {
	describe.each<[string, unknown, Partial<StartInput>, object]>([
		[
			"the vendor's sample, as an instant",
			'2027-08-05T12:00:00Z',
			ISTANBUL,
			{ clock: '2027-08-05T15:00:00', zone: 'Europe/Istanbul', instant: '2027-08-05T12:00:00Z' },
		],
		[
			'an instant in the zone of the workflow',
			'2027-08-05T12:00:00Z',
			{},
			{
				clock: '2027-08-05T08:00:00',
				zone: 'America/New_York',
				instant: '2027-08-05T12:00:00Z',
				assumedZone: true,
			},
		],
		[
			'a local time in the zone of the session',
			'2027-08-05 12:00',
			ISTANBUL,
			{ clock: '2027-08-05T12:00:00', zone: 'Europe/Istanbul', instant: '2027-08-05T09:00:00Z' },
		],
		[
			'a local time in the zone of the workflow',
			'2027-08-05 12:00',
			{},
			{
				clock: '2027-08-05T12:00:00',
				zone: 'America/New_York',
				instant: '2027-08-05T16:00:00Z',
				assumedZone: true,
			},
		],
		[
			"a local time of an update, in the session's own zone",
			'2027-08-05 12:00',
			UPDATE,
			{ clock: '2027-08-05T12:00:00' },
		],
		[
			'a local time of an update that sets the zone',
			'2027-08-05 12:00',
			{ ...UPDATE, ...ISTANBUL },
			{ clock: '2027-08-05T12:00:00', zone: 'Europe/Istanbul', instant: '2027-08-05T09:00:00Z' },
		],
		[
			'an instant of an update, in the zone of the workflow',
			DateTime.fromISO('2027-08-05T12:00:00', { zone: 'Asia/Kathmandu' }),
			UPDATE,
			{
				clock: '2027-08-05T02:15:00',
				zone: 'America/New_York',
				instant: '2027-08-05T06:15:00Z',
				assumedZone: true,
			},
		],
		[
			'a year end that is in the next year in the zone',
			'2026-12-31T23:30:00-10:00',
			{ zone: 'Pacific/Kiritimati' },
			{ clock: '2027-01-01T23:30:00', zone: 'Pacific/Kiritimati', instant: '2027-01-01T09:30:00Z' },
		],
		[
			'a half-hour offset west of Greenwich',
			'2027-07-05 09:00',
			{ zone: 'America/St_Johns' },
			{ clock: '2027-07-05T09:00:00', zone: 'America/St_Johns', instant: '2027-07-05T11:30:00Z' },
		],
		[
			'a spreadsheet cell',
			46_451.583333333336,
			{ zone: 'Asia/Kathmandu' },
			{ clock: '2027-03-05T14:00:00', zone: 'Asia/Kathmandu', instant: '2027-03-05T08:15:00Z' },
		],
		[
			'a leap day in the year 9996',
			'9996-02-29T23:59',
			{ zone: 'UTC' },
			{ clock: '9996-02-29T23:59:00', zone: 'UTC', instant: '9996-02-29T23:59:00Z' },
		],
		[
			'a workflow zone in lower case',
			'2027-08-05 12:00',
			{ workflowZone: 'europe/istanbul' },
			{
				clock: '2027-08-05T12:00:00',
				zone: 'Europe/Istanbul',
				instant: '2027-08-05T09:00:00Z',
				assumedZone: true,
			},
		],
		[
			'a local time just before clocks go forward',
			'2027-03-28 01:59',
			{ zone: 'Europe/Berlin' },
			{ clock: '2027-03-28T01:59:00', zone: 'Europe/Berlin', instant: '2027-03-28T00:59:00Z' },
		],
		[
			'the second of two repeated hours, by its offset',
			'2027-10-31T02:30:00+01:00',
			{ zone: 'Europe/Berlin' },
			{ clock: '2027-10-31T02:30:00', zone: 'Europe/Berlin', instant: '2027-10-31T01:30:00Z' },
		],
	])('Start: %s', (_what, date, input, expected) => {
		it('reads the start with its local time, zone and instant', () => {
			const instant = 'instant' in expected ? Date.parse(String(expected.instant)) : undefined;
			expect(start(date, input)).toEqual({ value: { ...expected, ...(instant && { instant }) } });
		});
	});

	it.each([
		['Europe/Berlin', '2027-10-31 02:30', '2027-10-31T00:30:00Z'],
		['Australia/Lord_Howe', '2027-04-04 01:45', '2027-04-03T14:45:00Z'],
	])(
		'a local time that comes twice in %s is the first one, with a warning',
		(zone, date, instant) => {
			const read = start(date, { zone });
			expect(read).toEqual({
				value: expect.objectContaining({
					instant: Date.parse(instant),
					warning: `${date}:00 comes twice in ${zone} because clocks go back; the first of the two was taken.`,
				}),
			});
		},
	);

	it.each([
		['Europe/Berlin', '2027-03-28 02:30'],
		['America/New_York', '2027-03-14 02:00'],
		['Australia/Lord_Howe', '2027-10-03 02:15'],
		['Pacific/Apia', '2011-12-30 12:00'],
	])('a local time that is skipped in %s is rejected with the reason', (zone, date) => {
		const message = `Start Date ${date}:00 doesn't exist in ${zone} because clocks go forward; choose another time`;
		expect(start(date, { zone })).toEqual({ issue: message });
		expect(start(date, { workflowZone: zone })).toEqual({ issue: message });
		// Only Perculus knows the zone of an update that names none.
		expect(start(date, { workflowZone: zone, isUpdate: true })).toHaveProperty('value');
	});

	it('a start without a time of day is rejected', () => {
		const message =
			"Start Date has a day but no time of day; add the time to it, or map the field 'Start Time'";
		const expected = { issue: message, isIncomplete: true };
		for (const value of ['2027-03-05', 46_451]) expect(start(value)).toEqual(expected);
		expect(start('05.03.2027', { format: { text: 'dd.MM.yyyy' } })).toEqual(expected);
	});

	it.each(['1899-12-30 14:00', '1970-01-01T00:00:00Z', '0001-01-01T00:00:00', '9999-12-31 23:59'])(
		'a start in an unlikely year is rejected: %s',
		(date) => expect(issueOf(start(date))).toMatch(/^Start Date must be (in the years|a date)/),
	);

	it.each([-5, 12_345, 275_000])('a DateTime of the year %d is rejected', (year) => {
		expect(issueOf(start(DateTime.utc(year, 5, 5, 12)))).toMatch(
			/must be in the years 2000 to 9998/,
		);
	});

	it.each(['', 'DEFAULT', 'Mars/Phobos'])(
		'an unknown workflow zone is named in the issue: %j',
		(workflowZone) => {
			const message = `Time Zone is missing, and the workflow's own time zone, '${workflowZone}', is not known; give the item one, or choose another in the workflow settings`;
			expect(start('2027-03-05 14:00', { workflowZone })).toEqual({ issue: message });
			expect(start('2027-03-05T14:00Z', { workflowZone })).toEqual({ issue: message });
			expect(start('2027-03-05T14:00Z', { workflowZone, ...ISTANBUL })).toHaveProperty('value');
			expect(start('2027-03-05 14:00', { workflowZone, isUpdate: true })).toHaveProperty('value');
		},
	);
});

describe('Start with a zone, as calendars write it', () => {
	const berlin = { dateTime: '2027-08-05T12:00:00', timeZone: 'W. Europe Standard Time' };
	const instant = Date.parse('2027-08-05T10:00:00Z');

	it.each<[string, unknown, Partial<StartInput>, object]>([
		[
			'sets the zone of the session',
			berlin,
			{},
			{ clock: '2027-08-05T12:00:00', zone: 'Europe/Berlin' },
		],
		[
			'sets the zone of the session in an update',
			berlin,
			UPDATE,
			{ clock: '2027-08-05T12:00:00', zone: 'Europe/Berlin' },
		],
		[
			'sets the zone of the session also with an offset',
			{ dateTime: '2027-08-05T10:00:00Z', timeZone: 'Europe/Berlin' },
			{},
			{ clock: '2027-08-05T12:00:00', zone: 'Europe/Berlin' },
		],
		[
			"is converted to the item's zone",
			berlin,
			ISTANBUL,
			{ clock: '2027-08-05T13:00:00', zone: 'Europe/Istanbul' },
		],
		[
			'in UTC is an instant and sets no zone',
			{ dateTime: '2027-08-05T10:00:00.0000000', timeZone: 'UTC' },
			{},
			{ clock: '2027-08-05T06:00:00', zone: 'America/New_York', assumedZone: true },
		],
	])('a calendar start %s', (_case, date, input, expected) => {
		expect(start(date, input)).toEqual({ value: { ...expected, instant } });
	});

	it('a calendar start is checked for clock changes in its own zone', () => {
		const skipped = { ...berlin, dateTime: '2027-03-28T02:30:00' };
		expect(issueOf(start(skipped, ISTANBUL))).toMatch(/doesn't exist in Europe\/Berlin/);
		const repeated = { ...berlin, dateTime: '2027-10-31T02:30:00' };
		expect(start(repeated, ISTANBUL)).toHaveProperty(
			'value.warning',
			expect.stringContaining('comes twice in Europe/Berlin'),
		);
	});
});
