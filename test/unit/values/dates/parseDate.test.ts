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
/** A DateTime as another copy of luxon makes it, as far as it matters: methods and getters on a prototype. */
class OtherDateTime {
	isLuxonDateTime = true;
	isValid = true;
	offset = 345;
	toMillis = () => at('2027-03-05T14:00:00+05:45');
	toJSON = () => '2027-03-05T14:00:00.000+05:45';
}

describe('a date', () => {
	it.each([
		['ISO with an offset', '2027-03-05T14:00:00+03:00', '2027-03-05T11:00:00Z'],
		['a short offset', '2027-03-05T14:00+03', '2027-03-05T11:00:00Z'],
		['an offset without a colon', '2027-03-05T14:00:00-0330', '2027-03-05T17:30:00Z'],
		['an offset after a space', '2027-03-05 14:00:00 +05:45', '2027-03-05T08:15:00Z'],
		['Z', '2027-03-05T14:00:00Z', '2027-03-05T14:00:00Z'],
		['small letters', '2027-03-05t14:00:00z', '2027-03-05T14:00:00Z'],
		['milliseconds', '2027-03-05T14:00:00.699Z', '2027-03-05T14:00:00Z'],
		['seven digits', '2027-03-05T14:00:00.1234567+00:00', '2027-03-05T14:00:00Z'],
		['the year end', '2026-12-31T23:30:00-10:00', '2027-01-01T09:30:00Z'],
		['a Date', new Date('2027-03-05T14:00:00.999Z'), '2027-03-05T14:00:00Z'],
		['a Date of another realm', runInNewContext('new Date(1804255200000)'), '2027-03-05T14:00:00Z'],
		['a DateTime', DATE_TIME, '2027-03-05T19:00:00Z'],
		['a DateTime of another luxon', new OtherDateTime(), '2027-03-05T08:15:00Z'],
		['milliseconds since 1970', 1_804_255_200_699, '2027-03-05T14:00:00Z'],
		['the same as text', '1804255200000', '2027-03-05T14:00:00Z'],
		['seconds since 1970', 1_804_255_200, '2027-03-05T14:00:00Z'],
		['the same as text', '1804255200', '2027-03-05T14:00:00Z'],
		['an HTTP date', 'Fri, 05 Mar 2027 14:00:00 GMT', '2027-03-05T14:00:00Z'],
		['an e-mail date', 'Fri, 5 Mar 2027 14:00:00 +0300', '2027-03-05T11:00:00Z'],
		['an American e-mail date', '5 Mar 2027 14:00 EST', '2027-03-05T19:00:00Z'],
	])('is an instant: %s', (_what, value, iso) => {
		expect(read(value)).toEqual(instant(iso));
	});

	it.each([
		['2027-03-05T14:00', '2027-03-05T14:00:00'],
		['2027-03-05T14:00:30', '2027-03-05T14:00:30'],
		['2027-03-05T14:00:00.1234567', '2027-03-05T14:00:00'],
		['2027-03-05T14:00:00,5', '2027-03-05T14:00:00'],
		['2027-03-05 14:00', '2027-03-05T14:00:00'],
		['2027-03-05 9:00', '2027-03-05T09:00:00'],
		['  2027-03-05\u00a014:00\n', '2027-03-05T14:00:00'],
		['\u200e2027-03-05\u200f 14:00', '2027-03-05T14:00:00'],
		['２０２７-０３-０５ １４:００', '2027-03-05T14:00:00'],
		['2028-02-29T14:00', '2028-02-29T14:00:00'],
		[46_451.583333333336, '2027-03-05T14:00:00'],
		['46451.583333333336', '2027-03-05T14:00:00'],
		[46_451.75, '2027-03-05T18:00:00'],
	])('is time on the clock: %j', (value, digits) => {
		expect(read(value)).toEqual(wallClock(digits));
	});

	it.each(['2027-03-05', ' 2027-03-05 ', 46_451, '46451'])('is a day alone: %j', (value) => {
		expect(read(value)).toEqual(date('2027-03-05'));
	});

	it.each([
		['two readings', '03/05/2027'],
		['two readings', '03/05/2027 14:00'],
		['two readings', '05.03.2027 14:00'],
		['no year', '5 March'],
		['no time of day that is certain', '5 March 2027'],
		['words', 'tomorrow'],
		['a day as digits', 20_270_305],
		['a day as digits', '20270305'],
		['a day that does not exist', '2027-02-29'],
		['a day that does not exist', '2027-02-30T14:00'],
		['a month that does not exist', '2027-13-05T14:00'],
		['hour 24', '2027-03-05T24:00'],
		['hour 25', '2027-03-05T25:00Z'],
		['minute 60', '2027-03-05T14:60'],
		['an offset nobody has', '2027-03-05T14:00+15:00'],
		['another weekday', 'Mon, 05 Mar 2027 14:00:00 GMT'],
		['the zero date of databases', '0000-00-00 00:00:00'],
		['a small number', 14],
		['a negative number', -1_804_255_200],
		['nothing of a number', NaN],
		['nothing of a number', Infinity],
		['text of an invalid date', 'Invalid DateTime'],
		['yes', true],
		['a list', ['2027-03-05T14:00']],
		['an object', { date: '2027-03-05T14:00' }],
		['an invalid Date', new Date('x')],
		['an invalid DateTime', DateTime.invalid('test')],
		['a DateTime that is only JSON', { isLuxonDateTime: true, isValid: true, toMillis: 5 }],
		['a Date that is only named so', { [Symbol.toStringTag]: 'Date' }],
		['what cannot become text', { toString: 1, valueOf: 1 }],
		['a megabyte', '2027-03-05T14:00'.padEnd(1_000_000, '(')],
		['a big integer', 1_804_255_200n],
		['NUL', '2027-03-05T14:00\0'],
	])('is refused: %s, %p', (_what, value) => {
		const issue = issueOf(read(value));
		expect(issue).toMatch(
			/^Start Date must be a date and time such as 2027-03-05 14:00; for dates/,
		);
		expect(issue).toMatch(/; this item has .+$/);
		expect(issue.length).toBeLessThan(250);
	});

	it('that is invalid is shown as what it is', () => {
		expect(issueOf(read(DateTime.invalid('x')))).toMatch(/has 'Invalid DateTime'$/);
		expect(issueOf(read(new Date(NaN)))).toMatch(/has 'Invalid Date'$/);
	});
});

describe('a date in the format of the option', () => {
	it.each([
		['05.03.2027 14:30', 'dd.MM.yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['5.3.2027 9:30', 'd.M.yyyy H:mm', wallClock('2027-03-05T09:30:00')],
		['03/05/2027 02:30 PM', 'MM/dd/yyyy hh:mm a', wallClock('2027-03-05T14:30:00')],
		['5 Mart 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['5 Ağustos 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-08-05T14:30:00')],
		[
			'5 Ağustos 2027 14:30'.normalize('NFD'),
			'd MMMM yyyy HH:mm',
			wallClock('2027-08-05T14:30:00'),
		],
		['5 مارس 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['March 5, 2027 14:30', 'MMMM d, yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['05.03.2027', 'dd.MM.yyyy', date('2027-03-05')],
		['05.03.2027 um 14 Uhr', "dd.MM.yyyy 'um' H 'Uhr'", wallClock('2027-03-05T14:00:00')],
		['20270305', 'yyyyMMdd', date('2027-03-05')],
		[20_270_305, 'yyyyMMdd', date('2027-03-05')],
		[202_703_051_430, 'yyyyMMddHHmm', wallClock('2027-03-05T14:30:00')],
		['2027-W09-5 14:30', "kkkk-'W'WW-E HH:mm", wallClock('2027-03-05T14:30:00')],
		['05.03.2027 14:30 +03:00', 'dd.MM.yyyy HH:mm ZZ', instant('2027-03-05T11:30:00Z')],
		['05.03.2027 14:30 Europe/Berlin', 'dd.MM.yyyy HH:mm z', instant('2027-03-05T13:30:00Z')],
		['05.03.2027 02:30 PM Asia/Kathmandu', 'dd.MM.yyyy hh:mm a z', instant('2027-03-05T08:45:00Z')],
		['1804255200', 'X', instant('2027-03-05T14:00:00Z')],
		['2027-03-05T14:30', "yyyy-MM-dd'T'HH:mm", wallClock('2027-03-05T14:30:00')],
		['2027-03-05 14h30', "yyyy-MM-dd HH'h'mm", wallClock('2027-03-05T14:30:00')],
		// The Z that this format would pass over is in the text, which needs no format.
		['2027-03-05T14:30:00Z', "yyyy-MM-dd'T'HH:mm:ss'Z'", instant('2027-03-05T14:30:00Z')],
	])('is read: %j as %j', (value, format, expected) => {
		expect(read(value, format)).toEqual(expected);
	});

	it.each(['2027-03-05T14:30:00+03:00', new Date('2027-03-05T11:30:00Z'), 1_804_246_200])(
		'may be given in a form that needs no format: %p',
		(value) => expect(read(value, 'dd.MM.yyyy HH:mm')).toEqual(instant('2027-03-05T11:30:00Z')),
	);

	it.each([
		[
			'5/3/2027',
			'dd.MM.yyyy HH:mm',
			/in the format 'dd.MM.yyyy HH:mm' of the option 'Date Format'/,
		],
		['31.02.2027 14:30', 'dd.MM.yyyy HH:mm', /this item has '31.02.2027 14:30'/],
		// Skipped by the clocks of the zone it names.
		['28.03.2027 02:30 Europe/Berlin', 'dd.MM.yyyy HH:mm z', /this item has '28.03.2027/],
	])('is refused: %j as %j', (value, format, message) => {
		expect(issueOf(read(value, format))).toMatch(message);
	});
});
