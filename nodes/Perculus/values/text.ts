import { memoize, type PlainObject } from './collections';

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
/** A text with entities may have been escaped once more by the server. */
const MOST_ESCAPES = 3;
/** Soft hyphen, zero-width characters, direction marks: pasted along unseen, and never part of a name. */
export const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;
const LAST_CODE_POINT = 0x10ffff;

function decode(text: string): string {
	return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : entity;
	});
}

/**
 * A text for comparing when a server may have tidied or escaped it: HTML entities (.NET also escapes ü as &#252;),
 * Unicode form, invisible characters, outer and repeated spaces.
 */
export function tidy(text: string): string {
	// Most texts are tidy.
	if (!/[^!-~ ]|&| {2}|^ | $/.test(text)) return text;
	let decoded = text;
	for (let i = 0; i < MOST_ESCAPES; i++) decoded = decode(decoded);
	return decoded.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/** A small i and a dot above it is what a capital one with a dot becomes. */
const DOTTED = /i\u0307/gu;

const composed = (text: string) => text.normalize('NFC').replace(DOTTED, 'i');

/** A text in small letters, for comparing in any case: İ is i, and so is I; ı is a letter of its own. */
export const lowerCase = (text: string): string => composed(text.normalize('NFC').toLowerCase());

/**
 * A text that is the same for all that some language takes for the same letters, capital or small: ı is I, and so is i;
 * ß is SS. Different texts may have the same one, so it finds candidates, and proves nothing.
 */
export const anyCase = (text: string): string => lowerCase(text.normalize('NFC').toUpperCase());

const LONGEST_WORD = 100;
const CACHED_WORDS = 1000;

/** A word in any case and language, without accents: HAYIR, hayır and Hayir are one. */
export const foldWord = memoize(
	(word: string) =>
		word.length > LONGEST_WORD
			? word
			: lowerCase(anyCase(word).normalize('NFKD').replace(/\p{M}/gu, '')),
	CACHED_WORDS,
);

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID for comparing: lower case, with or without braces. Undefined for null, empty, and the zero GUID. */
export function normalGuid(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim().toLowerCase();
	const guid = text.startsWith('{') ? text.replace(/^\{(.*)\}$/, '$1') : text;
	return guid === '' || guid === NO_GUID ? undefined : guid;
}

const LONGEST = 60;
/** Far more than is shown, so that a text of megabytes is not gone through for a message. */
const LOOKED_AT = 1000;

/** Can't be seen, or would garble a message: shown by its number. Line breaks and tabs count as spaces. */
const UNSEEN =
	/(?![\t-\r])[\p{Cc}\p{Cs}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

const byNumber = (character: string) =>
	`<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;

function textOf(value: unknown): string | undefined {
	return typeof value === 'object' ? dateLikeText(value) : String(value);
}

/** A value as a message quotes it: short, on one line, in quotes, 'D-4711<U+200B>'; lists and objects are only named. */
export function quote(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'function') return 'a function';
	const text = textOf(value);
	if (text === undefined) return 'an object';
	const plain = text.slice(0, LOOKED_AT).replace(UNSEEN, byNumber).replace(/\s+/g, ' ');
	// By characters, not by halves of them: the cut must not split an emoji.
	const characters = Array.from(plain);
	return `'${characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : plain}'`;
}

/** A value as an item can hold it, for one that cannot be sent: what JSON has no form for becomes text. */
export function jsonValue(value: unknown): PlainObject[string] {
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value || 0 : String(value);
	if (typeof value !== 'object') return quote(value);
	const date = dateLikeText(value);
	if (date !== undefined) return date;
	try {
		return JSON.parse(JSON.stringify(value)) as PlainObject[string];
	} catch {
		return quote(value);
	}
}

/** What luxon's DateTime has that is needed here. */
interface DateTimeLike {
	isValid: boolean;
	/** Minutes east of UTC. */
	offset: number;
	toMillis(): number;
	toJSON(): string | null;
}

const hasMethods = (value: object, ...names: string[]) =>
	names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** n8n's luxon and ours may be two copies, so that instanceof would not do. An item's own JSON has no methods. */
export function isDateTime(value: unknown): value is DateTimeLike {
	return (
		typeof value === 'object' &&
		value !== null &&
		'isLuxonDateTime' in value &&
		hasMethods(value, 'toMillis', 'toJSON')
	);
}

/** A Date, also one of another realm: n8n evaluates expressions in a place of their own. */
export function isDate(value: unknown): value is Date {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.prototype.toString.call(value) === '[object Date]' &&
		hasMethods(value, 'getTime', 'toJSON')
	);
}

/** A Date or DateTime as ISO text, the same in every process zone; undefined for all else. */
export function dateLikeText(value: unknown): string | undefined {
	if (isDateTime(value)) return value.toJSON() ?? 'Invalid DateTime';
	return isDate(value) ? (value.toJSON() ?? 'Invalid Date') : undefined;
}
