import { DateTime } from 'luxon';

import { isObject, type Reading } from '../collections';
import { isSheetError } from '../names';
import { isDate, isDateTime, quote } from '../text';
import { readZone } from '../zones';
import { claimsIso, type DateFormat, fromFormat } from './dateFormat';
import { DAY, MINUTE, type ParsedDate, tidyDate, toSecond, withZone } from './dateParts';
import { suggestFormats } from './suggestFormat';

const ISO =
	/^(?<day>\d{4}-\d{2}-\d{2})(?:[Tt ] ?(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,]\d+)?)? ?(?:(?<z>[Zz])|(?<sign>[+-])(?<zh>\d{2})(?::?(?<zm>\d{2}))?)?)?$/;

/** Reads ISO text with or without a time, with or without an offset; a space may replace the T. Dates in responses are read by it as well. */
export function fromIso(text: string): ParsedDate | undefined {
	const { day, h = '0', m, s = '00', z, sign, zh = 0, zm = 0 } = ISO.exec(text)?.groups ?? {};
	if (day === undefined) return undefined;
	const at = Date.parse(`${day}T${h.padStart(2, '0')}:${m ?? '00'}:${s}Z`);
	if (Number.isNaN(at)) return undefined;
	// 31 February and 24:00 roll over.
	const mayRollOver = day.slice(8) > '28' || h === '24';
	if (mayRollOver && !new Date(at).toISOString().startsWith(day)) return undefined;
	if (m === undefined) return { kind: 'date', at };
	if (z === undefined && sign === undefined) return { kind: 'wallClock', at };
	const offset = (sign === '-' ? -1 : 1) * (Number(zh) * 60 + Number(zm));
	if (Math.abs(offset) >= 15 * 60 || Number(zm) > 59) return undefined;
	return { kind: 'instant', at: at - offset * MINUTE, clock: at };
}

const NUMBER = /^\d+(?:\.\d+)?$/;
/** Spreadsheets count days from here; the day count of 1970-01-01 is 25569. */
const SPREADSHEET_1970 = 25_569;

/** Reads what a number can only be: Unix time in seconds or milliseconds, or a spreadsheet's day count (1954 to 2119). */
function fromNumber(value: number): ParsedDate | undefined {
	if (value >= 1e12 && value < 1e13) return { kind: 'instant', at: toSecond(value) };
	if (value >= 1e9 && value < 1e10) return { kind: 'instant', at: toSecond(value * 1000) };
	if (value < 20_000 || value >= 80_000) return undefined;
	// A day count carries no zone: its fraction is the time on the clock, and counts to a second at best.
	const at = Math.round(((value - SPREADSHEET_1970) * DAY) / 1000) * 1000;
	return { kind: Number.isInteger(value) ? 'date' : 'wallClock', at };
}

/** Ten digits with a year from 2020 on; no more than a quick filter, for hardly any Unix time until 2033 has one. */
const MAY_BE_WRITTEN = /^(?:20[2-9]\d{7}|[2-9]\d[01]\d{7}|\d{4}20[2-9]\d{3})$/;

/** Whether ten digits read as a date (2031030410: ten o'clock on 4 March 2031) as well as Unix time. */
const isAmbiguous = (digits: string) =>
	MAY_BE_WRITTEN.test(digits) && suggestFormats(digits).some(({ format }) => format !== 'X');

function fromMail(text: string): ParsedDate | undefined {
	const mail = DateTime.fromRFC2822(text, { setZone: true });
	if (!mail.isValid) return undefined;
	const at = mail.toMillis();
	return { kind: 'instant', at, clock: at + mail.offset * MINUTE };
}

function fromText(text: string, format: DateFormat | undefined): ParsedDate | undefined {
	if (text === '') return undefined;
	// The format comes first: a person who sets it knows how the dates are written.
	const formatted = format && fromFormat(text, format);
	if (formatted) return formatted;
	const iso = fromIso(text);
	if (iso) return iso.kind !== 'instant' && format && claimsIso(format) ? undefined : iso;
	if (!NUMBER.test(text)) return fromMail(text);
	return isAmbiguous(text) ? undefined : fromNumber(Number(text));
}

function fromValue(value: unknown, format: DateFormat | undefined): ParsedDate | undefined {
	// Digits may also be a date in the format: 20270305 in a cell is a number.
	if (typeof value === 'string' || typeof value === 'number') {
		return fromText(tidyDate(String(value)), format);
	}
	if (!isDateTime(value) && !isDate(value)) return undefined;
	const at = toSecond(isDate(value) ? value.getTime() : value.toMillis());
	if (!Number.isFinite(at)) return undefined;
	return isDate(value)
		? { kind: 'instant', at }
		: { kind: 'instant', at, clock: at + value.offset * MINUTE };
}

function dateIssue(value: unknown, label: string, format: DateFormat | undefined): string {
	if (typeof value === 'string' && isSheetError(value))
		return `${label} must be a date and time; a formula's error isn't one; this item has ${quote(value)}`;
	const isText = typeof value === 'string' || typeof value === 'number';
	const offered = isText ? suggestFormats(tidyDate(String(value))) : [];
	let what = 'such as 2027-03-05 14:00';
	let advice =
		format || !isText ? '' : "; for dates written in another way set the option 'Date Format'";
	if (format?.issue !== undefined) {
		advice = `; the option 'Date Format'${format.text && ` ('${format.text}')`} ${format.issue}`;
	} else if (format) {
		what = `in the format '${format.text}' of the option 'Date Format'`;
		if (format.text.includes('z')) what += ' (z is UTC or an IANA name such as Europe/Istanbul)';
	}
	if (offered.length > 0) {
		const formats = offered.map((one) => `'${one.format}' (${one.reads})`).join(' or ');
		advice = `${format?.issue === undefined ? '' : advice}; set the option 'Date Format' to ${formats}`;
	}
	return `${label} must be a date and time ${what}; this item has ${quote(value)}${advice}`;
}

/** The start or end of an event as Google's and Microsoft's calendars write it. */
export const isCalendarDate = (value: unknown): value is { dateTime: string; timeZone?: unknown } =>
	isObject(value) && typeof value.dateTime === 'string';

/**
 * Reads a date: ISO text with or without an offset, e-mail dates, luxon DateTime, Date, Unix time, a spreadsheet's
 * day count, text in the given format, `{ dateTime, timeZone }`, or a list of one of these. Parts of a second are
 * dropped. Text that can be read in two ways is refused.
 */
export function parseDate(value: unknown, label: string, format?: DateFormat): Reading<ParsedDate> {
	if (Array.isArray(value) && value.length === 1) return parseDate(value[0], label, format);
	if (isCalendarDate(value)) {
		const read = parseDate(value.dateTime, label, format);
		if ('issue' in read || !value.timeZone) return read;
		const zone = readZone(value.timeZone);
		if ('value' in zone) return { value: withZone(read.value, zone.value) };
		return read.value.kind === 'instant'
			? read
			: {
					issue: `The time zone of ${label} ${zone.issue}; this item has ${quote(value.timeZone)}`,
				};
	}
	const parsedDate = fromValue(value, format);
	return parsedDate ? { value: parsedDate } : { issue: dateIssue(value, label, format) };
}

/**
 * 14:30, 14.30, 14:30:00, 2:30 PM, 2 pm, 14. Not '0.50': that may be half past midnight, ten to one, or a spreadsheet's
 * half of a day. Not '1' either, which may be all of a spreadsheet's day.
 */
const CLOCK =
	/^(?!0\.|1$)(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?)?(?: ?([ap])\.?m\.?)?$/i;

/** A spreadsheet's fraction of a day as text: with a number of decimals that no clock has. */
const DAY_FRACTION = /^0\.(?:\d|\d{3,})$/;

const SECONDS_OF_DAY = DAY / 1000;

function fromDayFraction(value: number): number | undefined {
	// The last half second of a day is rounded down, for it is still that day.
	return value >= 0 && value < 1
		? Math.min(Math.round(value * SECONDS_OF_DAY), SECONDS_OF_DAY - 1) * 1000
		: undefined;
}

function fromClockText(text: string): number | undefined {
	if (DAY_FRACTION.test(text)) return fromDayFraction(Number(text));
	const [, h, minutes = 0, seconds = 0, half] = CLOCK.exec(text) ?? [];
	if (h === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
	if (half ? Number(h) < 1 || Number(h) > 12 : Number(h) > 23) return undefined;
	const hours = half ? (Number(h) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(h);
	return ((hours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Reads a time of day (14:30, 14.30, 2:30 PM, 2 pm, 14, or a spreadsheet's part of a day) as milliseconds since midnight. */
export function parseTimeOfDay(value: unknown, label: string): Reading<number> {
	if (Array.isArray(value) && value.length === 1) return parseTimeOfDay(value[0], label);
	let at: number | undefined;
	if (typeof value === 'string') at = fromClockText(tidyDate(value));
	// A whole number is an hour; 0 is midnight either way.
	if (typeof value === 'number') {
		at = Number.isInteger(value) ? fromClockText(String(value)) : fromDayFraction(value);
	}
	return at === undefined
		? { issue: `${label} must be a time such as 14:30; this item has ${quote(value)}` }
		: { value: at };
}
