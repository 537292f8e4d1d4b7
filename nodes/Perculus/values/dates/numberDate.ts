import { DAY, toSecond, type ParsedDate } from './parsedDate';

/** Numbers that can be nothing else: Unix time in milliseconds or seconds, or a spreadsheet's day count (1954 to 2119). */
const isEpochMilliseconds = (n: number) => n >= 1e12 && n < 1e13;
const isEpochSeconds = (n: number) => n >= 1e9 && n < 1e10;
const isSpreadsheetDay = (n: number) => n >= 20_000 && n < 80_000;

/** Spreadsheets count days from here; the day count of 1970-01-01 is 25569. */
const SPREADSHEET_1970 = 25_569;

/** Reads Unix time, or a spreadsheet's count of days. */
export function fromNumber(value: number): ParsedDate | undefined {
	if (isEpochMilliseconds(value)) return { kind: 'instant', at: toSecond(value) };
	if (isEpochSeconds(value)) return { kind: 'instant', at: toSecond(value * 1000) };
	if (!isSpreadsheetDay(value)) return undefined;
	// A day count carries no zone: its fraction is the time on the clock, and counts to a second at best.
	const at = Math.round(((value - SPREADSHEET_1970) * DAY) / 1000) * 1000;
	return { kind: Number.isInteger(value) ? 'date' : 'wallClock', at };
}
