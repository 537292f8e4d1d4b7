import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	encodeStart,
	parseAnswerDate,
	readStart,
	startDifference,
	writeStart,
	type Start,
} from '../../../nodes/Perculus/session/start';

const ISTANBUL: Start = {
	clock: '2027-08-05T15:00:00',
	zone: 'Europe/Istanbul',
	instant: Date.parse('2027-08-05T12:00:00Z'),
};
const OWN_ZONE: Start = { clock: '2027-08-05T15:00:00' };

const aZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const anInstant = fc
	.integer({ min: Date.UTC(2000, 0, 2) / 1000, max: Date.UTC(2100, 0, 1) / 1000 })
	.map((seconds) => seconds * 1000);

function readIn(zone: string, date: unknown): Start {
	const read = readStart({
		date,
		time: undefined,
		labels: { date: 'Start Date', time: 'Start Time', zone: 'Time Zone' },
		zone,
		workflowZone: 'America/New_York',
		isUpdate: false,
	});
	if ('issue' in read) throw new Error(read.issue);
	return read.value;
}

describe('Start in the request', () => {
	it.each<[Start, string, string, string]>([
		[ISTANBUL, '2027-08-05T15:00:00Z', '2027-08-05T15:00:00+03:00', '2027-08-05T15:00:00+03:00'],
		// With offsets, Z would be read as UTC.
		[OWN_ZONE, '2027-08-05T15:00:00Z', '2027-08-05T15:00:00', '2027-08-05T15:00:00'],
	])('writes the start %j in each encoding', (start, wallClock, offset, written) => {
		expect(encodeStart(start, 'wallClock')).toBe(wallClock);
		expect(encodeStart(start, 'offset')).toBe(offset);
		expect(writeStart(start)).toBe(written);
	});

	it('the written start agrees with luxon for any instant, zone and form', () => {
		fc.assert(
			fc.property(aZone, aZone, anInstant, (zone, elsewhere, instant) => {
				const there = DateTime.fromMillis(instant, { zone: elsewhere });
				const clock = DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				for (const date of [
					there,
					there.toISO(),
					there.toUTC().toISO(),
					new Date(instant),
					instant,
				]) {
					// Unix time in ms is only recognized from 2001 on.
					if (date === instant && instant < 1e12) continue;
					const start = readIn(zone, date);
					expect(start).toEqual({ clock, zone, instant });
					expect(encodeStart(start, 'wallClock')).toBe(`${clock}Z`);
					expect(Date.parse(encodeStart(start, 'offset'))).toBe(instant);
					expect(readIn(zone, writeStart(start))).toEqual(start);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('the instant of any local time agrees with luxon', () => {
		fc.assert(
			fc.property(aZone, anInstant, (zone, digits) => {
				const clock = new Date(digits).toISOString().slice(0, 19);
				const luxons = DateTime.fromISO(clock, { zone });
				// Luxon moves what is skipped; the tests of instantsOf judge those.
				if (luxons.toFormat("yyyy-MM-dd'T'HH:mm:ss") !== clock) return;
				const ofLuxon = luxons.getPossibleOffsets().map((one) => one.toMillis());
				expect(readIn(zone, clock).instant).toBe(Math.min(...ofLuxon));
			}),
			{ numRuns: 300 },
		);
	});
});

describe('Dates in a response', () => {
	it.each([
		['2027-08-05T15:00:00+03:00', '2027-08-05T15:00:00', '2027-08-05T12:00:00Z'],
		['2027-08-05T15:00:25.699+03:00', '2027-08-05T15:00:25', '2027-08-05T12:00:25Z'],
		['2027-08-05T15:00:25.1234567Z', '2027-08-05T15:00:25', '2027-08-05T15:00:25Z'],
		['2027-08-05t15:00:00z', '2027-08-05T15:00:00', '2027-08-05T15:00:00Z'],
		['2027-08-05 15:00:00 +0300', '2027-08-05T15:00:00', '2027-08-05T12:00:00Z'],
		['2027-08-05T15:00+03', '2027-08-05T15:00:00', '2027-08-05T12:00:00Z'],
		['2027-08-05T15:00:00-03:30', '2027-08-05T15:00:00', '2027-08-05T18:30:00Z'],
		[' 2027-08-05T15:00:00 ', '2027-08-05T15:00:00', undefined],
	])('reads the date %s of a response', (text, clock, instant) => {
		expect(parseAnswerDate(text)).toEqual({
			clock,
			...(instant && { instant: Date.parse(instant) }),
		});
	});

	it.each([
		undefined,
		null,
		5,
		{},
		'',
		'soon',
		'2027-08-05',
		'2027-08-05T15:00:00+99:00',
		`2027-08-05T15:00:00.${'1'.repeat(1e6)}`,
	])('does not read other values as a date', (value) =>
		expect(parseAnswerDate(value)).toBeUndefined(),
	);
});

describe('Start in the response', () => {
	it.each<[Start, unknown]>([
		[ISTANBUL, '2027-08-05T15:00:00+03:00'],
		[ISTANBUL, '2027-08-05T12:00:00Z'],
		[ISTANBUL, '2027-08-05T12:00:00.9999999+00:00'],
		[ISTANBUL, '2027-08-05T15:00:00'],
		[OWN_ZONE, '2027-08-05T15:00:00+05:45'],
		[OWN_ZONE, '2027-08-05T15:00'],
	])('the returned start is the one that was sent: %j, %j', (start, answered) => {
		expect(startDifference(start, answered)).toBeUndefined();
	});

	it.each<[Start, unknown]>([
		[ISTANBUL, '2027-08-05T15:00:00Z'],
		[ISTANBUL, '2027-08-05T12:00:00+03:00'],
		[ISTANBUL, '2027-08-05T12:00:00'],
		[OWN_ZONE, '2027-08-05T18:00:00+03:00'],
	])('warns if the returned start is another one: %j, %j', (start, answered) => {
		expect(startDifference(start, answered)).toBe(
			`The session starts at ${String(answered)}, but ${writeStart(start)} was asked for. Check it in Perculus.`,
		);
	});

	it.each([undefined, null, 'soon', '2027-08-05'])(
		'warns if the returned start cannot be read: %j',
		(answered) => {
			expect(startDifference(ISTANBUL, answered)).toMatch(
				/^The response has no start that can be read \(.+\), but 2027-08-05T15:00:00\+03:00 was asked for/,
			);
		},
	);
});
