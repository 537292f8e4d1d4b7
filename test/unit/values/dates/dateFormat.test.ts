import fc from 'fast-check';
import { DateTime } from 'luxon';

import { dateFormat } from '../../../../nodes/Perculus/values/dates/dateFormat';
import { parseDate } from '../../../../nodes/Perculus/values/dates/parseDate';
import { DAYS, TAILS } from '../../../../nodes/Perculus/values/dates/suggestFormat';

const read = (value: unknown, format?: unknown) =>
	parseDate(value, 'Start Date', dateFormat(format));
const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');
const wallClock = (digits: string) => ({
	value: { kind: 'wallClock', at: Date.parse(`${digits}Z`) },
});
const instant = (iso: string) => ({
	value: expect.objectContaining({ kind: 'instant', at: Date.parse(iso) }),
});
const date = (day: string) => ({ value: { kind: 'date', at: Date.parse(day) } });

describe('Date Format', () => {
	it.each<[unknown, string, object]>([
		['05.03.2027 14:30', 'dd.MM.yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['5.3.2027 9:30', 'd.M.yyyy H:mm', wallClock('2027-03-05T09:30:00')],
		['05.03.2027 09:30', 'd.M.yyyy H:mm', wallClock('2027-03-05T09:30:00')],
		['5/3/27 14:30', 'd/M/yy H:mm', wallClock('2027-03-05T14:30:00')],
		['03/05/2027 02:30 PM', 'MM/dd/yyyy hh:mm a', wallClock('2027-03-05T14:30:00')],
		['03/05/2027 02:30 pm', 'MM/dd/yyyy hh:mm a', wallClock('2027-03-05T14:30:00')],
		['03/05/2027 12:30 AM', 'MM/dd/yyyy hh:mm a', wallClock('2027-03-05T00:30:00')],
		['16/07/2032  4:47:12 PM', 'dd/MM/yyyy h:mm:ss a', wallClock('2032-07-16T16:47:12')],
		['16/07/2032 4:47:12 PM', 'dd/MM/yyyy  h:mm:ss  a', wallClock('2032-07-16T16:47:12')],
		[
			'16/07/2032\u00a0\u202f4:47:12\u202fPM',
			'dd/MM/yyyy h:mm:ss a',
			wallClock('2032-07-16T16:47:12'),
		],
		['5 Mart 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['5 Ağu 2027 14:30', 'd MMM yyyy HH:mm', wallClock('2027-08-05T14:30:00')],
		['5 EKİM 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-10-05T14:30:00')],
		['5 KASIM 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-11-05T14:30:00')],
		[
			'5 Ağustos 2027 14:30'.normalize('NFD'),
			'd MMMM yyyy HH:mm',
			wallClock('2027-08-05T14:30:00'),
		],
		['5 مارس 2027 14:30', 'd MMMM yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['March 5, 2027 14:30', 'MMMM d, yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['Fri 5 Mar 2027 14:30', 'EEE d MMM yyyy HH:mm', wallClock('2027-03-05T14:30:00')],
		['05.03.2027 14:30', 'dd.MM.yyyy T', wallClock('2027-03-05T14:30:00')],
		['05.03.2027', 'dd.MM.yyyy', date('2027-03-05')],
		['05.03.2027 um 14 Uhr', "dd.MM.yyyy 'um' H 'Uhr'", wallClock('2027-03-05T14:00:00')],
		['20270305', 'yyyyMMdd', date('2027-03-05')],
		[20_270_305, 'yyyyMMdd', date('2027-03-05')],
		[202_703_051_430, 'yyyyMMddHHmm', wallClock('2027-03-05T14:30:00')],
		['05.03.2027 14:30 +03:00', 'dd.MM.yyyy HH:mm ZZ', instant('2027-03-05T11:30:00Z')],
		['05.03.2027 14:30 -0330', 'dd.MM.yyyy HH:mm ZZZ', instant('2027-03-05T18:00:00Z')],
		['05.03.2027 14:30 +3', 'dd.MM.yyyy HH:mm Z', instant('2027-03-05T11:30:00Z')],
		[
			'Mon Aug 05 2030 14:10:00 GMT+0300',
			"EEE MMM dd yyyy HH:mm:ss 'GMT'ZZZ",
			instant('2030-08-05T11:10:00Z'),
		],
		['05.03.2027 14:30 UTC', 'dd.MM.yyyy HH:mm z', instant('2027-03-05T14:30:00Z')],
		['05.03.2027 14:30 gmt', 'dd.MM.yyyy HH:mm z', instant('2027-03-05T14:30:00Z')],
		['2027-03-05T14:30', "yyyy-MM-dd'T'HH:mm", wallClock('2027-03-05T14:30:00')],
		['2027-03-05 14h30', "yyyy-MM-dd HH'h'mm", wallClock('2027-03-05T14:30:00')],
		['1804255200', 'X', instant('2027-03-05T14:00:00Z')],
		[1_804_255_200, 'X', instant('2027-03-05T14:00:00Z')],
		['1804255200123', 'x', instant('2027-03-05T14:00:00Z')],
		// It would be 4 March 2031 otherwise.
		['2031030410', 'X', instant('2034-05-12T07:06:50Z')],
		['2031030410', 'yyyyMMddHH', wallClock('2031-03-04T10:00:00')],
		[3_103_041_030, 'yyMMddHHmm', wallClock('2031-03-04T10:30:00')],
	])('reads %j in the format %j', (value, format, expected) => {
		expect(read(value, format)).toEqual(expected);
	});

	it.each([
		['05.03.2027 14:30 Europe/Berlin', 'dd.MM.yyyy HH:mm z', 'Europe/Berlin'],
		['05.03.2027 02:30 PM asia/kolkata', 'dd.MM.yyyy hh:mm a z', 'Asia/Kolkata'],
	])('reads the zone beside the time in %j', (value, format, zone) => {
		const at = Date.parse('2027-03-05T14:30:00Z');
		expect(read(value, format)).toEqual({ value: { kind: 'wallClock', at, zone } });
	});
});

describe('Date Format that would lose a part of the date', () => {
	it.each<[string, string, RegExp]>([
		['HH:mm', '14:10', /must have the year \(yyyy\), the month \(MM\) and the day \(dd\)/],
		['dd.MM HH:mm', '05.08 14:10', /must have the year/],
		['DD.MM.yyyy HH:mm', '05.08.2030 14:10', /must have the year .* the day \(dd\)/],
		['dd.MM.YYYY HH:mm', '05.08.2030 14:10', /must have the year \(yyyy\)/],
		['D T', '8/5/2030 14:10', /must have the year/],
		['f', '8/5/2030, 2:10 PM', /must have the year/],
		["kkkk-'W'WW-E HH:mm", '2027-W09-5 14:30', /must have the year/],
		['yyyy o HH:mm', '2030 217 14:10', /must have the year/],
		['constructor', 'constructor', /must have the year/],
		// 14:08 in August would be read as 14:00, and written back the same.
		[
			'dd.MM.yyyy HH:MM',
			'05.08.2030 14:08',
			/names the month twice; minutes are written mm, months MM/,
		],
		['dd.mm.yyyy HH:mm', '05.08.2030 14:10', /must have the year .* the month \(MM\)/],
		['dd.MM.yyyy yy HH:mm', '05.08.2030 31 14:10', /names the year twice/],
		['dd.MM.yyyy hh:mm', '05.08.2030 02:10', /hours of 12 \(h\) without AM and PM \(a\)/],
		['dd.MM.yyyy h:mm', '05.08.2030 2:10', /hours of 12 \(h\) without AM and PM \(a\)/],
		["dd.MM.yyyy HH:mm'Z'", '05.08.2030 14:10Z', /has a zone as plain text \('Z'\).*ZZ/],
		["dd.MM.yyyy HH:mm 'UTC'", '05.08.2030 14:10 UTC', /has a zone as plain text \('UTC'\)/],
		["dd.MM.yyyy HH:mm 'utc'", '05.08.2030 14:10 UTC', /has a zone as plain text \('utc'\)/],
		["dd.MM.yyyy HH:mm '(Gmt)'", '05.08.2030 14:10 (GMT)', /has a zone as plain text \('Gmt'\)/],
		["dd.MM.yyyy HH:mm'z'", '05.08.2030 14:10z', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm '+3'", '05.08.2030 14:10 +3', /has a zone as plain text/],
		['dd.MM.yyyy HH:mm -03', '05.08.2030 14:10 -03', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm 'h CEST'", '05.08.2030 14:10 h CEST', /has a zone as plain text \('CEST'\)/],
		["dd.MM.yyyy HH:mm 'BST'", '05.08.2030 14:10 BST', /has a zone as plain text \('BST'\)/],
		[
			'dd.MM.yyyy HH:mm +03:00',
			'05.08.2030 14:10 +03:00',
			/has a zone as plain text \('\+03:00'\)/,
		],
		[
			"dd.MM.yyyy HH:mm 'Europe/Istanbul'",
			'05.08.2030 14:10 Europe/Istanbul',
			/zone as plain text/,
		],
		['x'.repeat(200), '05.08.2030 14:10', /is longer than any date/],
	])('rejects the format %s', (format, text, message) => {
		const issue = issueOf(read(text, format));
		expect(issue).toMatch(message);
		expect(issue).toMatch(
			/^Start Date must be a date and time such as 2027-03-05 14:00; this item has '.*'; the option 'Date Format' \(?/,
		);
		expect(issue.length).toBeLessThan(400);
	});

	it.each([
		"dd.MM.yyyy 'um' HH:mm 'Uhr'",
		"dd.MM.yyyy 'SAAT' HH:mm",
		"dd.MM.yyyy HH'h'mm",
		"'Start:' dd.MM.yyyy HH:mm",
		"dd.MM.yyyy 'z' HH:mm",
		"'Room-12' dd.MM.yyyy HH:mm",
		"dd.MM.yyyy 'est' HH:mm",
		"dd.MM.yyyy HH:mm 'UTC'ZZ",
	])('accepts other plain text in the format %s', (format) => {
		expect(dateFormat(format)).toEqual({ text: format });
	});

	it.each([[5], [true], [{}], [['dd.MM.yyyy']], [() => 'dd']])(
		'rejects %p as a format because it is no text',
		(format) => {
			expect(issueOf(read('05.08.2030 14:10', format))).toMatch(
				/the option 'Date Format' must be text, but is /,
			);
		},
	);

	it.each([[undefined], [null], [''], ['  ']])('treats %p as no format', (format) => {
		expect(dateFormat(format)).toBeUndefined();
	});
});

describe('Text that its Date Format does not reproduce', () => {
	it.each([
		['5/3/2027', 'dd.MM.yyyy HH:mm'],
		['31.02.2027 14:30', 'dd.MM.yyyy HH:mm'],
		['05.08.2030 24:00', 'dd.MM.yyyy HH:mm'],
		['05.08.2030 14:10 Oct', 'dd.MM.yyyy HH:mm LLL'],
		['3 05.08.2030 14:10', 'q dd.MM.yyyy HH:mm'],
		['05.08.2030 02:10 PM', 'dd.MM.yyyy HH:mm a'],
		['05.08.2030 14 3:10 PM', 'dd.MM.yyyy HH h:mm a'],
		['05.08.2030 0:30 AM', 'dd.MM.yyyy h:mm a'],
		['Tue 05.08.2030 14:10', 'EEE dd.MM.yyyy HH:mm'],
		['2030-08-05 1 14:10', 'yyyy-MM-dd W HH:mm'],
		['05.08.2030 14:10 +03:00 Europe/Berlin', 'dd.MM.yyyy HH:mm ZZ z'],
		// Luxon would take BST for Bangladesh.
		['05.08.2030 14:00 BST', 'dd.MM.yyyy HH:mm z'],
		['05.08.2030 14:00 IST', 'dd.MM.yyyy HH:mm z'],
		['05.08.2030 14:00 EST', 'dd.MM.yyyy HH:mm z'],
		['05.08.2030 14:00 Mars/Base', 'dd.MM.yyyy HH:mm z'],
		// Skipped by the clocks of the zone it names.
		['28.03.2027 02:30 Europe/Berlin', 'dd.MM.yyyy HH:mm z'],
	])('rejects %j in the format %j', (text = '', format = '') => {
		const issue = issueOf(read(text, format));
		expect(issue).toContain(
			`must be a date and time in the format '${format}' of the option 'Date Format'`,
		);
		expect(issue).toContain(`; this item has '${text}'`);
	});

	it('the issue explains zones if the format has one', () => {
		expect(issueOf(read('05.08.2030 14:00 BST', 'dd.MM.yyyy HH:mm z'))).toContain(
			'(z is UTC or an IANA name such as Europe/Istanbul)',
		);
	});
});

describe('Dates that need no Date Format', () => {
	it.each<[unknown, object]>([
		['2030-08-05 14:10', wallClock('2030-08-05T14:10:00')],
		['2030-08-05T14:10:00+03:00', instant('2030-08-05T11:10:00Z')],
		[new Date('2030-08-05T11:10:00Z'), instant('2030-08-05T11:10:00Z')],
		[1_912_150_800, instant('2030-08-05T09:00:00Z')],
		['Mon, 05 Aug 2030 12:00:00 +0300', instant('2030-08-05T09:00:00Z')],
	])('reads %p with any format, valid or not', (value, expected) => {
		for (const format of ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:MM', 5]) {
			expect(read(value, format)).toEqual(expected);
		}
	});

	it('a format with ambiguous hours or the day first also applies to text that begins with the year', () => {
		// At night or in the afternoon: the format says that the text leaves this open.
		expect(issueOf(read('2030-08-05 02:10', 'yyyy-MM-dd hh:mm'))).toMatch(/without AM and PM/);
		expect(read('2030-08-05T02:10:00Z', 'yyyy-MM-dd hh:mm')).toEqual(
			instant('2030-08-05T02:10:00Z'),
		);
		expect(read('2030-05-08 14:10', 'yyyy-dd-MM HH:mm')).toEqual(wallClock('2030-08-05T14:10:00'));
		expect(issueOf(read('2030-08-25 14:10', 'yyyy-dd-MM HH:mm'))).toMatch(/in the format/);
	});
});

describe('Suggested formats', () => {
	/** The formats that a message offers, and what they read. */
	const offersIn = (issue: string) =>
		[...issue.matchAll(/'([^']+)' \((\d{4}-[\d: -]+)\)/g)].map(([, format, reads]) => [
			format,
			reads,
		]);

	it.each<[unknown, string | undefined, string[]]>([
		['5.3.2032 9:00', 'dd.MM.yyyy HH:mm', ['d.M.yyyy H:mm']],
		['2031-03-04 10:00:00 UTC', "yyyy-MM-dd HH:mm:ss 'UTC'", ['yyyy-M-d H:mm:ss z']],
		['05.08.2030 14:10', 'dd.MM.yyyy HH:MM', ['d.M.yyyy H:mm']],
		['05.08.2030 14:10', 'DD.MM.YYYY HH:mm', ['d.M.yyyy H:mm']],
		['05.03.2027 14:00', undefined, ['d.M.yyyy H:mm']],
		['05.03.2027', undefined, ['d.M.yyyy']],
		['03/25/2027 14:00', undefined, ['M/d/yyyy H:mm']],
		['03/05/2027 14:00', undefined, ['d/M/yyyy H:mm', 'M/d/yyyy H:mm']],
		['3/5/2027, 2:00:05 PM', undefined, ['d/M/yyyy, h:mm:ss a', 'M/d/yyyy, h:mm:ss a']],
		['3/5/27 2:00 pm', undefined, ['d/M/yy h:mm a', 'M/d/yy h:mm a']],
		['25-03-2027 14:00', undefined, ['d-M-yyyy H:mm']],
		['2027/3/5 14:00', undefined, ['yyyy/M/d H:mm']],
		['5 Mart 2027 14:00', undefined, ['d MMMM yyyy H:mm']],
		['March 5, 2027 2:00 PM', undefined, ['MMMM d, yyyy h:mm a']],
		['05.03.2027 14:00 +03:00', undefined, ['d.M.yyyy H:mm ZZ']],
		['05.03.2027 14:00 Europe/Berlin', undefined, ['d.M.yyyy H:mm z']],
		[20_270_305, undefined, ['yyyyMMdd']],
		['28.07.2031 13.00', undefined, ['d.M.yyyy H.mm']],
		['28.07.2031 13.00.30', 'dd.MM.yyyy HH:mm', ['d.M.yyyy H.mm.ss']],
		['Monday, July 28, 2031 1:00 PM', undefined, ['EEEE, MMMM d, yyyy h:mm a']],
		['28 Temmuz 2031 Pazartesi 13:00', undefined, ['d MMMM yyyy EEEE H:mm']],
		['28 Temmuz 2031 Pazartesi', undefined, ['d MMMM yyyy EEEE']],
		['202703051400', undefined, ['yyyyMMddHHmm']],
		['2031030410', undefined, ['yyyyMMddHH', 'X']],
		['1208203014', undefined, ['ddMMyyyyHH', 'MMddyyyyHH']],
		['2008202614', undefined, ['ddMMyyyyHH', 'X']],
	])('suggests formats that read %j, given the format %j', (value, format, expected) => {
		const offers = offersIn(issueOf(read(value, format)));
		expect(offers.map(([offered]) => offered)).toEqual(expected);
		for (const [offered, reads = ''] of offers) {
			const again = read(value, offered);
			const { at = NaN, clock = at } = 'value' in again ? again.value : {};
			expect(new Date(clock).toISOString().replace('T', ' ')).toContain(reads);
		}
	});

	it('suggests formats that read the value, for any time and written form', () => {
		const moment = fc
			.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 })
			.map((seconds) => DateTime.fromSeconds(seconds, { zone: 'utc' }));
		const form = fc.record({
			day: fc.constantFrom(...DAYS),
			tail: fc.constantFrom('', ...TAILS),
			locale: fc.constantFrom('en-US', 'tr-TR'),
		});
		let offered = 0;
		fc.assert(
			fc.property(moment, form, (at, { day, tail, locale }) => {
				// Only whole days are written without a time, and no Unix time has one beside it.
				const format = /H|^X$/.test(day) ? day : day + tail;
				const text = at.setLocale(locale).toFormat(format);
				const offers = offersIn(issueOf(read(text, 'dd.MM')));
				offered += offers.length;
				expect(offers.length).toBeLessThan(4);
				for (const [other = '', reads = ''] of offers) {
					const again = read(text, other);
					if ('issue' in again) throw new Error(`${other} is offered for ${text}: ${again.issue}`);
					const digits = new Date(again.value.clock ?? again.value.at).toISOString();
					expect(digits.replace('T', ' ').slice(0, reads.length)).toBe(reads);
				}
				// One of them is the form it was written in, or one that reads the same.
				const meant = read(text, format);
				const isReadAnyway = 'value' in read(text);
				// Two digits of a year may be those of the last century.
				if ('value' in meant && meant.value.at < Date.UTC(2020, 0, 1)) return;
				if ('issue' in meant || isReadAnyway || offers.length === 3) return;
				const moments = offers
					.map(([other]) => read(text, other))
					.map((one) => 'value' in one && one.value.at);
				expect([text, moments]).toEqual([text, expect.arrayContaining([meant.value.at])]);
			}),
			{ numRuns: 1000 },
		);
		expect(offered).toBeGreaterThan(500);
	});

	it('suggests no format for the error of a spreadsheet', () => {
		for (const format of [undefined, 'dd.MM.yyyy HH:mm']) {
			expect(issueOf(read('#DEĞER!', format))).toMatch(
				/^Start Date must be a date and time; a formula's error isn't one; this item has '#DEĞER!'$/,
			);
		}
	});

	it.each(['tomorrow', '5 March', '05.08.2030 14:00 BST', '31.02.2030 14:00', '05.03.1027', ''])(
		'suggests no format for %j',
		(value) => expect(offersIn(issueOf(read(value)))).toEqual([]),
	);
});

it('any format and any text give either a value or an issue', () => {
	const tokens = [...'GyMLdoEcaHhmsSuqkWZzDtTfFXxYAb'].flatMap((letter) =>
		[1, 2, 3, 4, 5, 6].map((count) => letter.repeat(count)),
	);
	const piece = fc.oneof(fc.constantFrom(...tokens), fc.constantFrom(...".-/: ,'()[]$^\\*+?|"));
	const format = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
	const text = fc.oneof(
		fc.string(),
		fc.constantFrom('05.08.2030 14:10', '2030-08-05 14:10', '5 Aug 2030 2:10 PM', '2030080514'),
	);
	fc.assert(
		fc.property(format, text, (one, value) => {
			expect(Object.keys(read(value, one))).toHaveLength(1);
		}),
		{ numRuns: 2000 },
	);
});
