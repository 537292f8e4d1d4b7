import { DateTime } from 'luxon';

import { show } from './show';

/**
 * What a value for a date says, before any zone is known. All numbers are milliseconds since 1970; for `wallClock`
 * and `date` they are the digits on the clock, as if they were UTC.
 */
export type Moment =
	| { kind: 'instant'; at: number; clock?: number }
	| { kind: 'wallClock'; at: number }
	| { kind: 'date'; at: number };

export type Reading<T> = { value: T } | { issue: string };

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

const ISO =
	/^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ] ?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)? ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/;
const CLOCK =
	/^([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:\.[0-9]+)?)?(?: ?([AaPp])\.?[Mm]\.?)?$/;

/** Numbers that can be nothing else: Unix time in milliseconds or seconds, or a spreadsheet's day count (1954 to 2119). */
const isEpochMilliseconds = (n: number) => n >= 1e12 && n < 1e13;
const isEpochSeconds = (n: number) => n >= 1e9 && n < 1e10;
const isSpreadsheetDay = (n: number) => n >= 20_000 && n < 80_000;

/** Spreadsheets count days from here; the day count of 1970-01-01 is 25569. */
const SPREADSHEET_1970 = 25_569;

/** Tokens of a luxon format that fix the instant by themselves: offsets, zone names and Unix time. */
const INSTANT_TOKENS = /[ZzXx]/;
const TIME_TOKENS = /[HhtTfF]/;

/** Languages tried for month names in text read by a format. */
const LOCALES = ['en-US', 'tr-TR', 'ar-SA'];

/** Digits as milliseconds, or undefined for a day or time that does not exist (31 February, 25:00). */
function digits(y: number, mo: number, d: number, h = 0, mi = 0, s = 0): number | undefined {
	if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return undefined;
	const at = Date.UTC(y, mo - 1, d, h, mi, s);
	return new Date(at).getUTCDate() === d && new Date(at).getUTCFullYear() === y ? at : undefined;
}

function offsetMinutes(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', '') || '0');
	if (hours > 14 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function fromIso(text: string): Moment | undefined {
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

/** Whether a luxon format has one of these tokens outside its quoted parts. */
function hasToken(format: string, tokens: RegExp): boolean {
	return tokens.test(format.replace(/'[^']*'/g, ''));
}

function fromFormat(text: string, format: string): Moment | undefined {
	for (const locale of LOCALES) {
		const read = DateTime.fromFormat(text, format, { locale, zone: 'utc', setZone: true });
		if (!read.isValid) continue;
		const at = Math.floor(read.toMillis() / 1000) * 1000;
		if (hasToken(format, INSTANT_TOKENS))
			return { kind: 'instant', at, clock: at + read.offset * MINUTE };
		return { kind: hasToken(format, TIME_TOKENS) ? 'wallClock' : 'date', at };
	}
	return undefined;
}

function fromNumber(value: number): Moment | undefined {
	if (isEpochMilliseconds(value)) return { kind: 'instant', at: Math.floor(value / 1000) * 1000 };
	if (isEpochSeconds(value)) return { kind: 'instant', at: Math.floor(value) * 1000 };
	if (!isSpreadsheetDay(value)) return undefined;
	// A day count carries no zone: its fraction is the time on the clock, and counts to a second at best.
	const at = Math.round(((value - SPREADSHEET_1970) * DAY) / 1000) * 1000;
	return { kind: Number.isInteger(value) ? 'date' : 'wallClock', at };
}

function fromText(text: string, format: string): Moment | undefined {
	if (format) {
		const formatted = fromFormat(text, format);
		if (formatted) return formatted;
	}
	const iso = fromIso(text);
	if (iso) return iso;
	if (/^[0-9]+(?:\.[0-9]+)?$/.test(text)) return fromNumber(Number(text));
	const mail = DateTime.fromRFC2822(text, { setZone: true });
	return mail.isValid
		? { kind: 'instant', at: mail.toMillis(), clock: mail.toMillis() + mail.offset * MINUTE }
		: undefined;
}

interface DateTimeLike {
	isLuxonDateTime: true;
	isValid: boolean;
	offset: number;
	toMillis(): number;
}

/** n8n's luxon and ours may be two copies, so that instanceof would not do. */
function isDateTime(value: unknown): value is DateTimeLike {
	return (
		typeof value === 'object' && value !== null && 'isLuxonDateTime' in value && 'toMillis' in value
	);
}

function fromObject(value: object): Moment | undefined {
	if (isDateTime(value)) {
		if (!value.isValid) return undefined;
		const at = Math.floor(value.toMillis() / 1000) * 1000;
		return { kind: 'instant', at, clock: at + value.offset * MINUTE };
	}
	if (Object.prototype.toString.call(value) !== '[object Date]') return undefined;
	const at = Math.floor((value as Date).getTime() / 1000) * 1000;
	return Number.isNaN(at) ? undefined : { kind: 'instant', at };
}

/**
 * Reads a date: ISO text with or without an offset, e-mail dates, luxon DateTime, Date, Unix time, a spreadsheet's
 * day count, or text in the given luxon format. Parts of a second are dropped. Whatever can be read in two ways is
 * refused.
 */
export function readMoment(value: unknown, label: string, format = ''): Reading<Moment> {
	const text = typeof value === 'string' ? value.trim() : value;
	const moment =
		typeof text === 'string'
			? fromText(text, format)
			: typeof text === 'number'
				? fromNumber(text)
				: typeof text === 'object' && text !== null
					? fromObject(text)
					: undefined;
	if (moment) return { value: moment };
	const advice = format
		? `in the format '${format}' of the option 'Date Format', or such as 2027-03-05 14:00`
		: "such as 2027-03-05 14:00; for dates written in another way set the option 'Date Format'";
	return { issue: `${label} must be a date and time ${advice}; this item has ${show(value)}` };
}

/** Reads a time of day (14:30, 14.30, 2:30 PM, or a spreadsheet's fraction of a day) as milliseconds since midnight. */
export function readClock(value: unknown, label: string): Reading<number> {
	const issue = { issue: `${label} must be a time such as 14:30; this item has ${show(value)}` };
	if (typeof value === 'number') {
		return value >= 0 && value < 1 ? { value: Math.round(value * 86_400) * 1000 } : issue;
	}
	const match = typeof value === 'string' ? CLOCK.exec(value.trim()) : null;
	if (!match) return issue;
	const [, h, mi, s = '0', half] = match;
	let hours = Number(h);
	if (half) {
		if (hours < 1 || hours > 12) return issue;
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	const at = digits(1970, 1, 1, hours, Number(mi), Number(s));
	return at === undefined ? issue : { value: at };
}
