import { DateTime } from 'luxon';

import { dateAdvice, fromFormat } from './dateFormat';
import { isDate, isDateTime } from './dateLike';
import { quote } from '../quote';

/**
 * What a value for a date says, before any zone is known. All numbers are milliseconds since 1970; for `wallClock`
 * and `date` they are the digits on the clock, as if they were UTC.
 */
export type ParsedDate =
	| { kind: 'instant'; at: number; clock?: number }
	| { kind: 'wallClock'; at: number }
	| { kind: 'date'; at: number };

export type Reading<T> = { value: T } | { issue: string };

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

/** No date is longer; longer text is not even looked at. */
const LONGEST = 100;

const ISO =
	/^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ] ?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)? ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/;
/** Not '0.50': that may be half past midnight, ten to one, or a spreadsheet's half of a day. */
const CLOCK =
	/^(?!0\.)([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:\.[0-9]+)?)?(?: ?([AaPp])\.?[Mm]\.?)?$/;
const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;
/** A spreadsheet's fraction of a day as text: with a number of decimals that no clock has. */
const DAY_FRACTION = /^0\.(?:[0-9]|[0-9]{3,})$/;

/** Numbers that can be nothing else: Unix time in milliseconds or seconds, or a spreadsheet's day count (1954 to 2119). */
const isEpochMilliseconds = (n: number) => n >= 1e12 && n < 1e13;
const isEpochSeconds = (n: number) => n >= 1e9 && n < 1e10;
const isSpreadsheetDay = (n: number) => n >= 20_000 && n < 80_000;

/** Spreadsheets count days from here; the day count of 1970-01-01 is 25569. */
const SPREADSHEET_1970 = 25_569;

const toSecond = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** Text as it was meant: wide digits, hard spaces and the direction marks that come along with copied text are gone. */
function tidy(text: string): string {
	if (text.length > LONGEST) return '';
	return text
		.normalize('NFKC')
		.replace(/[\u200E\u200F\u202A-\u202E\uFEFF]/g, '')
		.trim();
}

/** Digits as milliseconds, or undefined for a day or time that does not exist (31 February, 25:00). */
function digits(y: number, mo: number, d: number, h = 0, mi = 0, s = 0): number | undefined {
	if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return undefined;
	const at = Date.UTC(y, mo - 1, d, h, mi, s);
	// 31 February rolls over, and years below 100 are taken for 1900 and on.
	const date = new Date(at);
	return date.getUTCDate() === d && date.getUTCFullYear() === y ? at : undefined;
}

function offsetMinutes(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', '') || '0');
	if (hours > 14 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function fromIso(text: string): ParsedDate | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [, y, mo, d, h, mi, s, offset] = match;
	const at = digits(
		Number(y),
		Number(mo),
		Number(d),
		Number(h ?? 0),
		Number(mi ?? 0),
		Number(s ?? 0),
	);
	if (at === undefined) return undefined;
	if (h === undefined) return { kind: 'date', at };
	if (offset === undefined) return { kind: 'wallClock', at };
	const minutes = offsetMinutes(offset);
	return minutes === undefined
		? undefined
		: { kind: 'instant', at: at - minutes * MINUTE, clock: at };
}

function fromNumber(value: number): ParsedDate | undefined {
	if (isEpochMilliseconds(value)) return { kind: 'instant', at: toSecond(value) };
	if (isEpochSeconds(value)) return { kind: 'instant', at: toSecond(value * 1000) };
	if (!isSpreadsheetDay(value)) return undefined;
	// A day count carries no zone: its fraction is the time on the clock, and counts to a second at best.
	const at = Math.round(((value - SPREADSHEET_1970) * DAY) / 1000) * 1000;
	return { kind: Number.isInteger(value) ? 'date' : 'wallClock', at };
}

function fromMail(text: string): ParsedDate | undefined {
	const mail = DateTime.fromRFC2822(text, { setZone: true });
	if (!mail.isValid) return undefined;
	const at = mail.toMillis();
	return { kind: 'instant', at, clock: at + mail.offset * MINUTE };
}

function fromText(text: string, format: string): ParsedDate | undefined {
	if (text === '') return undefined;
	// The format comes first: whoever sets it knows how the dates are written.
	const formatted = format ? fromFormat(text, format) : undefined;
	if (formatted) return formatted;
	return fromIso(text) ?? (NUMBER.test(text) ? fromNumber(Number(text)) : fromMail(text));
}

function fromValue(value: unknown, format: string): ParsedDate | undefined {
	if (typeof value === 'string') return fromText(tidy(value), format);
	// Digits alone may be a date in the format, too: 20270305 in a cell is a number.
	if (typeof value === 'number') return fromText(String(value), format);
	if (!isDateTime(value) && !isDate(value)) return undefined;
	const at = toSecond(isDate(value) ? value.getTime() : value.toMillis());
	if (!Number.isFinite(at)) return undefined;
	return isDate(value)
		? { kind: 'instant', at }
		: { kind: 'instant', at, clock: at + value.offset * MINUTE };
}

/**
 * Reads a date: ISO text with or without an offset, e-mail dates, luxon DateTime, Date, Unix time, a spreadsheet's
 * day count, or text in the given luxon format. Parts of a second are dropped. Whatever can be read in two ways is
 * refused.
 */
export function parseDate(value: unknown, label: string, format = ''): Reading<ParsedDate> {
	const parsedDate = fromValue(value, format);
	return parsedDate
		? { value: parsedDate }
		: {
				issue: `${label} must be a date and time ${dateAdvice(format)}; this item has ${quote(value)}`,
			};
}

function fromDayFraction(value: number): number | undefined {
	// The last half second of a day is rounded down, for it is still that day.
	return value >= 0 && value < 1 ? Math.min(Math.round(value * 86_400), 86_399) * 1000 : undefined;
}

function fromClock(text: string): number | undefined {
	const match = CLOCK.exec(text);
	if (!match) return DAY_FRACTION.test(text) ? fromDayFraction(Number(text)) : undefined;
	const [, h, mi, s = '0', half] = match;
	let hours = Number(h);
	if (half) {
		if (hours < 1 || hours > 12) return undefined;
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	return digits(1970, 1, 1, hours, Number(mi), Number(s));
}

/** Reads a time of day (14:30, 14.30, 2:30 PM, or a spreadsheet's fraction of a day) as milliseconds since midnight. */
export function parseTimeOfDay(value: unknown, label: string): Reading<number> {
	const at =
		typeof value === 'number'
			? fromDayFraction(value)
			: typeof value === 'string'
				? fromClock(tidy(value))
				: undefined;
	return at === undefined
		? { issue: `${label} must be a time such as 14:30; this item has ${quote(value)}` }
		: { value: at };
}
