import { tidyName } from '../names';

/** What a value for a date says, before the zone of the session is known. */
export interface ParsedDate {
	kind: 'instant' | 'wallClock' | 'date';
	/** Milliseconds since 1970; of `wallClock` and `date` the digits on the clock, as if they were UTC. */
	at: number;
	/** The digits beside the offset of an instant, likewise. */
	clock?: number;
	/** IANA zone that is named along with the date; a `wallClock` is time on its clock. */
	zone?: string;
}

export const DAY = 24 * 3_600_000;
export const MINUTE = 60_000;

export const toSecond = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** Whether a date in a response is none: a server that has no date shows one of 1970 or of the year 1. */
export const isNoDate = (text: string): boolean => /^\d{4}-/.test(text) && text < '1971';

/** No date and no zone is longer; longer text isn't even looked at. */
const LONGEST = 100;

/** Text without wide digits, hard or repeated spaces and invisible characters. */
export function tidyDate(text: string): string {
	if (text.length > LONGEST) return '';
	return tidyName(text.normalize('NFKC')).replace(/\s+/g, ' ');
}

/** UTC beside a date makes it an instant, as Z does: the session keeps its own zone. */
export function withZone(parsedDate: ParsedDate, zone: string): ParsedDate {
	if (zone !== 'UTC' && zone !== 'GMT') return { ...parsedDate, zone };
	const { kind, at } = parsedDate;
	return kind === 'wallClock' ? { kind: 'instant', at, clock: at } : parsedDate;
}
