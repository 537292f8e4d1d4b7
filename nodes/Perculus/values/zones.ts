import { FixedOffsetZone, IANAZone } from 'luxon';

import { memoize, type Reading } from './collections';
import { DAY, MINUTE, tidyDate } from './dates/dateParts';
import { RENAMED_ZONES, WINDOWS_ZONES } from './zoneTables';

const CACHED_ZONES = 1_000;
const CACHED_DAYS = 20_000;

const EXPECTED = 'must be an IANA name such as Europe/Istanbul';

const TODAYS = new Map(RENAMED_ZONES);

/** What IANA calls a zone today, if this machine knows that name. */
function todaysName(name: string): string {
	const todays = TODAYS.get(name);
	return todays !== undefined && IANAZone.isValidZone(todays) ? todays : name;
}

const INTL_NAMES = Intl.supportedValuesOf('timeZone');

/** All zones by today's names, in order; UTC among them. */
export const ZONE_NAMES: readonly string[] = [
	...new Set([...INTL_NAMES.map(todaysName), 'UTC']),
].sort();

/** A name for comparing: small letters without accents, one space between words; '-' is kept in 'UTC-11'. */
const fold = (text: string) =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[\s_/]+|-(?=[a-z])/g, ' ')
		.trim();

/** What may be written for a zone, folded, and its name; the later wins, such as today's name of a city. */
const KNOWN_NAMES = new Map(
	[
		...WINDOWS_ZONES.map(([name, zone]) => [name, todaysName(zone)] as const),
		...[...INTL_NAMES, ...ZONE_NAMES].map((name) => [name.replace(/.*\//, ''), name] as const),
		...[...INTL_NAMES, ...ZONE_NAMES, 'GMT'].map((name) => [name, name] as const),
	].map(([name, zone]) => [fold(name), zone]),
);

/** A word in small letters, or a whole word in capitals. */
const ODD_SPELLING = /(?<![A-Za-z])[a-z]|[A-Z]{4}/;

const knownZone = memoize((name: string) => {
	if (!IANAZone.isValidZone(name)) return undefined;
	const listed = name.includes('/') ? KNOWN_NAMES.get(fold(name)) : undefined;
	if (listed !== undefined || !ODD_SPELLING.test(name)) return listed ?? name;
	// A second name such as asia/istanbul, whose spelling nothing lists.
	const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions();
	return todaysName(timeZone);
}, CACHED_ZONES);

/**
 * An IANA name such as Europe/Istanbul or UTC in the list's spelling ('europe/istanbul' may be nothing to a server);
 * undefined for '+03:00' and for unknown names. Cached: a look-up takes luxon a tenth of a millisecond.
 */
export function zoneName(name: string): string | undefined {
	return /^[A-Za-z][\w/+-]{0,60}$/.test(name) ? knownZone(name) : undefined;
}

const readText = memoize((text: string): Reading<string> => {
	const listed = KNOWN_NAMES.get(fold(text));
	// Names without a slash are abbreviations, most of them: Intl takes BST for Bangladesh and IST for India.
	const zone = listed ?? (text.includes('/') ? zoneName(text.replace(/\s+/g, '_')) : undefined);
	return zone !== undefined && IANAZone.isValidZone(zone) ? { value: zone } : { issue: EXPECTED };
}, CACHED_ZONES);

/**
 * Reads the name of a time zone in any case: an IANA name with a slash, UTC, GMT, the city of exactly one zone, or a
 * Windows name.
 *
 * @returns the name in the list's spelling; an issue is the end of a sentence that begins with the name of the field
 */
export function readZone(value: unknown): Reading<string> {
	return typeof value === 'string' ? readText(tidyDate(value)) : { issue: EXPECTED };
}

/** The offset of a zone at the beginning of each UTC day. */
const dayOffsets = memoize((zone: string) => {
	const luxonZone = IANAZone.create(zone);
	return memoize((day: number) => luxonZone.offset(day * DAY), CACHED_DAYS);
}, CACHED_ZONES);

/** The offset of a zone in minutes, if it is the same from the day before an instant to the day after. */
function steadyOffset(zone: string, instant: number): number | undefined {
	const [offsetOf, day] = [dayOffsets(zone), Math.floor(instant / DAY)];
	const offset = offsetOf(day - 1);
	return [day, day + 1, day + 2].every((other) => offsetOf(other) === offset) ? offset : undefined;
}

/** Minutes east of UTC in an IANA zone at an instant (milliseconds since 1970). */
export function zoneOffset(zone: string, instant: number): number {
	return steadyOffset(zone, instant) ?? IANAZone.create(zone).offset(instant);
}

/**
 * The instants at which the clocks of a zone show the given digits, earliest first: usually one, none where a
 * daylight change skips them, two where it repeats them.
 *
 * @param wallClock the digits, as milliseconds since 1970 as if they were UTC
 */
export function instantsOf(zone: string, wallClock: number): number[] {
	const steady = steadyOffset(zone, wallClock);
	if (steady !== undefined) return [wallClock - steady * MINUTE];
	const offsets = [zoneOffset(zone, wallClock - DAY), zoneOffset(zone, wallClock + DAY)];
	return [...new Set(offsets)]
		.filter((offset) => zoneOffset(zone, wallClock - offset * MINUTE) === offset)
		.map((offset) => wallClock - offset * MINUTE)
		.sort((a, b) => a - b);
}

/** '+03:00', '-03:30' or '+00:00'. */
export const offsetText = (minutes: number): string =>
	FixedOffsetZone.instance(minutes).formatOffset(0, 'short');
