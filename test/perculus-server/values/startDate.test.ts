import { DateTime } from 'luxon';
import { offsetAtWall, parseDate } from './startDate';

const MINUTE = 60_000;

it.each([
	'Europe/Istanbul',
	'America/New_York',
	'Australia/Lord_Howe',
	'America/St_Johns',
	'Africa/Casablanca',
	'Asia/Beirut',
	'Pacific/Apia',
])('the cached offsets of %s are those of luxon, around the clock and the year', (zone) => {
	// 6 h 47 min walks through all times of day; the year has both changes where there are any.
	for (let at = Date.UTC(2030, 0, 1); at < Date.UTC(2031, 0, 1); at += 407 * MINUTE) {
		const { year, month, day, hour, minute } = DateTime.fromMillis(at, { zone: 'utc' });
		const local = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
		const instants = local.getPossibleOffsets().map((candidate) => candidate.toMillis());
		expect(at - offsetAtWall(zone, at, 'first') * MINUTE).toBe(Math.min(...instants));
		expect(at - offsetAtWall(zone, at, 'second') * MINUTE).toBe(Math.max(...instants));
	}
});

it('finds the half-hour change of Lord Howe to the quarter', () => {
	const at = (text: string) => offsetAtWall('Australia/Lord_Howe', Date.parse(text));
	expect(at('2030-10-06T01:59:00Z')).toBe(630);
	expect(at('2030-10-06T02:15:00Z')).toBe(630);
	expect(at('2030-10-06T02:45:00Z')).toBe(660);
});

it.each([
	['2030-01-31T10:00:00.120+05:45', { fraction: '12', offset: 345, hasTime: true }],
	['2030-01-31 10:00Z', { fraction: '', offset: 0, hasTime: true }],
	['2030-01-31', { offset: null, hasTime: false }],
])('takes %s apart', (text, parts) => {
	expect(parseDate(text)).toMatchObject(parts);
});

it.each([
	'2030-02-29',
	'2030-01-01T24:00:00Z',
	'2030-01-01T10:60:00Z',
	'2030-1-1',
	'Z',
	'0050-01-01',
])('takes %s for no date', (text) => {
	expect(parseDate(text)).toBeNull();
});
