import type { Reading } from './collections';
import { INVISIBLE, quote } from './text';

/** A text that names a thing (reference, GUID, address, zone, number, choice) without what can't be seen around or in it. */
export const tidyName = (text: string): string => text.replace(INVISIBLE, '').trim();

/** A dash may have been put for a hyphen by the program it was typed in. */
const SEPARATORS = /[-–—/_:|]/;
const SEPARATOR_AT_END = /^[-–—/_:|]|[-–—/_:|]$/;
/** Shorter texts with a separator at an end are taken for composed ones of which a part is missing. */
const SHORTEST_TOKEN = 15;

/** What code and databases write for a value that isn't there. */
const NOTHING = new Set(['undefined', 'null', 'NaN', 'NULL', 'None']);
const NOT_AVAILABLE = /^n\/a$/i;
/** n8n leaves it as it is in a field that is Fixed, the same for all items. */
const EXPRESSION = /\{\{.*\}\}/s;
const NO_TEXT = /\[object Object\]|Invalid Date/;

/** What sheets show instead of a result: in English, Turkish, German, French and Spanish. */
const SHEET_ERRORS = new Set(
	`LOADING... #N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #ERROR! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #BUSY!
	#GETTING_DATA #YOK #BAŞV! #DEĞER! #SAYI/0! #AD? #BOŞ! #SAYI! #TAŞMA! #NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #VALEUR!
	#NOM? #NOMBRE! #NUL! #N/D #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NULO! #¡NUM! #¡DESBORDAMIENTO!`.split(
		/\s+/,
	),
);
const SHEET_ERROR_INSIDE = /(?<![^-/_:|\s])#[\p{Lu}¡¿][\p{Lu}_/0]*[!?]?(?![^-/_:|\s])/gu;
/** 2.21012E+16: a sheet shows so a number that is too long for its cell. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?e\+\d+$/i;

/** The error of a sheet, if that is all of the text. */
export const isSheetError = (text: string): boolean => SHEET_ERRORS.has(text.trim().toUpperCase());

/** A number in the short form that has lost its digits. */
export const isShortenedNumber = (text: string): boolean => SHORTENED.test(text.trim());

/** Whether a long number of JSON has lost digits: 7615917337495251231 arrives as …251000. */
export const isUnsafeInteger = (value: unknown): boolean =>
	typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);

/** Random IDs (-OAbC_dEf…) may begin or end with a separator, and have some inside. */
const isToken = (text: string) =>
	text.length >= SHORTEST_TOKEN &&
	/^[\w-]+$/.test(text) &&
	(!SEPARATORS.test(text.slice(1, -1)) || /[a-z][A-Z]/.test(text));

const hasSheetError = (text: string) =>
	(text.toUpperCase().match(SHEET_ERROR_INSIDE) ?? []).some((word) => SHEET_ERRORS.has(word));

const LONGEST_REFERENCE = 250;

/** What a text must be to name one thing, as the end of "must …"; undefined where it does. */
function requirement(text: string): string | undefined {
	if (isSheetError(text) || hasSheetError(text)) return "be a value; a formula's error isn't one";
	if (!/[\p{L}\p{N}]/u.test(text)) return 'have a letter or a digit';
	if (NO_TEXT.test(text)) return 'be a plain text or number';
	if (EXPRESSION.test(text)) return "be a value; an expression that wasn't evaluated isn't one";
	if (NOT_AVAILABLE.test(text)) return 'have all its parts';
	const parts = text.split(SEPARATORS).map((part) => part.trim());
	if (parts.some((part) => NOTHING.has(part))) return 'have all its parts';
	if (parts.some(isShortenedNumber)) return 'have all digits of a number; send it as text';
	if (SEPARATOR_AT_END.test(text) && !isToken(text)) {
		return 'have all its parts, and no separator at an end';
	}
	if (text.includes(',')) return 'have no comma, which separates tags in Perculus';
	if (/\p{Cc}/u.test(text)) return 'have no line break or other control character';
	if (!text.isWellFormed()) return 'have no half of an emoji, which cannot be stored';
	if (Array.from(text).length > LONGEST_REFERENCE) {
		return `have at most ${LONGEST_REFERENCE} characters`;
	}
	return undefined;
}

/**
 * Why a text can't be a reference, as the end of a sentence that begins with the field's name; undefined where it can.
 * A reference that stands for nothing (`-`, `D-undefined`, `#N/A`) would make strangers' items change one session.
 *
 * @param text not empty
 */
export function referenceIssue(text: string): string | undefined {
	const must = requirement(tidyName(text));
	return must === undefined ? undefined : `must ${must}; this item has ${quote(text)}`;
}

/** Text or a whole number as a text that names a thing; the issue is the end of a sentence. */
export function readName(value: unknown): Reading<string> {
	if (typeof value === 'string') return { value: tidyName(value) };
	if (typeof value !== 'number') return { issue: `must be text; this item has ${quote(value)}` };
	return Number.isSafeInteger(value)
		? { value: String(value) }
		: {
				issue: `must be text, or a whole number of at most 15 digits; this item has ${quote(value)}`,
			};
}

/** One address; a name around it, or a list of addresses, is refused. */
const EMAIL = /^[^\s\p{Cc}@<>()[\]\\,;:"]+@[^\s\p{Cc}@<>()[\]\\,;:"'‘’`/?#]+$/u;
/** The longest that mail can be sent to. */
const LONGEST_EMAIL = 254;
/** A dot at either end of a part, or two in a row. */
const STRAY_DOTS = /^\.|\.@|@\.|\.\.|\.$/;

/** An email address without invisible characters, spaces around it and a trailing dot; undefined for anything else. */
export function emailAddress(value: unknown): string | undefined {
	const address = typeof value === 'string' ? tidyName(value).replace(/\.$/, '') : '';
	const isOne =
		address.length <= LONGEST_EMAIL &&
		address.isWellFormed() &&
		EMAIL.test(address) &&
		!STRAY_DOTS.test(address);
	return isOne ? address : undefined;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What .NET writes for no GUID at all: an update of it could be taken for a create. */
const NO_GUID = /^[0-]+$/;

/** A GUID without braces, spaces and invisible characters; undefined for anything else, and for one of zeros. */
export function guidText(value: unknown): string | undefined {
	const guid = typeof value === 'string' ? tidyName(value).replace(/^\{(.*)\}$/, '$1') : '';
	return GUID.test(guid) && !NO_GUID.test(guid) ? guid : undefined;
}
