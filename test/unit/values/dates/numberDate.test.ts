import { dateFormat } from '../../../../nodes/Perculus/values/dates/dateFormat';
import { parseDate } from '../../../../nodes/Perculus/values/dates/parseDate';

const read = (value: unknown, format?: string) =>
	parseDate(value, 'Start Date', dateFormat(format));
const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');
const instant = (iso: string) => ({ value: { kind: 'instant', at: Date.parse(iso) } });
const wallClock = (digits: string) => ({
	value: { kind: 'wallClock', at: Date.parse(`${digits}Z`) },
});

describe('digits alone', () => {
	const refused = (value: unknown) => issueOf(read(value));

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
	])('that read as a written date are not taken for Unix time: %p', (value, written) => {
		expect(refused(value)).toBe(
			`Start Date must be a date and time such as 2027-03-05 14:00; '${value}' may be ${written} or Unix time, so set the option 'Date Format' (X for Unix time)`,
		);
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
	])('that read as none are Unix time: %p', (value, iso) => {
		expect(read(value)).toEqual(instant(iso));
	});

	it('are what the format says', () => {
		expect(read('2031030410', 'yyyyMMddHH')).toEqual(wallClock('2031-03-04T10:00:00'));
		expect(read(3_103_041_030, 'yyMMddHHmm')).toEqual(wallClock('2031-03-04T10:30:00'));
		expect(read('2031030410', 'X')).toEqual(instant('2034-05-12T07:06:50Z'));
		expect(refused('2031030410')).not.toBe('');
		expect(issueOf(read('2031030410', 'dd.MM.yyyy HH:mm'))).toMatch(/may be 2031-03-04 10:00/);
	});

	it('of Unix time in seconds are hardly ever refused until 2033', () => {
		const refusals = Array.from({ length: 10_000 }, (_, i) => 1_700_000_000 + i * 29_940).filter(
			(seconds) => 'issue' in read(seconds),
		);
		expect(refusals.length).toBeLessThan(20);
	});
});
