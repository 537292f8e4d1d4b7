import { DateTime } from 'luxon';

import { cached } from '../cache';
import { quote } from '../quote';
import { formatIssue, lettersOf } from './formatTokens';
import { MINUTE, toSecond, type ParsedDate } from './parsedDate';

/** How text dates are written that are not in ISO form. */
export interface DateFormat {
	/** Tokens of luxon, as they were given; empty where it is no text. */
	text: string;
	/** Why it cannot be used, as the end of a sentence about it. */
	issue?: string;
}

/** Longer ones fit no date. */
const LONGEST = 100;
const CACHED_FORMATS = 1_000;

/** Languages tried for month names. */
const LOCALES = ['en-US', 'tr-TR', 'ar-SA'];

/** Unix time in seconds or milliseconds, which luxon writes, but does not read. */
const UNIX_TIME = new Map([
	['X', 1000],
	['x', 1],
]);

const checked = cached((text: string): DateFormat => {
	const issue = UNIX_TIME.has(text) ? undefined : formatIssue(text);
	return issue === undefined ? { text } : { text, issue };
}, CACHED_FORMATS);

/** A value for a format, checked; undefined where none is set. */
export function dateFormat(given: unknown): DateFormat | undefined {
	if (given === undefined || given === null) return undefined;
	if (typeof given !== 'string') return { text: '', issue: `must be text, but is ${quote(given)}` };
	const text = given.trim();
	if (text === '') return undefined;
	return text.length > LONGEST ? { text: '', issue: 'is longer than any date' } : checked(text);
}

/**
 * Whether a format claims text that begins with the year: such text is to be read as the format has it, or not at all,
 * if that cannot be used or has the day before the month.
 */
export function claimsIso({ text, issue }: DateFormat): boolean {
	const letters = lettersOf(text);
	return letters.startsWith('y') && (issue !== undefined || letters.startsWith('yd'));
}

/** Luxon moves a time that a daylight change skips to one that nobody wrote; only a zone in the text can do that. */
function wasMoved(text: string, format: string, locale: string, read: DateTime): boolean {
	const { result } = DateTime.fromFormatExplain(text, format, { locale });
	const { hour = read.hour, minute = read.minute } = (result ?? {}) as Partial<
		Record<string, number>
	>;
	return hour !== read.hour || minute !== read.minute;
}

function inLocale(text: string, format: string, locale: string): ParsedDate | undefined {
	const letters = lettersOf(format);
	const read = DateTime.fromFormat(text, format, { locale, zone: 'utc', setZone: true });
	if (!read.isValid) return undefined;
	if (letters.includes('z') && wasMoved(text, format, locale, read)) return undefined;
	const at = toSecond(read.toMillis());
	return /[zZ]/.test(letters)
		? { kind: 'instant', at, clock: at + read.offset * MINUTE }
		: { kind: /[HhtTfF]/.test(letters) ? 'wallClock' : 'date', at };
}

/** Reads a date in a format; undefined where it does not fit, or the format cannot be used. */
export function fromFormat(text: string, format: DateFormat): ParsedDate | undefined {
	if (format.issue !== undefined) return undefined;
	const unit = UNIX_TIME.get(format.text);
	if (unit !== undefined) {
		return /^[0-9]{1,14}$/.test(text)
			? { kind: 'instant', at: toSecond(Number(text) * unit) }
			: undefined;
	}
	try {
		for (const locale of LOCALES) {
			const parsed = inLocale(text, format.text, locale);
			if (parsed) return parsed;
		}
	} catch {
		// Luxon throws over what contradicts itself; one item's format must not end the run.
	}
	return undefined;
}

export const EXAMPLE = 'such as 2027-03-05 14:00';

/** How a date can be written, for the message about one that could not be read. */
export function dateAdvice(format: DateFormat | undefined): string {
	if (!format) {
		return `${EXAMPLE}; for dates written in another way set the option 'Date Format'`;
	}
	const option = `the option 'Date Format'${format.text && ` ('${format.text}')`}`;
	return format.issue === undefined
		? `in the format '${format.text}' of the option 'Date Format', or ${EXAMPLE}`
		: `${EXAMPLE}; ${option} ${format.issue}`;
}
