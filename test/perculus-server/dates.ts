import { IANAZone } from 'luxon';
import type { Switches } from './switches';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A date text taken apart. */
export interface ParsedDate {
	/** The digits read as if they were UTC: a number for the wall clock. */
	wallMs: number;
	/** Digits after the second, without trailing zeros. */
	fraction: string;
	/** Minutes east of UTC; null where the text has none. */
	offset: number | null;
	hasTime: boolean;
}

const DATE_TEXT =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Null for anything but an existing calendar date in ISO form. */
export function parseDate(text: string): ParsedDate | null {
	const found = DATE_TEXT.exec(text);
	if (!found) return null;
	const [, day = '', time = '00:00', second = '00', digits = '', zone] = found;
	const fraction = digits.replace(/0+$/, '');
	const whole = `${day}T${time}:${second}`;
	const wallMs = Date.parse(`${whole}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
	// 30 February and 24:00 become another day in V8: such a date doesn't exist.
	if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 19) !== whole) return null;
	const minutes = Number(zone?.slice(1, 3)) * 60 + Number(zone?.slice(-2));
	const east = zone?.startsWith('-') ? -minutes : minutes;
	const offset = zone === undefined ? null : zone === 'Z' ? 0 : east;
	if (offset !== null && Math.abs(offset) > 14 * 60) return null;
	return { wallMs, fraction, offset, hasTime: found[2] !== undefined };
}

export function formatDate(wallMs: number, fraction: string, offset: number): string {
	const pad = (part: number) => String(Math.floor(part)).padStart(2, '0');
	const size = Math.abs(offset);
	const zone = `${offset < 0 ? '-' : '+'}${pad(size / 60)}:${pad(size % 60)}`;
	return `${new Date(wallMs).toISOString().slice(0, 19)}${fraction && `.${fraction}`}${zone}`;
}

export const isZone = (name: string) => IANAZone.isValidZone(name);

const offsets = new Map<string, number>();

/** Minutes east of UTC. A lookup is slow, and no zone changes inside a quarter of an hour. */
function offsetAtInstant(zone: string, ms: number): number {
	const quarter = Math.floor(ms / (15 * MINUTE)) * 15 * MINUTE;
	const key = `${zone} ${quarter}`;
	let offset = offsets.get(key);
	if (offset === undefined)
		offsets.set(key, (offset = Math.round(IANAZone.create(zone).offset(quarter))));
	return offset;
}

/** Of a wall-clock time; in a gap the offset before it. The switch decides about a repeated hour. */
export function offsetAtWall(zone: string, wallMs: number, { repeatedHour }: Switches): number {
	const before = offsetAtInstant(zone, wallMs - DAY);
	const after = offsetAtInstant(zone, wallMs + DAY);
	if (before === after) return before;
	const [first, second] = [before, after].filter(
		(offset) => offsetAtInstant(zone, wallMs - offset * MINUTE) === offset,
	);
	return (repeatedHour === 'second' ? second : undefined) ?? first ?? before;
}

/** A start as the server stores it: `ms` is the instant. */
export interface Start {
	text: string;
	wallMs: number;
	ms: number;
}

export function startAtWall(wallMs: number, fraction: string, zone: string, switches: Switches) {
	const offset = offsetAtWall(zone, wallMs, switches);
	return { text: formatDate(wallMs, fraction, offset), wallMs, ms: wallMs - offset * MINUTE };
}

export function startAtInstant(ms: number, fraction: string, zone: string): Start {
	const offset = offsetAtInstant(zone, ms);
	const wallMs = ms + offset * MINUTE;
	return { text: formatDate(wallMs, fraction, offset), wallMs, ms };
}

/** Documented (three samples): `Z` keeps the digits. Assumed: another offset does what the switch says. */
export function readStart(date: ParsedDate, zone: string, switches: Switches): Start {
	const { wallMs, fraction, offset } = date;
	const utcMs = wallMs - (offset ?? 0) * MINUTE;
	if (offset && switches.offset === 'convert') return startAtInstant(utcMs, fraction, zone);
	const digits = switches.offset === 'utcDigits' ? utcMs : wallMs;
	return startAtWall(digits, fraction, zone, switches);
}

/** A moment to the microsecond: `digits` are the six after the second. */
export interface Moment {
	ms: number;
	digits: string;
}

export function readClock({ clock }: Switches): Moment {
	const value = clock();
	const parsed = parseDate(typeof value === 'string' ? value : value.toISOString());
	if (!parsed || parsed.offset === null)
		throw new Error('The clock must return a Date or an ISO text with an offset');
	return { ms: parsed.wallMs - parsed.offset * MINUTE, digits: parsed.fraction.padEnd(6, '0') };
}

/** Documented: v2 has an offset and up to six digits, the v1 samples `Z` and seven. */
export function stamp({ ms, digits }: Moment, zone: string, { stamps }: Switches): string {
	if (stamps === 'ticksUtc') return `${new Date(ms).toISOString().slice(0, 19)}.${digits}0Z`;
	const offset = offsetAtInstant(zone, ms);
	return formatDate(ms + offset * MINUTE, digits.replace(/0+$/, ''), offset);
}

/** The same for a moment in whole milliseconds. */
export function stampMs(ms: number, zone: string, switches: Switches): string {
	return stamp({ ms, digits: new Date(ms).toISOString().slice(20, 23) + '000' }, zone, switches);
}
