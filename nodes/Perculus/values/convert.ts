import { Duration } from 'luxon';

import { isObject, type Reading } from './collections';
import { languageTag } from './language';
import {
	emailAddress,
	guidText,
	isSheetError,
	isShortenedNumber,
	isUnsafeInteger,
	tidyName,
} from './names';
import { foldWord, quote } from './text';
import { readZone } from './zones';

/** A value in the form the API takes it. */
export type Plain = string | number | boolean;

/** One of the values to choose from, and the word for it. */
export interface Choice {
	name: string;
	value: string;
}

/** What a value is to be. */
export interface ValueType {
	/** What the person knows it by, in messages. */
	label: string;
	kind:
		| 'guid'
		| 'text'
		| 'name'
		| 'phone'
		| 'zone'
		| 'language'
		| 'tags'
		| 'url'
		| 'email'
		| 'choice'
		| 'yesNo'
		| 'wholeNumber';
	/** What is offered; of a choice all that there is. */
	choices?: readonly Choice[];
	/** Values of a choice that are taken, but not offered. */
	alsoTaken?: readonly string[];
	/** Inclusive bounds of a whole number, and what it counts. */
	range?: { min: number; max: number; unit: 'minutes' | 'results' };
}

/** The value, undefined for one that can't be it, or what it must be where that isn't the usual. */
type Convert = (value: unknown, type: ValueType) => Plain | undefined | { must: string };

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

const text: Convert = (value) => {
	if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) {
		return undefined;
	}
	// A server may refuse the whole request over these.
	return isStorable(String(value))
		? String(value)
		: { must: 'be text without NUL or half of an emoji, which cannot be stored' };
};

/** A sheet's error would become the name of a session or of a person. */
const name: Convert = (value, type) =>
	typeof value === 'string' && isSheetError(value)
		? {
				must: `be a ${type.kind === 'phone' ? 'phone number' : 'name'}; a formula's error isn't one`,
			}
		: text(value, type);

const phone: Convert = (value, type) => {
	const number = typeof value === 'string' ? tidyName(value) : value;
	const isShort = typeof number === 'string' && isShortenedNumber(number);
	return isShort || isUnsafeInteger(number)
		? { must: 'have all digits of the number; send it as text' }
		: name(number, type);
};

const zone: Convert = (value) => {
	const read = readZone(typeof value === 'string' ? tidyName(value) : value);
	return 'value' in read ? read.value : { must: read.issue.replace(/^must /, '') };
};

/** The list of a JSON text, `["math", "evening"]`. */
function listIn(value: unknown): unknown[] | undefined {
	if (typeof value !== 'string' || !/^\s*\[/.test(value)) return undefined;
	try {
		const parsed: unknown = JSON.parse(value);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** The entries of a list, or of its text. Semicolons separate tags only where nothing else does: a reference may have one. */
function tagsOf(value: unknown): unknown[] {
	const list = (Array.isArray(value) ? (value as unknown[]) : listIn(value)) ?? [value];
	const entries = list
		.filter((entry) => !isBlank(entry))
		.map((entry) => (typeof entry === 'string' ? entry.trim() : entry));
	const [only] = entries;
	if (entries.length !== 1 || typeof only !== 'string') return entries;
	if (listIn(only)) return tagsOf(only);
	return only.includes(';') && !/,|ref:/i.test(only) ? tagsOf(only.split(';')) : entries;
}

/** A form's unanswered question leaves 'math, ': the separator stays, the tag doesn't. */
const withoutEmptyTags = (joined: string) => {
	const all = joined.split(',').map((tag) => tag.trim());
	return all.includes('') ? all.filter((tag) => tag !== '').join(',') : joined;
};

const tags: Convert = (value, type) => {
	const entries = tagsOf(value);
	return entries.every((entry) => typeof entry === 'string' || Number.isFinite(entry))
		? text(withoutEmptyTags(entries.join(',')), type)
		: undefined;
};

const url: Convert = (value) => {
	const plain = typeof value === 'string' ? tidyName(value) : '';
	return /^https?:\/\/[^\s]+$/i.test(plain) && URL.canParse(plain) && isStorable(plain)
		? plain
		: undefined;
};

/** By the value or by the word for it, in any case. */
const choice: Convert = (value, { choices = [], alsoTaken = [] }) => {
	const word = typeof value === 'string' ? foldWord(tidyName(value)) : '';
	const chosen = choices.find((one) => foldWord(one.value) === word || foldWord(one.name) === word);
	return chosen?.value ?? alsoTaken.find((one) => one === word);
};

/** English, Turkish, German, French and Spanish, folded. */
const YES = new Set('true yes y on 1 evet dogru ja wahr oui vrai si verdadero'.split(' '));
const NO = new Set('false no n off 0 hayir yanlis nein falsch non faux falso'.split(' '));

const yesNo: Convert = (value) => {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const word = foldWord(tidyName(String(value)));
	return YES.has(word) ? true : NO.has(word) ? false : undefined;
};

const NO_RANGE = { min: 0, max: 0x7fffffff, unit: 'units' };
/** The difference of two times of a sheet comes out as 59.9999999965975 minutes. */
const ROUNDING = 1e-5;

/** n8n's luxon and ours may be two copies, so that instanceof would not do. */
const isDuration = (value: unknown): value is Duration =>
	isObject(value) && 'isLuxonDuration' in value && typeof value.as === 'function';

/** The minutes of a luxon Duration, or of its JSON text (PT90M). */
function durationMinutes(value: unknown): number | undefined {
	if (isDuration(value)) return value.as('minutes');
	return typeof value === 'string' && /^p/i.test(value)
		? Duration.fromISO(value.toUpperCase()).as('minutes')
		: undefined;
}

const wholeNumber: Convert = (value, { range }) => {
	const { min, max, unit } = range ?? NO_RANGE;
	const given = typeof value === 'string' ? tidyName(value) : value;
	const number =
		typeof given === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(given)
			? Number(given)
			: typeof given === 'number' || unit !== 'minutes'
				? given
				: durationMinutes(given);
	if (typeof number !== 'number') return undefined;
	const whole = Math.round(number);
	const isWhole = Number.isSafeInteger(whole) && Math.abs(number - whole) < ROUNDING;
	// -0 is 0: JSON has but one.
	return isWhole && whole >= min && whole <= max ? whole || 0 : undefined;
};

const NO_CHOICES: readonly Choice[] = [];

/** Offered languages by name or by the language only: with Turkish (tr-TR) offered, `Turkish`, `tr` and `tr_TR` are one. */
const language: Convert = (value, { choices = NO_CHOICES }) =>
	typeof value === 'string' ? languageTag(tidyName(value), choices) : undefined;

const listed = (words: readonly string[]) =>
	`${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;

/** How a value of each kind is converted, and what it must be. */
const KINDS: Record<ValueType['kind'], { to: Convert; must: (type: ValueType) => string }> = {
	guid: { to: guidText, must: () => 'look like 1B27EB7F-0000-4000-8000-000000000000' },
	text: { to: text, must: () => 'be text' },
	name: { to: name, must: () => 'be text' },
	phone: { to: phone, must: () => 'be text' },
	zone: { to: zone, must: () => 'be an IANA name such as Europe/Istanbul' },
	language: { to: language, must: () => 'be a language tag such as en-US' },
	tags: { to: tags, must: () => 'be text, or a list of texts' },
	url: { to: url, must: () => 'be an address such as https://school.example/thanks' },
	email: { to: emailAddress, must: () => 'be one email address such as ada@school.example' },
	choice: {
		to: choice,
		must: ({ choices = [] }) =>
			`be ${listed(choices.map(({ name: word, value }) => `${word} (${value})`))}`,
	},
	yesNo: { to: yesNo, must: () => 'be yes or no' },
	wholeNumber: {
		to: wholeNumber,
		must({ range: { min, max, unit } = NO_RANGE }) {
			return `be a whole number of ${unit} from ${min} to ${max}`;
		},
	},
};

/** A text that looks like a list may be meant as it is. */
const FREE_KINDS: ReadonlySet<string> = new Set(['text', 'name']);

/** The value of a list of one, or of its JSON text; any other value as it is. */
export function onlyEntry(value: unknown, kind: string): unknown {
	if (kind === 'tags') return value;
	const list = Array.isArray(value)
		? (value as unknown[])
		: FREE_KINDS.has(kind)
			? undefined
			: listIn(value);
	const entries = list?.filter((entry) => !isBlank(entry));
	return entries?.length === 1 ? onlyEntry(entries[0], kind) : value;
}

/** Converts harmless forms ("90" to 90, a list of tags to text, "evet" to true), or says what is wrong with a value. */
export function convert(given: unknown, type: ValueType): Reading<Plain> {
	const { to, must } = KINDS[type.kind];
	const value = onlyEntry(given, type.kind);
	const converted = to(value, type);
	if (converted !== undefined && typeof converted !== 'object') return { value: converted };
	const wanted = converted?.must ?? must(type);
	return { issue: `${type.label} must ${wanted}; this item has ${quote(value)}` };
}

function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** Nothing was given: the field is left out of the request. A list of nothing (no tags) counts as nothing. */
export function isEmpty(value: unknown): boolean {
	return Array.isArray(value) ? value.every(isBlank) : isBlank(value);
}
