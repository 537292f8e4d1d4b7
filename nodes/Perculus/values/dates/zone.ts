import { IANAZone } from 'luxon';

import { cached } from '../cache';
import { DAY, MINUTE } from './parsedDate';

const CACHED_ZONES = 1_000;
const CACHED_OFFSETS = 20_000;

/** Regions whose zones are written like Asia/Kolkata throughout. */
const TITLED = /^(?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific)\//;

/** The usual spelling of a zone that exists, which differs from the given name in the case of letters at most. */
function usualSpelling(name: string): string {
	const known = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
	const lower = name.toLowerCase();
	if (known.toLowerCase() === lower) return known;
	// A second name of a zone is kept: Intl would turn Asia/Kolkata into Asia/Calcutta.
	const isOdd = name === lower || name === name.toUpperCase();
	return isOdd && TITLED.test(lower)
		? lower.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
		: name;
}

/**
 * An IANA name such as Europe/Istanbul or UTC in its usual spelling ('europe/istanbul' may be nothing to a server);
 * undefined for '+03:00' and for unknown names. Cached: a look-up takes luxon a tenth of a millisecond.
 */
export function zoneName(name: string): string | undefined {
	return /^[A-Za-z][\w/+-]{0,60}$/.test(name) ? knownZone(name) : undefined;
}

const knownZone = cached(
	(name: string) => (IANAZone.isValidZone(name) ? usualSpelling(name) : undefined),
	CACHED_ZONES,
);

/** Luxon's answers by zone and instant; it asks Intl, which takes its time. */
const luxonOffsets = cached((zone: string) => {
	const luxons = IANAZone.create(zone);
	return cached((instant: number) => luxons.offset(instant), CACHED_OFFSETS);
}, CACHED_ZONES);

/**
 * By zone and UTC day, the offset from the day before to the day after in minutes, if it is the same all the time;
 * undefined around a change. No zone changes its offset and back within a day, so that the ends of the days tell.
 */
const steadyOffsets = cached((zone: string) => {
	const offsetAt = luxonOffsets(zone);
	return cached((day: number) => {
		const offset = offsetAt((day - 1) * DAY);
		const isSteady = [0, 1, 2].every((later) => offsetAt((day + later) * DAY) === offset);
		return isSteady ? offset : undefined;
	}, CACHED_OFFSETS);
}, CACHED_ZONES);

/**
 * Minutes east of UTC in an IANA zone at an instant (milliseconds since 1970). Around a change luxon is asked for the
 * minute: until 2011 offsets changed a minute past midnight in Newfoundland.
 */
export function zoneOffset(zone: string, instant: number): number {
	return (
		steadyOffsets(zone)(Math.floor(instant / DAY)) ??
		luxonOffsets(zone)(Math.floor(instant / MINUTE) * MINUTE)
	);
}

/**
 * The instants at which the clocks of a zone show the given digits, earliest first: one as a rule, none where
 * a daylight change skips them, two where it repeats them.
 *
 * @param wallClock the digits, as milliseconds since 1970 as if they were UTC
 */
export function instantsOf(zone: string, wallClock: number): number[] {
	const steady = steadyOffsets(zone)(Math.floor(wallClock / DAY));
	if (steady !== undefined) return [wallClock - steady * MINUTE];
	const around = [zoneOffset(zone, wallClock - DAY), zoneOffset(zone, wallClock + DAY)];
	return [...new Set(around)]
		.map((offset) => ({ offset, instant: wallClock - offset * MINUTE }))
		.filter(({ offset, instant }) => zoneOffset(zone, instant) === offset)
		.map(({ instant }) => instant)
		.sort((a, b) => a - b);
}

/** '+03:00', '-03:30' or '+00:00'. */
export function offsetText(minutes: number): string {
	const size = Math.abs(minutes);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
