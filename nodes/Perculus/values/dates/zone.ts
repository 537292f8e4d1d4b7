import { IANAZone } from 'luxon';

const MINUTE = 60_000;
const DAY = 24 * 3_600_000;
const CACHED_OFFSETS = 20_000;
const CACHED_NAMES = 1_000;

const offsets = new Map<string, Map<number, number>>();
const names = new Map<string, string | undefined>();

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
	const before = names.get(name);
	if (before !== undefined) return before;
	if (!/^[A-Za-z][\w/+-]{0,60}$/.test(name) || names.has(name)) return undefined;
	if (names.size >= CACHED_NAMES) names.clear();
	const spelled = IANAZone.isValidZone(name) ? usualSpelling(name) : undefined;
	names.set(name, spelled);
	return spelled;
}

/** Luxon's answer, cached; it asks Intl, which takes its time. */
function luxonOffset(zone: string, instant: number): number {
	let known = offsets.get(zone);
	if (!known) offsets.set(zone, (known = new Map()));
	let offset = known.get(instant);
	if (offset === undefined) {
		if (known.size >= CACHED_OFFSETS) known.clear();
		offset = IANAZone.create(zone).offset(instant);
		known.set(instant, offset);
	}
	return offset;
}

const steadyOffsets = new Map<string, Map<number, number | undefined>>();

/**
 * The offset from the day before to the day after a UTC day, in minutes, if it is the same all the time; undefined
 * around a change. No zone changes its offset and back within a day, so that the ends of the days tell.
 */
function steadyOffset(zone: string, day: number): number | undefined {
	let known = steadyOffsets.get(zone);
	if (!known) steadyOffsets.set(zone, (known = new Map()));
	const steady = known.get(day);
	if (steady !== undefined || known.has(day)) return steady;
	if (known.size >= CACHED_OFFSETS) known.clear();
	const offset = luxonOffset(zone, (day - 1) * DAY);
	const isSteady = [0, 1, 2].every((later) => luxonOffset(zone, (day + later) * DAY) === offset);
	known.set(day, isSteady ? offset : undefined);
	return known.get(day);
}

/**
 * Minutes east of UTC in an IANA zone at an instant (milliseconds since 1970). Around a change luxon is asked for the
 * minute: until 2011 offsets changed a minute past midnight in Newfoundland.
 */
export function zoneOffset(zone: string, instant: number): number {
	return (
		steadyOffset(zone, Math.floor(instant / DAY)) ??
		luxonOffset(zone, Math.floor(instant / MINUTE) * MINUTE)
	);
}

/**
 * The instants at which the clocks of a zone show the given digits, earliest first: one as a rule, none where
 * a daylight change skips them, two where it repeats them.
 *
 * @param wallClock the digits, as milliseconds since 1970 as if they were UTC
 */
export function instantsOf(zone: string, wallClock: number): number[] {
	const steady = steadyOffset(zone, Math.floor(wallClock / DAY));
	if (steady !== undefined) return [wallClock - steady * MINUTE];
	const around = [zoneOffset(zone, wallClock - DAY), zoneOffset(zone, wallClock + DAY)];
	return [...new Set(around)]
		.map((offset) => ({ offset, instant: wallClock - offset * MINUTE }))
		.filter(({ offset, instant }) => zoneOffset(zone, instant) === offset)
		.map(({ instant }) => instant)
		.sort((a, b) => a - b);
}

const offsetTexts = new Map<number, string>();

/** '+03:00', '-03:30' or '+00:00'. */
export function offsetText(minutes: number): string {
	let text = offsetTexts.get(minutes);
	if (text === undefined) {
		const size = Math.abs(minutes);
		const two = (n: number) => String(n).padStart(2, '0');
		text = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
		offsetTexts.set(minutes, text);
	}
	return text;
}
