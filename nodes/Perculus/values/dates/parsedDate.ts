/**
 * What a value for a date says, before any zone is known. All numbers are milliseconds since 1970; for `wallClock`
 * and `date` they are the digits on the clock, as if they were UTC.
 */
export type ParsedDate =
	| { kind: 'instant'; at: number; clock?: number }
	| { kind: 'wallClock'; at: number }
	| { kind: 'date'; at: number };

export const DAY = 24 * 3_600_000;
export const MINUTE = 60_000;

export const toSecond = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** No date is longer; longer text is not even looked at. */
const LONGEST = 100;

/** Text as it was meant: wide digits, hard spaces and the direction marks that come along with copied text are gone. */
export function tidyDate(text: string): string {
	if (text.length > LONGEST) return '';
	return text
		.normalize('NFKC')
		.replace(/[\u200E\u200F\u202A-\u202E\uFEFF]/g, '')
		.trim();
}

/** Digits as milliseconds, or undefined for a day or time that does not exist (31 February, 25:00). */
export function fromDigits(
	y: number,
	mo: number,
	d: number,
	h = 0,
	mi = 0,
	s = 0,
): number | undefined {
	if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return undefined;
	const at = Date.UTC(y, mo - 1, d, h, mi, s);
	// 31 February rolls over, and years below 100 are taken for 1900 and on.
	const date = new Date(at);
	return date.getUTCDate() === d && date.getUTCFullYear() === y ? at : undefined;
}
