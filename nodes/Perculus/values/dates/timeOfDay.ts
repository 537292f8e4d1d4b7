import { quote } from '../text';
import type { Reading } from '../types';
import { DAY, tidyDate } from './parsedDate';

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

function fromText(text: string): number | undefined {
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
	if (typeof value === 'string') at = fromText(tidyDate(value));
	// A whole number is an hour; 0 is midnight either way.
	if (typeof value === 'number') {
		at = Number.isInteger(value) ? fromText(String(value)) : fromDayFraction(value);
	}
	return at === undefined
		? { issue: `${label} must be a time such as 14:30; this item has ${quote(value)}` }
		: { value: at };
}
