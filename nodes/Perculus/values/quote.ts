import { dateLikeText } from './dates/dateLike';
import type { PlainObject } from './types';

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
