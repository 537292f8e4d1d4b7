import { DateTime } from 'luxon';
import { runInNewContext } from 'node:vm';

import { dateFormat } from '../../../../nodes/Perculus/values/dates/dateFormat';
import { parseDate } from '../../../../nodes/Perculus/values/dates/parseDate';

const at = (iso: string) => Date.parse(iso);
const instant = (iso: string) => ({
	value: expect.objectContaining({ kind: 'instant', at: at(iso) }),
});
const wallClock = (digits: string) => ({ value: { kind: 'wallClock', at: at(`${digits}Z`) } });
const date = (day: string) => ({ value: { kind: 'date', at: at(day) } });
const read = (value: unknown, format?: string) =>
	parseDate(value, 'Start Date', dateFormat(format));
const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');

const DATE_TIME = DateTime.fromISO('2027-03-05T14:00:00.500', { zone: 'America/New_York' });
/** A DateTime of another copy of luxon, reduced to what matters: methods and getters on a prototype. */
class OtherDateTime {
	isLuxonDateTime = true;
	isValid = true;
	offset = 345;
	toMillis = () => at('2027-03-05T14:00:00+05:45');
	toJSON = () => '2027-03-05T14:00:00.000+05:45';
}

describe('Date', () => {
	it.each([
		['ISO with an offset', '2027-03-05T14:00:00+03:00', '2027-03-05T11:00:00Z'],
		['a short offset', '2027-03-05T14:00+03', '2027-03-05T11:00:00Z'],
		['an offset without a colon', '2027-03-05T14:00:00-0330', '2027-03-05T17:30:00Z'],
		['an offset after a space', '2027-03-05 14:00:00 +05:45', '2027-03-05T08:15:00Z'],
		['Z', '2027-03-05T14:00:00Z', '2027-03-05T14:00:00Z'],
		['lower-case letters', '2027-03-05t14:00:00z', '2027-03-05T14:00:00Z'],
		['milliseconds', '2027-03-05T14:00:00.699Z', '2027-03-05T14:00:00Z'],
		['seven digits of a second', '2027-03-05T14:00:00.1234567+00:00', '2027-03-05T14:00:00Z'],
		['a year end', '2026-12-31T23:30:00-10:00', '2027-01-01T09:30:00Z'],
		['a Date', new Date('2027-03-05T14:00:00.999Z'), '2027-03-05T14:00:00Z'],
		['a Date of another realm', runInNewContext('new Date(1804255200000)'), '2027-03-05T14:00:00Z'],
		['a DateTime', DATE_TIME, '2027-03-05T19:00:00Z'],
		['a DateTime of another luxon', new OtherDateTime(), '2027-03-05T08:15:00Z'],
		['milliseconds since 1970', 1_804_255_200_699, '2027-03-05T14:00:00Z'],
		['milliseconds since 1970 as text', '1804255200000', '2027-03-05T14:00:00Z'],
		['seconds since 1970', 1_804_255_200, '2027-03-05T14:00:00Z'],
		['seconds since 1970 as text', '1804255200', '2027-03-05T14:00:00Z'],
		['an HTTP date', 'Fri, 05 Mar 2027 14:00:00 GMT', '2027-03-05T14:00:00Z'],
		['an e-mail date', 'Fri, 5 Mar 2027 14:00:00 +0300', '2027-03-05T11:00:00Z'],
		['a list of one', ['2027-03-05T14:00:00Z'], '2027-03-05T14:00:00Z'],
		['an American e-mail date', '5 Mar 2027 14:00 EST', '2027-03-05T19:00:00Z'],
	])('reads as an instant: %s', (_what, value, iso) => {
		expect(read(value)).toEqual(instant(iso));
	});

	it.each([
		['2027-03-05T14:00', '2027-03-05T14:00:00'],
		['2027-03-05T14:00:30', '2027-03-05T14:00:30'],
		['2027-03-05T14:00:00.1234567', '2027-03-05T14:00:00'],
		['2027-03-05T14:00:00,5', '2027-03-05T14:00:00'],
		['2027-03-05 14:00', '2027-03-05T14:00:00'],
		['2027-03-05  14:00', '2027-03-05T14:00:00'],
		['2027-03-05 14:\u200b00', '2027-03-05T14:00:00'],
		['2027-03-05 9:00', '2027-03-05T09:00:00'],
		['  2027-03-05\u00a014:00\n', '2027-03-05T14:00:00'],
		['\u200e2027-03-05\u200f 14:00', '2027-03-05T14:00:00'],
		['２０２７-０３-０５ １４:００', '2027-03-05T14:00:00'],
		['2028-02-29T14:00', '2028-02-29T14:00:00'],
		[46_451.583333333336, '2027-03-05T14:00:00'],
		['46451.583333333336', '2027-03-05T14:00:00'],
		[46_451.75, '2027-03-05T18:00:00'],
	])('reads as a local time: %j', (value, digits) => {
		expect(read(value)).toEqual(wallClock(digits));
	});

	it.each(['2027-03-05', ' 2027-03-05 ', 46_451, '46451'])(
		'reads as a day without a time: %j',
		(value) => {
			expect(read(value)).toEqual(date('2027-03-05'));
		},
	);

	it.each([
		['a date with two readings', '03/05/2027'],
		['a date with two readings', '03/05/2027 14:00'],
		['a date with two readings', '05.03.2027 14:00'],
		['a date without a year', '5 March'],
		['a day in words without a time', '5 March 2027'],
		['words', 'tomorrow'],
		['a day as digits', 20_270_305],
		['a day as digits', '20270305'],
		['a day that does not exist', '2027-02-29'],
		['a day that does not exist', '2027-02-30T14:00'],
		['a month that does not exist', '2027-13-05T14:00'],
		['hour 24', '2027-03-05T24:00'],
		['hour 25', '2027-03-05T25:00Z'],
		['minute 60', '2027-03-05T14:60'],
		['an offset that does not exist', '2027-03-05T14:00+15:00'],
		['a wrong weekday', 'Mon, 05 Mar 2027 14:00:00 GMT'],
		['the zero date of databases', '0000-00-00 00:00:00'],
		['a small number', 14],
		['a negative number', -1_804_255_200],
		['a number that is not finite', NaN],
		['a number that is not finite', Infinity],
		['text of an invalid date', 'Invalid DateTime'],
		['a boolean', true],
		['a list of two', ['2027-03-05T14:00', '2027-03-06T14:00']],
		['an empty list', []],
		['an object', { date: '2027-03-05T14:00' }],
		['an invalid Date', new Date('x')],
		['an invalid DateTime', DateTime.invalid('test')],
		['a DateTime that is only JSON', { isLuxonDateTime: true, isValid: true, toMillis: 5 }],
		['an object that is only tagged as a Date', { [Symbol.toStringTag]: 'Date' }],
		['an object that cannot become text', { toString: 1, valueOf: 1 }],
		['a megabyte', '2027-03-05T14:00'.padEnd(1_000_000, '(')],
		['a big integer', 1_804_255_200n],
		['a NUL character', '2027-03-05T14:00\0'],
	])('rejects %s: %p', (_what, value) => {
		const issue = issueOf(read(value));
		expect(issue).toMatch(
			/^Start Date must be a date and time such as 2027-03-05 14:00; this item has [^;]+(?:$|; (?:for dates written in another way )?set the option 'Date Format')/,
		);
		expect(issue.length).toBeLessThan(250);
	});

	it('the issue shows an invalid DateTime and an invalid Date', () => {
		expect(issueOf(read(DateTime.invalid('x')))).toMatch(/has 'Invalid DateTime'$/);
		expect(issueOf(read(new Date(NaN)))).toMatch(/has 'Invalid Date'$/);
	});
});

describe('Digits only', () => {
	it.each([
		['2031030410', '2031-03-04 10:00'],
		[2_031_030_410, '2031-03-04 10:00'],
		['2099123123', '2099-12-31 23:00'],
		// Two digits for the year, and minutes.
		['3103041030', '2031-03-04 10:30'],
		[2_703_051_400, '2027-03-05 14:00'],
		// The day or the month first.
		['1908202714', '2027-08-19 14:00'],
		['1208203014', '2030-08-12 14:00'],
		['1219203014', '2030-12-19 14:00'],
	])('rejects digits that may be a written date instead of Unix time: %p', (value, written) => {
		expect(issueOf(read(value))).toMatch(
			`such as 2027-03-05 14:00; this item has '${value}'; set the option 'Date Format' to '`,
		);
		expect(issueOf(read(value))).toContain(` (${written})`);
		expect(issueOf(read(value, 'dd.MM.yyyy HH:mm'))).toContain(` (${written})`);
	});

	it.each([
		// Month 13, day 0, 31 April, hour 24, and years long gone.
		['2031130410', '2034-05-13T10:53:30Z'],
		['2031030010', '2034-05-12T07:00:10Z'],
		['2031043110', '2034-05-12T10:38:30Z'],
		['2031030424', '2034-05-12T07:07:04Z'],
		['1912010814', '2030-08-03T18:06:54Z'],
		[1_704_110_400, '2024-01-01T12:00:00Z'],
		['1804255200', '2027-03-05T14:00:00Z'],
		[2_031_030_410.5, '2034-05-12T07:06:50Z'],
		[2_031_030_410_000, '2034-05-12T07:06:50Z'],
	])('reads digits that cannot be a written date as Unix time: %p', (value, iso) => {
		expect(read(value)).toEqual({ value: { kind: 'instant', at: at(iso) } });
	});

	it('hardly any Unix time in seconds is rejected until 2033', () => {
		const refusals = Array.from({ length: 10_000 }, (_, i) => 1_700_000_000 + i * 29_940).filter(
			(seconds) => 'issue' in read(seconds),
		);
		expect(refusals.length).toBeLessThan(20);
	});
});

describe('Start of a calendar event', () => {
	const inZone = (zone: string) => ({
		value: { kind: 'wallClock', at: at('2027-03-05T14:00:00Z'), zone },
	});

	it.each([
		['2027-03-05T14:00:00', 'Europe/Berlin', inZone('Europe/Berlin')],
		['2027-03-05T14:00:00.0000000', 'W. Europe Standard Time', inZone('Europe/Berlin')],
		['2027-03-05T14:00:00.0000000', 'UTC', instant('2027-03-05T14:00:00Z')],
		['2027-03-05T14:00:00', undefined, wallClock('2027-03-05T14:00:00')],
		['2027-03-05T14:00:00', '', wallClock('2027-03-05T14:00:00')],
		['2027-03-05T14:00:00Z', 'tzone://Microsoft/Custom', instant('2027-03-05T14:00:00Z')],
	])('reads the calendar start %s in %s', (dateTime, timeZone, expected) => {
		expect(read({ dateTime, timeZone })).toEqual(expected);
	});

	it('keeps the zone of a calendar start that is an instant', () => {
		const value = read({ dateTime: '2027-03-05T14:00:00+01:00', timeZone: 'Europe/Berlin' });
		expect(value).toEqual({
			value: expect.objectContaining({
				kind: 'instant',
				at: at('2027-03-05T13:00:00Z'),
				zone: 'Europe/Berlin',
			}),
		});
	});

	it('rejects a calendar start that is a local time in an unknown zone', () => {
		expect(issueOf(read({ dateTime: '2027-03-05T14:00:00', timeZone: 'Mars/Base' }))).toBe(
			"The time zone of Start Date must be an IANA name such as Europe/Istanbul; this item has 'Mars/Base'",
		);
		expect(issueOf(read({ dateTime: 'tomorrow', timeZone: 'UTC' }))).toMatch(/has 'tomorrow'/);
	});
});
