import { DateTime } from 'luxon';

import { MINUTE, type ParsedDate } from './parsedDate';

/** Tokens of a luxon format that fix the instant by themselves: offsets, zone names and Unix time. */
const INSTANT_TOKENS = /[ZzXx]/;
const TIME_TOKENS = /[HhtTfF]/;

/** Languages tried for month names. */
const LOCALES = ['en-US', 'tr-TR', 'ar-SA'];

/** Tokens that make a whole date together. Without one of these sets luxon would take the rest from today. */
const WHOLE_DATES = [[/[XxDfF]/], [/y/, /[ML]/, /d/], [/y/, /o/], [/k/, /W/, /[Ec]/]];

const withoutQuoted = (format: string) => format.replace(/'[^']*'/g, '');

function isWholeDate(format: string): boolean {
	const tokens = withoutQuoted(format);
	return WHOLE_DATES.some((set) => set.every((token) => token.test(tokens)));
}

/** Luxon moves a time that a daylight change skips to one that nobody wrote; only a zone in the text can do that. */
function wasMoved(text: string, format: string, locale: string, read: DateTime): boolean {
	const { result } = DateTime.fromFormatExplain(text, format, { locale });
	const { hour = read.hour, minute = read.minute } = (result ?? {}) as Partial<
		Record<string, number>
	>;
	return hour !== read.hour || minute !== read.minute;
}

/** Reads a date in a luxon format; undefined where it does not fit, or the format tells no whole date. */
export function fromFormat(text: string, format: string): ParsedDate | undefined {
	if (!isWholeDate(format)) return undefined;
	const tokens = withoutQuoted(format);
	for (const locale of LOCALES) {
		const read = DateTime.fromFormat(text, format, { locale, zone: 'utc', setZone: true });
		if (!read.isValid) continue;
		if (tokens.includes('z') && wasMoved(text, format, locale, read)) return undefined;
		const at = Math.floor(read.toMillis() / 1000) * 1000;
		return INSTANT_TOKENS.test(tokens)
			? { kind: 'instant', at, clock: at + read.offset * MINUTE }
			: { kind: TIME_TOKENS.test(tokens) ? 'wallClock' : 'date', at };
	}
	return undefined;
}

/** How a date can be written, for the message about one that could not be read. */
export function dateAdvice(format: string): string {
	const example = 'such as 2027-03-05 14:00';
	if (!format) {
		return `${example}; for dates written in another way set the option 'Date Format'`;
	}
	if (!isWholeDate(format)) {
		return `${example}; the option 'Date Format' ('${format}') has to name year, month and day`;
	}
	// The tokens of other tools: Luxon has no Y.
	const tokens = withoutQuoted(format).includes('Y')
		? ' (there, years are written yyyy and days dd)'
		: '';
	return `in the format '${format}' of the option 'Date Format'${tokens}, or ${example}`;
}
