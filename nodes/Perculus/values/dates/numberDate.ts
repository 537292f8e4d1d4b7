import { DAY, fromDigits, toSecond, type ParsedDate } from './parsedDate';

/** Numbers that can be nothing else: Unix time in milliseconds or seconds, or a spreadsheet's day count (1954 to 2119). */
const isEpochMilliseconds = (n: number) => n >= 1e12 && n < 1e13;
const isEpochSeconds = (n: number) => n >= 1e9 && n < 1e10;
const isSpreadsheetDay = (n: number) => n >= 20_000 && n < 80_000;

/** Spreadsheets count days from here; the day count of 1970-01-01 is 25569. */
const SPREADSHEET_1970 = 25_569;

/** Ten digits as a person may write a date: the places of year, month, day, hour and minute. */
const WRITTEN = [
	/^(?<y>[0-9]{4})(?<mo>[0-9]{2})(?<d>[0-9]{2})(?<h>[0-9]{2})$/,
	/^(?<y>[0-9]{2})(?<mo>[0-9]{2})(?<d>[0-9]{2})(?<h>[0-9]{2})(?<mi>[0-9]{2})$/,
	/^(?<d>[0-9]{2})(?<mo>[0-9]{2})(?<y>[0-9]{4})(?<h>[0-9]{2})$/,
	/^(?<mo>[0-9]{2})(?<d>[0-9]{2})(?<y>[0-9]{4})(?<h>[0-9]{2})$/,
];

/** Years in which something may be meant to begin; until 2033 hardly any Unix time reads as such a date. */
const isNear = (year: number) => year >= 2020 && year < 2100;

/**
 * Ten digits that read as a date that somebody wrote (2031030410 is ten o'clock on 4 March 2031), as well as Unix time;
 * undefined for all others. Two digits for the year after day and month are no such date: one Unix time in seventy
 * would be.
 *
 * @returns the date that may be meant, as a person writes it
 */
export function writtenDate(digits: string): string | undefined {
	for (const pattern of WRITTEN) {
		const { y = '', mo, d, h, mi = '0' } = pattern.exec(digits)?.groups ?? {};
		const year = Number(y.length === 2 ? `20${y}` : y);
		const at = isNear(year)
			? fromDigits(year, Number(mo), Number(d), Number(h), Number(mi))
			: undefined;
		if (at !== undefined) return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
	}
	return undefined;
}

/** Reads Unix time, or a spreadsheet's count of days. */
export function fromNumber(value: number): ParsedDate | undefined {
	if (isEpochMilliseconds(value)) return { kind: 'instant', at: toSecond(value) };
	if (isEpochSeconds(value)) return { kind: 'instant', at: toSecond(value * 1000) };
	if (!isSpreadsheetDay(value)) return undefined;
	// A day count carries no zone: its fraction is the time on the clock, and counts to a second at best.
	const at = Math.round(((value - SPREADSHEET_1970) * DAY) / 1000) * 1000;
	return { kind: Number.isInteger(value) ? 'date' : 'wallClock', at };
}
