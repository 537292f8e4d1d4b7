import { formatDate, offsetAtInstant, parseDate } from './startDate';

/** A moment to the microsecond; a JS Date alone stops at milliseconds. */
export interface Moment {
	ms: number;
	/** Microseconds beyond the millisecond, 0 to 999. */
	micros: number;
}

/** A Date, or an ISO text with an offset where microseconds matter. */
export type Clock = () => Date | string;

export function readClock(clock: Clock, skewMs: number): Moment {
	const value = clock();
	if (typeof value !== 'string') return { ms: value.getTime() + skewMs, micros: 0 };
	const parsed = parseDate(value);
	if (!parsed || parsed.offset === null)
		throw new Error(`The clock must return a Date or an ISO text with an offset, not "${value}"`);
	return {
		ms: parsed.wallMs - parsed.offset * 60_000 + skewMs,
		micros: Number(parsed.fraction.padEnd(6, '0').slice(3, 6)),
	};
}

/**
 * Documented: `micros` is the form of the v2 sample (offset, up to six digits); `ticksUtc` is the
 * form of the v1 samples (seven digits, `Z`).
 */
export type StampForm = 'micros' | 'ticksUtc';

export function stamp(moment: Moment, zone: string, form: StampForm): string {
	const pad = (part: number) => String(part).padStart(3, '0');
	const digits = `${pad(((moment.ms % 1000) + 1000) % 1000)}${pad(moment.micros)}`;
	if (form === 'ticksUtc') return `${new Date(moment.ms).toISOString().slice(0, 19)}.${digits}0Z`;
	const offset = offsetAtInstant(zone, moment.ms);
	return formatDate(moment.ms + offset * 60_000, digits.replace(/0+$/, ''), offset);
}
