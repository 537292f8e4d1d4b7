import { DateTime } from 'luxon';

import { memoize } from '../collections';
import { quote } from '../text';
import { readZone } from '../zones';
import { MINUTE, type ParsedDate, tidyDate, toSecond, withZone } from './dateParts';

/** How text dates are written that are not in ISO form. */
export interface DateFormat {
	/** Tokens of luxon, as they were given; empty where it is no text. */
	text: string;
	/** Why it can't be used, as the end of a sentence about it. */
	issue?: string;
}

/** Longer ones fit no date. */
const LONGEST = 100;
const CACHED_FORMATS = 1_000;

/** Languages tried for month names. */
const LOCALES = ['en-US', 'tr-TR', 'ar-SA'];
/** As a person types a date: plain ar-SA would write Arabic digits and Hijri years. */
const TYPED = { numberingSystem: 'latn', outputCalendar: 'gregory' } as const;

/** Unix time in seconds or milliseconds, which luxon writes, but doesn't read. */
const UNIX_TIME = new Map([
	['X', 1000],
	['x', 1],
]);

/** A zone as plain text, which luxon would pass over; in small letters most abbreviations are words. */
const ZONE_AS_TEXT =
	/(?<![A-Za-z])(?:Z|MSK|TRT|[CEW]ET|[A-Z]{1,2}[SD]T|[Uu][Tt][Cc]|[Gg][Mm][Tt]|[A-Z][a-z]+\/[A-Z]\w+)(?![A-Za-z])|(?<![A-Za-z0-9])[+-]\d{1,2}(?::?\d{2})?(?![A-Za-z0-9])|\bz$/;

/** The pieces of a format: text in quotes, and tokens. */
const PIECES = /'[^']*'?|([A-Za-z])\1*/g;

/** The letters of a format's tokens in their order: `dMyHm` for dd.MM.yyyy HH:mm. */
const lettersOf = (format: string) =>
	[...format.matchAll(PIECES)].map(([, letter = '']) => letter).join('');

const PARTS: Partial<Record<string, string>> = { y: 'year', M: 'month', d: 'day', H: 'hour' };

/** Why a format would lose a part of the date; what it makes of one text is judged when that is written back. */
function formatIssue(format: string): string | undefined {
	const letters = lettersOf(format);
	if (!/y/.test(letters) || !/[ML]/.test(letters) || !/d/.test(letters) || /[DfF]/.test(letters)) {
		return 'must have the year (yyyy), the month (MM) and the day (dd)';
	}
	// HH:MM would read 14:08 as 14:00 in August, and write it back.
	const twice = /(.).*\1/.exec(letters)?.[1];
	if (twice !== undefined) {
		const rule = twice === 'M' ? 'minutes are written mm, months MM' : 'text is in single quotes';
		return `names the ${PARTS[twice] ?? `part ${twice}`} twice; ${rule}`;
	}
	if (/h/.test(letters) && !/a/.test(letters)) {
		return 'has hours of 12 (h) without AM and PM (a); hours of 24 are written HH';
	}
	const plain = format.replace(PIECES, (piece, letter) =>
		letter ? '#' : piece.replaceAll("'", ''),
	);
	const zone = /z/i.test(letters) ? null : ZONE_AS_TEXT.exec(plain);
	return zone
		? `has a zone as plain text ('${zone[0]}'); write it as ZZ (+03:00) or z (UTC, Europe/Istanbul)`
		: undefined;
}

const checked = memoize((text: string): DateFormat => {
	const issue = UNIX_TIME.has(text) ? undefined : formatIssue(text);
	return issue === undefined ? { text } : { text, issue };
}, CACHED_FORMATS);

/** A value for a format, checked; undefined where none is set. */
export function dateFormat(given: unknown): DateFormat | undefined {
	if (given === undefined || given === null) return undefined;
	if (typeof given !== 'string') return { text: '', issue: `must be text, but is ${quote(given)}` };
	if (given.length > LONGEST) return { text: '', issue: 'is longer than any date' };
	const text = tidyDate(given);
	return text === '' ? undefined : checked(text);
}

/**
 * Whether a format claims text that begins with the year: such text is to be read as the format has it, or not at all,
 * if that can't be used or has the day before the month.
 */
export const claimsIso = ({ text, issue }: DateFormat) =>
	issue === undefined ? /^y+[^A-Za-z]*d/.test(text) : text.startsWith('y');

/** A date for comparing with what was read from it: case and leading zeros don't matter. */
const comparable = (text: string, locale: string) =>
	tidyDate(text)
		.toLocaleLowerCase(locale)
		.replace(/(?<!\d)0+(?=\d)/g, '');

/**
 * Reads text, and takes nothing that isn't the same when it is written back: luxon guesses what contradicts itself,
 * and moves a time that the clocks skip.
 */
function readBack(text: string, format: string, locale: string): ParsedDate | undefined {
	const lower = text.toLocaleLowerCase(locale);
	const options = { locale, ...TYPED, zone: 'utc', setZone: true };
	const read = DateTime.fromFormat(lower, format, options);
	if (!read.isValid || comparable(read.toFormat(format), locale) !== comparable(text, locale)) {
		return undefined;
	}
	const letters = lettersOf(format);
	const at = toSecond(read.toMillis());
	const clock = at + read.offset * MINUTE;
	const parsed: ParsedDate = letters.includes('Z')
		? { kind: 'instant', at, clock }
		: { kind: /[HhtT]/.test(letters) ? 'wallClock' : 'date', at: clock };
	if (!letters.includes('z')) return parsed;
	const zone = readZone(read.zoneName);
	return 'value' in zone ? withZone(parsed, zone.value) : undefined;
}

/** Reads a date in a format; undefined where it does not fit, or the format can't be used. */
export function fromFormat(text: string, format: DateFormat): ParsedDate | undefined {
	if (format.issue !== undefined) return undefined;
	const unit = UNIX_TIME.get(format.text);
	if (unit !== undefined) {
		return /^\d{1,14}$/.test(text)
			? { kind: 'instant', at: toSecond(Number(text) * unit) }
			: undefined;
	}
	try {
		for (const locale of /\p{L}/u.test(text) ? LOCALES : LOCALES.slice(0, 1)) {
			const parsed = readBack(text, format.text, locale);
			if (parsed) return parsed;
		}
	} catch {
		// Luxon throws over what contradicts itself; one item's format must not end the run.
	}
	return undefined;
}
