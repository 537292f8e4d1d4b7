import { FixedOffsetZone, IANAZone } from 'luxon';
import type { Switches } from './switches';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export interface ParsedDate {
	wallMs: number; // the digits read as if they were UTC: a number for the wall clock
	offset: number | null; // minutes east of UTC; null where the text has none
	hasTime: boolean;
}

const DATE_TEXT =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,7})?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Null for anything but an existing calendar date in ISO form. */
export function parseDate(text: string): ParsedDate | null {
	const [found, day = '', time = '00:00', seconds = '00', zone] = DATE_TEXT.exec(text) ?? [];
	const wallMs = Date.parse(`${day}T${time}:${seconds}Z`);
	// 30 February and 24:00 become another day in V8: such a date doesn't exist.
	if (!found || Number.isNaN(wallMs) || !new Date(wallMs).toISOString().startsWith(day))
		return null;
	const minutes = Number(zone?.slice(1, 3)) * 60 + Number(zone?.slice(-2));
	const east = zone?.startsWith('-') ? -minutes : minutes;
	const offset = zone === undefined ? null : zone === 'Z' ? 0 : east;
	if (offset !== null && Math.abs(offset) > 14 * 60) return null;
	return { wallMs, offset, hasTime: found.length > day.length };
}

/** With so many fractional digits as it takes, from those of the milliseconds unless others are given. */
export function formatDate(wallMs: number, offset: number, digits?: string): string {
	const whole = new Date(wallMs).toISOString();
	const fraction = (digits ?? whole.slice(20, 23)).replace(/0+$/, '');
	const zone = FixedOffsetZone.instance(offset).formatOffset(0, 'short');
	return `${whole.slice(0, 19)}${fraction && `.${fraction}`}${zone}`;
}

export const isZone = (name: string) => IANAZone.isValidZone(name);

const offsetAt = (zone: string, ms: number) => Math.round(IANAZone.create(zone).offset(ms));

/** Minutes at a wall-clock time; in a gap those before it. The switch decides about a repeated hour. */
export function offsetAtWall(zone: string, wallMs: number, { repeatedHour }: Switches): number {
	const before = offsetAt(zone, wallMs - DAY);
	const after = offsetAt(zone, wallMs + DAY);
	if (before === after) return before;
	const [first, second] = [before, after].filter(
		(offset) => offsetAt(zone, wallMs - offset * MINUTE) === offset,
	);
	return (repeatedHour === 'second' ? second : undefined) ?? first ?? before;
}

/** A start as sessions have it: as a text, as an instant, and as its digits read as if they were UTC. */
const startOf = (ms: number, offset: number) => {
	const wallMs = ms + offset * MINUTE;
	return { start_date: formatDate(wallMs, offset), start_ms: ms, start_wall_ms: wallMs };
};
export type Start = ReturnType<typeof startOf>;

export const startAtInstant = (ms: number, zone: string) => startOf(ms, offsetAt(zone, ms));

export function startAtWall(wallMs: number, zone: string, switches: Switches): Start {
	const offset = offsetAtWall(zone, wallMs, switches);
	return startOf(wallMs - offset * MINUTE, offset);
}

/** Documented (three samples): `Z` keeps the digits. Assumed: another offset does what the switch says. */
export function readStart({ wallMs, offset }: ParsedDate, zone: string, switches: Switches): Start {
	const utcMs = wallMs - (offset ?? 0) * MINUTE;
	if (offset && switches.offset === 'convert') return startAtInstant(utcMs, zone);
	return startAtWall(switches.offset === 'utcDigits' ? utcMs : wallMs, zone, switches);
}

/** Milliseconds, with microseconds after the point. */
export function readClock({ clock }: Switches): number {
	const value = clock();
	if (typeof value !== 'string') return value.getTime();
	const micros = /\.\d{3}(\d{3})/.exec(value)?.[1] ?? 0;
	return Date.parse(value) + Number(micros) / 1000;
}

/** Documented: v2 has an offset and up to six digits, the v1 samples `Z` and seven. */
export function stamp(ms: number, zone: string, { stamps }: Switches): string {
	const digits = String(Math.round((ms % 1000) * 1000)).padStart(6, '0');
	if (stamps === 'ticksUtc') return `${new Date(ms).toISOString().slice(0, 19)}.${digits}0Z`;
	const offset = offsetAt(zone, ms);
	return formatDate(ms + offset * MINUTE, offset, digits);
}
