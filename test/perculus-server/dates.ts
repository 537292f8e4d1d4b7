import { IANAZone } from 'luxon';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A date text taken apart: its wall-clock digits, and the offset written beside them. */
export interface ParsedDate {
	/** The digits read as if they were UTC: a number for the wall clock. */
	wallMs: number;
	/** Digits after the second, without trailing zeros. */
	fraction: string;
	/** Minutes east of UTC; 0 for `Z`; null when the text names none. */
	offset: number | null;
	hasTime: boolean;
}

const DATE_TEXT =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Null for anything that isn't an existing calendar date in ISO form. */
export function parseDate(text: string): ParsedDate | null {
	const found = DATE_TEXT.exec(text);
	if (!found) return null;
	const [, day = '', time = '00:00', second = '00', digits = '', zone] = found;
	const fraction = digits.replace(/0+$/, '');
	const whole = `${day}T${time}:${second}`;
	const wallMs = Date.parse(`${whole}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
	// 30 February and 24:00 become another day in V8: such a date doesn't exist.
	if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 19) !== whole) return null;
	const offset = zone === undefined ? null : parseOffset(zone);
	if (offset !== null && Math.abs(offset) > 14 * 60) return null;
	return { wallMs, fraction, offset, hasTime: found[2] !== undefined };
}

function parseOffset(text: string): number {
	if (text === 'Z') return 0;
	const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
	return text.startsWith('-') ? -minutes : minutes;
}

export function formatDate(wallMs: number, fraction: string, offset: number): string {
	const pad = (part: number) => String(part).padStart(2, '0');
	const size = Math.abs(offset);
	const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
	return `${new Date(wallMs).toISOString().slice(0, 19)}${fraction && `.${fraction}`}${zone}`;
}

const zones = new Map<string, { zone: IANAZone; offsets: Map<number, number> }>();

export function isZone(name: string): boolean {
	return zones.has(name) || IANAZone.isValidZone(name);
}

function lookUpOffset(name: string, ms: number): number {
	let known = zones.get(name);
	if (!known) zones.set(name, (known = { zone: IANAZone.create(name), offsets: new Map() }));
	let offset = known.offsets.get(ms);
	if (offset === undefined) known.offsets.set(ms, (offset = Math.round(known.zone.offset(ms))));
	return offset;
}

/**
 * The offset, in minutes, that a zone has at an instant. A lookup is slow: a day that begins and ends
 * with the same offset has it throughout, and no zone changes it inside a quarter of an hour.
 */
function offsetAtInstant(name: string, ms: number): number {
	const day = Math.floor(ms / DAY) * DAY;
	const offset = lookUpOffset(name, day);
	if (offset === lookUpOffset(name, day + DAY)) return offset;
	return lookUpOffset(name, Math.floor(ms / (15 * MINUTE)) * 15 * MINUTE);
}

/** Which of the two instants a wall-clock time means when the clocks go back. */
export type RepeatedHour = 'first' | 'second';

/** The offset, in minutes, that a zone has at a wall-clock time; in a gap the one before it. */
export function offsetAtWall(zone: string, wallMs: number, repeated: RepeatedHour = 'first') {
	const before = offsetAtInstant(zone, wallMs - DAY);
	const after = offsetAtInstant(zone, wallMs + DAY);
	if (before === after) return before;
	const [first, second] = [before, after].filter(
		(offset) => offsetAtInstant(zone, wallMs - offset * MINUTE) === offset,
	);
	return (repeated === 'second' ? second : undefined) ?? first ?? before;
}

/** A start as the server stores it. */
export interface Start {
	text: string;
	wallMs: number;
	/** The instant. */
	ms: number;
}

export function startAtWall(
	wallMs: number,
	fraction: string,
	zone: string,
	repeated: RepeatedHour,
): Start {
	const offset = offsetAtWall(zone, wallMs, repeated);
	return { text: formatDate(wallMs, fraction, offset), wallMs, ms: wallMs - offset * MINUTE };
}

export function startAtInstant(ms: number, fraction: string, zone: string): Start {
	const offset = offsetAtInstant(zone, ms);
	const wallMs = ms + offset * MINUTE;
	return { text: formatDate(wallMs, fraction, offset), wallMs, ms };
}

/** What an offset other than `Z` in a request does. */
export type OffsetRule = 'keepDigits' | 'convert' | 'utcDigits';

/**
 * Documented (three samples agree): with `Z` the digits are kept and the offset of the session's
 * zone is put beside them. Assumed: what the rule does with another offset.
 */
export function readStart(
	{ wallMs, fraction, offset }: ParsedDate,
	zone: string,
	rule: OffsetRule,
	repeated: RepeatedHour,
): Start {
	const utcMs = wallMs - (offset ?? 0) * MINUTE;
	if (offset && rule === 'convert') return startAtInstant(utcMs, fraction, zone);
	return startAtWall(rule === 'utcDigits' ? utcMs : wallMs, fraction, zone, repeated);
}

/** A moment to the microsecond: a Date alone has milliseconds. */
export interface Moment {
	ms: number;
	/** Microseconds beyond the millisecond, 0 to 999. */
	micros: number;
}

/** A Date, or an ISO text with an offset where microseconds matter. */
export type Clock = () => Date | string;

export function readClock(clock: Clock): Moment {
	const value = clock();
	if (typeof value !== 'string') return { ms: value.getTime(), micros: 0 };
	const parsed = parseDate(value);
	if (!parsed || parsed.offset === null)
		throw new Error(`The clock must return a Date or an ISO text with an offset, not "${value}"`);
	return {
		ms: parsed.wallMs - parsed.offset * MINUTE,
		micros: Number(parsed.fraction.padEnd(6, '0').slice(3, 6)),
	};
}

/** Documented: the v2 sample has an offset and up to six digits, the v1 samples `Z` and seven. */
export type StampForm = 'micros' | 'ticksUtc';

export function stamp({ ms, micros }: Moment, zone: string, form: StampForm): string {
	const digits = new Date(ms).toISOString().slice(20, 23) + String(micros).padStart(3, '0');
	if (form === 'ticksUtc') return `${new Date(ms).toISOString().slice(0, 19)}.${digits}0Z`;
	const offset = offsetAtInstant(zone, ms);
	return formatDate(ms + offset * MINUTE, digits.replace(/0+$/, ''), offset);
}
