import { DateTime } from 'luxon';

import { quote } from '../quote';
import type { Reading } from '../reading';
import { claimsIso, dateAdvice, EXAMPLE, fromFormat, type DateFormat } from './dateFormat';
import { isDate, isDateTime } from './dateLike';
import { fromIso } from './isoDate';
import { fromNumber, writtenDate } from './numberDate';
import { MINUTE, tidyDate, toSecond, type ParsedDate } from './parsedDate';

const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;

function fromMail(text: string): ParsedDate | undefined {
	const mail = DateTime.fromRFC2822(text, { setZone: true });
	if (!mail.isValid) return undefined;
	const at = mail.toMillis();
	return { kind: 'instant', at, clock: at + mail.offset * MINUTE };
}

function fromText(text: string, format: DateFormat | undefined): ParsedDate | undefined {
	if (text === '') return undefined;
	// The format comes first: whoever sets it knows how the dates are written.
	const formatted = format && fromFormat(text, format);
	if (formatted) return formatted;
	const iso = fromIso(text);
	if (iso) return iso.kind !== 'instant' && format && claimsIso(format) ? undefined : iso;
	if (!NUMBER.test(text)) return fromMail(text);
	return writtenDate(text) === undefined ? fromNumber(Number(text)) : undefined;
}

function fromValue(value: unknown, format: DateFormat | undefined): ParsedDate | undefined {
	if (typeof value === 'string') return fromText(tidyDate(value), format);
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
 * day count, or text in the given format. Parts of a second are dropped. Whatever can be read in two ways is
 * refused.
 */
export function parseDate(value: unknown, label: string, format?: DateFormat): Reading<ParsedDate> {
	const parsedDate = fromValue(value, format);
	if (parsedDate) return { value: parsedDate };
	const digits =
		typeof value === 'string' ? tidyDate(value) : typeof value === 'number' ? String(value) : '';
	const written = writtenDate(digits);
	return {
		issue:
			written === undefined
				? `${label} must be a date and time ${dateAdvice(format)}; this item has ${quote(value)}`
				: `${label} must be a date and time ${EXAMPLE}; '${digits}' may be ${written} or Unix time, so set the option 'Date Format' (X for Unix time)`,
	};
}
