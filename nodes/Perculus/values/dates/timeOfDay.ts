import { quote } from '../quote';
import type { Reading } from '../reading';
import { DAY, fromDigits, tidyDate } from './parsedDate';

/**
 * 14:30, 14.30, 14:30:00, 2:30 PM, 2 pm, 14. Not '0.50': that may be half past midnight, ten to one, or a spreadsheet's
 * half of a day. Not '1' either, which may be all of a spreadsheet's day.
 */
const CLOCK =
	/^(?!0\.|1$)([0-9]{1,2})(?:[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:\.[0-9]+)?)?)?(?: ?([AaPp])\.?[Mm]\.?)?$/;
/** A spreadsheet's fraction of a day as text: with a number of decimals that no clock has. */
const DAY_FRACTION = /^0\.(?:[0-9]|[0-9]{3,})$/;

/** In a day. */
const SECONDS = DAY / 1000;

function fromDayFraction(value: number): number | undefined {
	// The last half second of a day is rounded down, for it is still that day.
	return value >= 0 && value < 1
		? Math.min(Math.round(value * SECONDS), SECONDS - 1) * 1000
		: undefined;
}

/** A whole number is an hour, a fraction a part of a day; 0 is midnight either way, and 1 may be either. */
const fromNumber = (value: number) =>
	Number.isInteger(value) ? fromClock(String(value)) : fromDayFraction(value);

function fromClock(text: string): number | undefined {
	const match = CLOCK.exec(text);
	if (!match) return DAY_FRACTION.test(text) ? fromDayFraction(Number(text)) : undefined;
	const [, h, mi = '0', s = '0', half] = match;
	let hours = Number(h);
	if (half) {
		if (hours < 1 || hours > 12) return undefined;
		hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	return fromDigits(1970, 1, 1, hours, Number(mi), Number(s));
}

/** Reads a time of day (14:30, 14.30, 2:30 PM, 2 pm, 14, or a spreadsheet's part of a day) as milliseconds since midnight. */
export function parseTimeOfDay(value: unknown, label: string): Reading<number> {
	const at =
		typeof value === 'number'
			? fromNumber(value)
			: typeof value === 'string'
				? fromClock(tidyDate(value))
				: undefined;
	return at === undefined
		? { issue: `${label} must be a time such as 14:30; this item has ${quote(value)}` }
		: { value: at };
}
