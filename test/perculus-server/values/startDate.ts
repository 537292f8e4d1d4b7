import { DateTime, IANAZone } from 'luxon';

const MINUTE = 60_000;
/** No zone changes its offset inside a quarter of an hour, so one look-up serves all of it. */
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;

/** A date text taken apart: its wall-clock digits, and the offset written beside them. */
export interface ParsedDate {
	/** The digits read as though they were UTC: a number that stands for the wall clock. */
	wallMs: number;
	/** Digits after the second, without trailing zeros; '' when there are none. */
	fraction: string;
	/** Minutes east of UTC; 0 for `Z`; null when the text names none. */
	offset: number | null;
	hasTime: boolean;
}

const DATE_TEXT =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function parseOffset(text: string | undefined): number | null {
	if (text === undefined) return null;
	if (text === 'Z') return 0;
	const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
	return text.startsWith('-') ? -minutes : minutes;
}

/** Null for anything that is not an existing calendar date in ISO form. */
export function parseDate(text: string): ParsedDate | null {
	const found = DATE_TEXT.exec(text);
	if (!found) return null;
	const [year, month, day, hour = 0, minute = 0, second = 0] = found
		.slice(1, 7)
		.map((part) => (part === undefined ? undefined : Number(part))) as [number, number, number];
	const fraction = (found[7] ?? '').replace(/0+$/, '');
	const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
	const wallMs = Date.UTC(year, month - 1, day, hour, minute, second, millis);
	const offset = parseOffset(found[8]);
	// Date.UTC rolls 30 February over into March: such a date is none.
	const back = new Date(wallMs);
	const exists =
		back.getUTCFullYear() === year &&
		back.getUTCMonth() === month - 1 &&
		back.getUTCDate() === day &&
		back.getUTCHours() === hour &&
		minute < 60 &&
		second < 60;
	if (!exists || (offset !== null && Math.abs(offset) > 14 * 60)) return null;
	return { wallMs, fraction, offset, hasTime: found[4] !== undefined };
}

const zoneNames = new Map<string, boolean>();

export function isZone(name: string): boolean {
	let known = zoneNames.get(name);
	if (known === undefined) {
		known = IANAZone.isValidZone(name);
		zoneNames.set(name, known);
	}
	return known;
}

/** Which of the two instants a wall-clock time means when the clocks are put back. */
export type RepeatedHour = 'first' | 'second';

/** Offsets by zone, then by the beginning of the day or the quarter; NaN for a day of change. */
type OffsetCache = Map<string, Map<number, number>>;
const ofDays: Record<RepeatedHour, OffsetCache> = { first: new Map(), second: new Map() };
const ofQuarters: Record<RepeatedHour, OffsetCache> = { first: new Map(), second: new Map() };

function cached(cache: OffsetCache, zone: string, key: number, find: () => number): number {
	let byKey = cache.get(zone);
	if (!byKey) cache.set(zone, (byKey = new Map()));
	let offset = byKey.get(key);
	if (offset === undefined) byKey.set(key, (offset = find()));
	return offset;
}

function lookUpOffset(zone: string, wallMs: number, repeated: RepeatedHour): number {
	const wall = new Date(wallMs);
	const local = DateTime.fromObject(
		{
			year: wall.getUTCFullYear(),
			month: wall.getUTCMonth() + 1,
			day: wall.getUTCDate(),
			hour: wall.getUTCHours(),
			minute: wall.getUTCMinutes(),
		},
		{ zone },
	);
	const candidates = local.getPossibleOffsets().map((candidate) => candidate.toMillis());
	const instant = repeated === 'first' ? Math.min(...candidates) : Math.max(...candidates);
	// In a gap luxon moves the digits on; the distance to its instant is the offset before the gap.
	return Math.round((wallMs - instant) / MINUTE);
}

/**
 * The offset, in minutes, that a zone has at a wall-clock time. A day that begins and ends with the
 * same offset has it throughout; only on the few other days does each quarter need its own look-up.
 */
export function offsetAtWall(
	zone: string,
	wallMs: number,
	repeated: RepeatedHour = 'first',
): number {
	const quarterAt = (ms: number) => {
		const quarter = Math.floor(ms / QUARTER) * QUARTER;
		return cached(ofQuarters[repeated], zone, quarter, () => lookUpOffset(zone, quarter, repeated));
	};
	const day = Math.floor(wallMs / DAY) * DAY;
	const wholeDay = cached(ofDays[repeated], zone, day, () => {
		const offset = quarterAt(day);
		return offset === quarterAt(day + DAY) ? offset : NaN;
	});
	return Number.isNaN(wholeDay) ? quarterAt(wallMs) : wholeDay;
}

/** The offset, in minutes, that a zone has at an instant. */
export function offsetAtInstant(zone: string, ms: number): number {
	return Math.round(IANAZone.create(zone).offset(ms));
}

export function formatOffset(minutes: number): string {
	const size = Math.abs(minutes);
	const hours = String(Math.floor(size / 60)).padStart(2, '0');
	return `${minutes < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}

export function formatDate(wallMs: number, fraction: string, offset: number): string {
	const digits = new Date(wallMs).toISOString().slice(0, 19);
	return `${digits}${fraction && `.${fraction}`}${formatOffset(offset)}`;
}

/** A start as the server keeps it. */
export interface Start {
	text: string;
	wallMs: number;
	fraction: string;
	/** The true instant. */
	ms: number;
}

export function startAtWall(
	wallMs: number,
	fraction: string,
	zone: string,
	repeated: RepeatedHour,
): Start {
	const offset = offsetAtWall(zone, wallMs, repeated);
	return {
		text: formatDate(wallMs, fraction, offset),
		wallMs,
		fraction,
		ms: wallMs - offset * MINUTE,
	};
}

export function startAtInstant(ms: number, fraction: string, zone: string): Start {
	const offset = offsetAtInstant(zone, ms);
	const wallMs = ms + offset * MINUTE;
	return { text: formatDate(wallMs, fraction, offset), wallMs, fraction, ms };
}

/** What a non-zero offset in a request does; see the switch of the same name. */
export type OffsetRule = 'keepDigits' | 'convert' | 'utcDigits';

/**
 * Documented (three samples agree): with `Z` the digits are kept and the offset of the session's
 * zone is put beside them. Assumed: everything the rule decides about a non-zero offset.
 */
export function readStart(
	parsed: ParsedDate,
	zone: string,
	rule: OffsetRule,
	repeated: RepeatedHour,
): Start {
	const { wallMs, fraction, offset } = parsed;
	if (offset && rule === 'convert') return startAtInstant(wallMs - offset * MINUTE, fraction, zone);
	const digits = offset && rule === 'utcDigits' ? wallMs - offset * MINUTE : wallMs;
	return startAtWall(digits, fraction, zone, repeated);
}
