import { IANAZone } from 'luxon';

/** Every change of an offset known to the zone database falls on a quarter of an hour. */
const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 3_600_000;
const CACHED_OFFSETS = 20_000;

const offsets = new Map<string, Map<number, number>>();

/** True for an IANA name such as Europe/Istanbul or UTC; false for '+03:00' and for unknown names. */
export function isZone(name: string): boolean {
	return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/** Minutes east of UTC in an IANA zone at an instant (milliseconds since 1970). Luxon's answer, cached by quarter-hour. */
export function zoneOffset(zone: string, instant: number): number {
	let known = offsets.get(zone);
	if (!known) offsets.set(zone, (known = new Map()));
	const quarter = Math.floor(instant / QUARTER_HOUR);
	let offset = known.get(quarter);
	if (offset === undefined) {
		if (known.size >= CACHED_OFFSETS) known.clear();
		offset = IANAZone.create(zone).offset(instant);
		known.set(quarter, offset);
	}
	return offset;
}

/**
 * The instants at which the clocks of a zone show the given digits, earliest first: one as a rule, none where
 * a daylight change skips them, two where it repeats them.
 *
 * @param wallClock the digits, as milliseconds since 1970 as if they were UTC
 */
export function instantsOf(zone: string, wallClock: number): number[] {
	const around = [zoneOffset(zone, wallClock - DAY), zoneOffset(zone, wallClock + DAY)];
	return [...new Set(around)]
		.map((offset) => ({ offset, instant: wallClock - offset * 60_000 }))
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
