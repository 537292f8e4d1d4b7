import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';

import { instantsOf, offsetText, zoneName, zoneOffset } from '../../../nodes/Perculus/values/zones';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES = Intl.supportedValuesOf('timeZone');
const aZone = fc.constantFrom(...ZONES);
const years = { min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) };
const aMinute = fc
	.integer({ min: years.min / MINUTE, max: years.max / MINUTE })
	.map((minute) => minute * MINUTE);

/** The minute at which the offset of a zone changes in a span of days that holds one change, by halving. */
function changeIn(zone: string, from: number, to: number): number {
	const before = IANAZone.create(zone).offset(from);
	while (to - from > MINUTE) {
		const middle = Math.floor((from + to) / 2 / MINUTE) * MINUTE;
		if (IANAZone.create(zone).offset(middle) === before) from = middle;
		else to = middle;
	}
	return to;
}

/** Changes of the offset of a zone near a year's day, where there is one. */
const aChange = fc
	.tuple(aZone, fc.integer({ min: 2000, max: 2037 }), fc.integer({ min: 0, max: 11 }))
	.map(([zone, year, month]) => {
		const [from, to] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
		const luxons = IANAZone.create(zone);
		const isChange = luxons.offset(from) !== luxons.offset(to);
		return { zone, at: isChange ? changeIn(zone, from, to) : from };
	});

/** All instants whose clocks show these digits, by every offset that luxon knows within two days. */
function byBruteForce(zone: string, wallClock: number): number[] {
	const luxons = IANAZone.create(zone);
	const offsets = new Set<number>();
	for (let at = wallClock - 2 * DAY; at <= wallClock + 2 * DAY; at += 30 * MINUTE) {
		offsets.add(luxons.offset(at));
	}
	return [...offsets]
		.map((offset) => wallClock - offset * MINUTE)
		.filter((instant) => instant + luxons.offset(instant) * MINUTE === wallClock)
		.sort((a, b) => a - b);
}

describe('Offset', () => {
	it('the offset agrees with luxon at any minute and on both sides of any change', () => {
		fc.assert(
			fc.property(aZone, aMinute, aChange, (zone, minute, change) => {
				expect(zoneOffset(zone, minute)).toBe(IANAZone.create(zone).offset(minute));
				for (const at of [
					change.at - 14 * MINUTE,
					change.at - MINUTE,
					change.at,
					change.at + 14 * MINUTE,
				]) {
					expect(zoneOffset(change.zone, at)).toBe(IANAZone.create(change.zone).offset(at));
				}
			}),
			{ numRuns: 150 },
		);
	});

	it.each([
		// The clocks of Newfoundland changed a minute past midnight.
		['America/St_Johns', '2010-03-14T03:30:00Z', -210],
		['America/St_Johns', '2010-03-14T03:31:00Z', -150],
		['Asia/Kathmandu', '2027-03-05T00:00:00Z', 345],
		['Australia/Lord_Howe', '2027-01-05T00:00:00Z', 660],
		['Australia/Lord_Howe', '2027-07-05T00:00:00Z', 630],
		// Turkey kept summer time for good in 2016.
		['Europe/Istanbul', '2016-01-05T00:00:00Z', 120],
		['Europe/Istanbul', '2027-01-05T00:00:00Z', 180],
	])('the offset of %s at %s is %d', (zone, instant, offset) => {
		expect(zoneOffset(zone, Date.parse(instant))).toBe(offset);
	});

	it.each([
		[180, '+03:00'],
		[-210, '-03:30'],
		[345, '+05:45'],
		[0, '+00:00'],
		[-0, '+00:00'],
	])('the offset of %d minutes is written as %s', (minutes, text) =>
		expect(offsetText(minutes)).toBe(text),
	);
});

describe('Local time', () => {
	it('a local time has the instants that luxon knows: none, one or two', () => {
		fc.assert(
			fc.property(aZone, aMinute, (zone, wallClock) => {
				expect(instantsOf(zone, wallClock)).toEqual(byBruteForce(zone, wallClock));
			}),
			{ numRuns: 150 },
		);
	});

	it('a local time near a clock change also has the instants that luxon knows', () => {
		const minutes = fc.integer({ min: -120, max: 120 });
		fc.assert(
			fc.property(aChange, minutes, ({ zone, at }, distance) => {
				const wallClock = at + zoneOffset(zone, at) * MINUTE + distance * MINUTE;
				const instants = instantsOf(zone, wallClock);
				expect(instants).toEqual(byBruteForce(zone, wallClock));
				for (const instant of instants) {
					const shown = DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
					expect(shown).toBe(new Date(wallClock).toISOString().slice(0, 19));
				}
			}),
			{ numRuns: 200 },
		);
	});

	it.each([
		['Europe/Berlin', '2027-03-28T02:30', []],
		['Europe/Berlin', '2027-10-31T02:30', ['2027-10-31T00:30', '2027-10-31T01:30']],
		['Australia/Lord_Howe', '2027-10-03T02:15', []],
		['Australia/Lord_Howe', '2027-04-04T01:45', ['2027-04-03T14:45', '2027-04-03T15:15']],
		['America/St_Johns', '2027-07-01T12:00', ['2027-07-01T14:30']],
		// Samoa crossed the date line, so that day did not exist.
		['Pacific/Apia', '2011-12-30T12:00', []],
		['Pacific/Apia', '2011-12-31T00:30', ['2011-12-30T10:30']],
		['Pacific/Kiritimati', '2027-01-01T00:00', ['2026-12-31T10:00']],
	])('in %s, the local time %s has the instants %j', (zone, digits, instants) => {
		expect(instantsOf(zone, Date.parse(`${digits}Z`))).toEqual(
			instants.map((instant) => Date.parse(`${instant}Z`)),
		);
	});
});

describe('Name of a zone', () => {
	it.each([
		['Europe/Istanbul', 'Europe/Istanbul'],
		['europe/istanbul', 'Europe/Istanbul'],
		['EUROPE/ISTANBUL', 'Europe/Istanbul'],
		['america/port-au-prince', 'America/Port-au-Prince'],
		['africa/dar_es_salaam', 'Africa/Dar_es_Salaam'],
		['utc', 'UTC'],
		['Etc/GMT+3', 'Etc/GMT+3'],
		// Second names are kept.
		['Asia/Kolkata', 'Asia/Kolkata'],
		['Asia/Calcutta', 'Asia/Calcutta'],
		['asia/kolkata', 'Asia/Kolkata'],
		['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
		['Turkey', 'Turkey'],
		['US/Eastern', 'US/Eastern'],
		['asia/istanbul', 'Europe/Istanbul'],
		['Asia/istanbul', 'Europe/Istanbul'],
		['us/eastern', 'America/New_York'],
		['Asia/kolkata', 'Asia/Kolkata'],
		['Asia/calcutta', 'Asia/Calcutta'],
		['europe/kyiv', 'Europe/Kyiv'],
	])('the zone %s is named %s', (given, name) => expect(zoneName(given)).toBe(name));

	it.each([
		'+03:00',
		'-0330',
		'Mars/Phobos',
		'',
		' ',
		'GMT+3',
		'UTC+3',
		'local',
		'Europe/Istanbul ',
		'__proto__',
		'constructor',
		'Europe/Istanbul\0',
		'E'.repeat(1_000_000),
	])('rejects %p as the name of a zone', (name) => expect(zoneName(name)).toBeUndefined());

	it('the name of each zone is kept, and found in lower case', () => {
		for (const zone of ZONES) {
			expect(zoneName(zone)).toBe(zone);
			expect(zoneName(zone.toLowerCase())).toBe(zone);
		}
	});
});
