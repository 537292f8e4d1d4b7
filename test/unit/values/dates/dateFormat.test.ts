import fc from 'fast-check';

import { dateFormat } from '../../../../nodes/Perculus/values/dates/dateFormat';
import { parseDate } from '../../../../nodes/Perculus/values/dates/parseDate';

const read = (value: unknown, format: unknown) =>
	parseDate(value, 'Start Date', dateFormat(format));
const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');
const wallClock = (digits: string) => ({
	value: { kind: 'wallClock', at: Date.parse(`${digits}Z`) },
});
const instant = (iso: string) => ({
	value: expect.objectContaining({ kind: 'instant', at: Date.parse(iso) }),
});

describe('a format that guesses is refused', () => {
	it.each<[string, string, RegExp]>([
		// Luxon takes the last of two: 14:10 was October.
		['dd.MM.yyyy HH:MM', '05.08.2030 14:10', /names the month twice \(minutes are written mm\)/],
		['dd.mm.yyyy HH:mm', '05.08.2030 14:10', /names the minute twice \(months are written MM\)/],
		['dd.MM.yyyy HH:mm LLL', '05.08.2030 14:10 Oct', /names the month twice/],
		['q dd.MM.yyyy HH:mm', '3 05.08.2030 14:10', /names the month twice/],
		['dd.MM.yyyy yy HH:mm', '05.08.2030 31 14:10', /names the year twice/],
		['d dd.MM.yyyy HH:mm', '5 06.08.2030 14:10', /names the day twice/],
		['dd.MM.yyyy HH:mm:ss s', '05.08.2030 14:10:00 5', /names the second twice/],
		['dd.MM.yyyy HH:mm ZZ z', '05.08.2030 14:10 +03:00 UTC', /names the zone twice/],
		['dd.MM.yyyy TTT ZZ', '05.08.2030 14:10 +03:00', /names the zone twice/],
		['yyyy-MM-ddTHH:mm', '2030.08.05T14:10', /names the hour twice .* single quotes/],
		['D dd HH:mm', '8/5/2030 05 14:10', /names the day twice/],
		['dd.MM.yyyy HH:mm a', '05.08.2030 02:10 PM', /mixes hours of 24 \(H\) with AM and PM \(a\)/],
		['dd.MM.yyyy HH h:mm a', '05.08.2030 14 2:10 PM', /mixes hours of 24 \(H\) and of 12 \(h\)/],
		['dd.MM.yyyy hh:mm', '05.08.2030 02:10', /hours of 12 \(h\) without AM and PM \(a\)/],
		['dd.MM.yyyy h:mm', '05.08.2030 2:10', /hours of 12 \(h\) without AM and PM \(a\)/],
		['dd.MM.yyyy a', '05.08.2030 PM', /AM and PM \(a\) without hours of 12 \(h\)/],
		['yyyy-MM-dd WW HH:mm', '2030-08-05 32 14:10', /mixes weeks \(k, W\) with months and days/],
		['yyyy-MM o HH:mm', '2030-08 217 14:10', /mixes days of the year \(o\) with months/],
		["dd.MM.yyyy HH:mm'Z'", '05.08.2030 14:10Z', /has a zone as plain text \('Z'\).*ZZ/],
		["yyyy-MM-dd'T'HH:mm:ss'Z'", '2030-08-05T14:10:00', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm 'UTC'", '05.08.2030 14:10 UTC', /has a zone as plain text \('UTC'\)/],
		["dd.MM.yyyy HH:mm 'utc'", '05.08.2030 14:10 UTC', /has a zone as plain text \('utc'\)/],
		["dd.MM.yyyy HH:mm '(Gmt)'", '05.08.2030 14:10 (GMT)', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm'z'", '05.08.2030 14:10z', /has a zone as plain text \('z'\)/],
		["dd.MM.yyyy HH:mm '+3'", '05.08.2030 14:10 +3', /has a zone as plain text/],
		['dd.MM.yyyy HH:mm -03', '05.08.2030 14:10 -03', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm '(GMT)'", '05.08.2030 14:10 (GMT)', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm 'h CEST'", '05.08.2030 14:10 h CEST', /has a zone as plain text/],
		["dd.MM.yyyy HH:mm '+03:00'", '05.08.2030 14:10 +03:00', /has a zone as plain text/],
		['dd.MM.yyyy HH:mm +03:00', '05.08.2030 14:10 +03:00', /has a zone as plain text/],
		[
			"dd.MM.yyyy HH:mm 'Europe/Istanbul'",
			'05.08.2030 14:10 Europe/Istanbul',
			/has a zone as plain text/,
		],
		['HH:mm', '14:10', /has to name year, month and day/],
		['dd.MM HH:mm', '05.08 14:10', /has to name year, month and day/],
		['DD.MM.yyyy HH:mm', '05.08.2030 14:10', /names the month twice \(days are written dd\)/],
		['dd.MM.YYYY HH:mm', '05.08.2030 14:10', /years are written yyyy and days dd/],
		['DD.MM.YYYY', '05.08.2030', /years are written yyyy and days dd/],
		['constructor', 'constructor', /names the/],
		['x'.repeat(200), '05.08.2030 14:10', /is longer than any date/],
	])('%s', (format, text, message) => {
		const issue = issueOf(read(text, format));
		expect(issue).toMatch(message);
		expect(issue).toContain("the option 'Date Format'");
		expect(issue).toMatch(/^Start Date must be a date and time such as 2027-03-05 14:00; /);
		expect(issue.length).toBeLessThan(350);
	});

	it.each([[5], [true], [{}], [['dd.MM.yyyy']], [() => 'dd']])('%p: it is no text', (format) => {
		expect(issueOf(read('05.08.2030 14:10', format))).toMatch(
			/the option 'Date Format' must be text, but is /,
		);
	});

	it.each([[undefined], [null], [''], ['  ']])('%p is none', (format) => {
		expect(dateFormat(format)).toBeUndefined();
	});
});

describe('a format that cannot be used', () => {
	const bad = 'dd.MM.yyyy HH:MM';

	it.each<[unknown, object]>([
		['2030-08-05 14:10', wallClock('2030-08-05T14:10:00')],
		['2030-08-05T14:10:00+03:00', instant('2030-08-05T11:10:00Z')],
		[new Date('2030-08-05T11:10:00Z'), instant('2030-08-05T11:10:00Z')],
		[1_912_150_800, instant('2030-08-05T09:00:00Z')],
		['Mon, 05 Aug 2030 12:00:00 +0300', instant('2030-08-05T09:00:00Z')],
	])('is not asked for %p', (value, expected) => {
		expect(read(value, bad)).toEqual(expected);
		expect(read(value, 5)).toEqual(expected);
	});

	it('is asked for whatever it may mean: text that begins with the year, as the format does', () => {
		// Two in the night, or in the afternoon: the format says that the text does not tell.
		expect(issueOf(read('2030-08-05 02:10', 'yyyy-MM-dd hh:mm'))).toMatch(/without AM and PM/);
		expect(issueOf(read('2030-08-05 02:10', 'yyyy-dd-MM hh:mm'))).toMatch(/without AM and PM/);
		expect(read('2030-08-05T02:10:00Z', 'yyyy-MM-dd hh:mm')).toEqual(
			instant('2030-08-05T02:10:00Z'),
		);
	});
});

describe('a format in another order than the usual one', () => {
	it('is not left for the usual one where a date does not fit it', () => {
		expect(read('2030-05-08 14:10', 'yyyy-dd-MM HH:mm')).toEqual(wallClock('2030-08-05T14:10:00'));
		expect(issueOf(read('2030-08-25 14:10', 'yyyy-dd-MM HH:mm'))).toMatch(/in the format/);
		expect(read('2030-08-25 14:10', 'dd.MM.yyyy HH:mm')).toEqual(wallClock('2030-08-25T14:10:00'));
	});
});

describe('a zone as plain text', () => {
	it('is no more than a word beside the offset itself', () => {
		const text = 'Mon Aug 05 2030 14:10:00 GMT+0300';
		expect(read(text, "EEE MMM dd yyyy HH:mm:ss 'GMT'ZZZ")).toEqual(
			instant('2030-08-05T11:10:00Z'),
		);
	});

	it.each([
		"dd.MM.yyyy 'um' HH:mm 'Uhr'",
		"dd.MM.yyyy 'SAAT' HH:mm",
		"dd.MM.yyyy HH'h'mm",
		"'Start:' dd.MM.yyyy HH:mm",
		"dd.MM.yyyy 'z' HH:mm",
		"'Room-12' dd.MM.yyyy HH:mm",
		"dd.MM.yyyy 'est' HH:mm",
	])('is not every word: %s', (format) => expect(dateFormat(format)).toEqual({ text: format }));
});

describe('a format of the language', () => {
	it.each([
		['8/5/2030, 2:10 PM', 'f', wallClock('2030-08-05T14:10:00')],
		['05.08.2030 14:10', 'D T', wallClock('2030-08-05T14:10:00')],
		['5 Ağu 2030 14:10', 'DD T', wallClock('2030-08-05T14:10:00')],
	])('%s: %s', (text, format, expected) => expect(read(text, format)).toEqual(expected));
});

describe('Unix time as a format', () => {
	it.each<[unknown, string, string]>([
		['1804255200', 'X', '2027-03-05T14:00:00Z'],
		[1_804_255_200, 'X', '2027-03-05T14:00:00Z'],
		['1804255200123', 'x', '2027-03-05T14:00:00Z'],
		// It would be 4 March 2031 otherwise.
		['2031030410', 'X', '2034-05-12T07:06:50Z'],
	])('%p as %s', (value, format, iso) => {
		expect(read(value, format)).toEqual(instant(iso));
	});
});

it('no format sinks a run, whatever it is made of', () => {
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
		fc.property(format, text, (one, date) => {
			expect(Object.keys(read(date, one))).toHaveLength(1);
		}),
		{ numRuns: 2000 },
	);
});
