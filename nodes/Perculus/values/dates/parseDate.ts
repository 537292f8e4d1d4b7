import { DateTime } from 'luxon';

import { isSheetError } from '../names';
import { quote } from '../text';
import type { Reading } from '../types';
import { isObject } from '../types';
import { readZone } from '../zones';
import { claimsIso, fromFormat, type DateFormat } from './dateFormat';
import { isDate, isDateTime } from './dateLike';
import { DAY, MINUTE, tidyDate, toSecond, withZone, type ParsedDate } from './parsedDate';
import { suggestFormats } from './suggestFormat';

const ISO =
	/^(?<day>\d{4}-\d{2}-\d{2})(?:[Tt ] ?(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,]\d+)?)? ?(?:(?<z>[Zz])|(?<sign>[+-])(?<zh>\d{2})(?::?(?<zm>\d{2}))?)?)?$/;

/** Reads ISO text with or without a time, with or without an offset; a space may replace the T. */
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
