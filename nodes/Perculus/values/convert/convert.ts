import type { Reading } from '../reading';
import { readZone } from '../dates/readZone';
import { emailAddress } from './email';
import { languageTag } from './language';
import { quote } from '../quote';

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

type Convert = (value: unknown, type: Omit<ValueType, 'kind'>) => Reading<Plain>;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What .NET writes for no GUID at all: an update of it could be taken for a create. */
const NO_GUID = /^[0-]+$/;
/** NUL and halves of surrogate pairs: no text holds them, and a server may refuse the whole request over them. */
const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

const YES = new Set(['true', 'yes', 'y', 'on', '1']);
const NO = new Set(['false', 'no', 'n', 'off', '0']);

const text: Convert = (value, { label }) => {
	if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) {
		return { issue: `${label} must be text; this item has ${quote(value)}` };
	}
	const plain = String(value);
	return !isStorable(plain)
		? {
				issue: `${label} has a character that cannot be stored (NUL, or half of an emoji); remove it`,
			}
		: { value: plain };
};

const guid: Convert = (value, { label }) => {
	const plain = typeof value === 'string' ? value.trim().replace(/^\{(.*)\}$/, '$1') : '';
	if (!GUID.test(plain)) {
		return {
			issue: `${label} must look like 1B27EB7F-0000-4000-8000-000000000000; this item has ${quote(value)}`,
		};
	}
	return NO_GUID.test(plain)
		? {
				issue: `${label} has only zeros, which is no GUID; leave it empty where there is none`,
			}
		: { value: plain };
};

const zone: Convert = (value, { label }) => {
	const read = readZone(value);
	return 'value' in read
		? read
		: { issue: `${label} ${read.issue}; this item has ${quote(value)}` };
};

const NO_CHOICES: readonly Choice[] = [];

const language: Convert = (value, { label, choices = NO_CHOICES }) => {
	const tag = languageTag(value, choices);
	return tag !== undefined
		? { value: tag }
		: {
				issue: `${label} must be a language tag such as en-US; this item has ${quote(value)}`,
			};
};

const tags: Convert = (value, type) => {
	if (!Array.isArray(value)) return text(value, type);
	const entries = value
		.filter((entry) => !isBlank(entry))
		.map((entry: unknown) => (typeof entry === 'string' ? entry.trim() : entry));
	return entries.every((entry) => typeof entry === 'string' || Number.isFinite(entry))
		? text(entries.join(','), type)
		: {
				issue: `${type.label} must be text, or a list of texts; this item has a list of other things`,
			};
};

const url: Convert = (value, { label }) => {
	const plain = typeof value === 'string' ? value.trim() : '';
	return /^https?:\/\/[^\s]+$/i.test(plain) && URL.canParse(plain) && isStorable(plain)
		? { value: plain }
		: {
				issue: `${label} must be an address such as https://school.example/thanks; this item has ${quote(value)}`,
			};
};

const email: Convert = (value, { label }) => {
	const address = emailAddress(value);
	return address !== undefined
		? { value: address }
		: {
				issue: `${label} must be one e-mail address such as ada@school.example; this item has ${quote(value)}`,
			};
};

const listed = (words: readonly string[]) =>
	`${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;

/** By the value or by the word for it, in any case. */
const choice: Convert = (value, { label, choices = [], alsoTaken = [] }) => {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	const chosen =
		choices.find((one) => one.value.toLowerCase() === word || one.name.toLowerCase() === word)
			?.value ?? alsoTaken.find((one) => one === word);
	return chosen !== undefined
		? { value: chosen }
		: {
				issue: `${label} must be ${listed(choices.map(({ name, value: short }) => `${name} (${short})`))}; this item has ${quote(value)}`,
			};
};

const yesNo: Convert = (value, { label }) => {
	const word =
		typeof value === 'string' || typeof value === 'number'
			? String(value).trim().toLowerCase()
			: value;
	if (word === true || (typeof word === 'string' && YES.has(word))) return { value: true };
	if (word === false || (typeof word === 'string' && NO.has(word))) return { value: false };
	return { issue: `${label} must be yes or no; this item has ${quote(value)}` };
};

const NO_RANGE = { min: 0, max: 0x7fffffff, unit: 'units' };

const wholeNumber: Convert = (value, { label, range }) => {
	const number =
		typeof value === 'number'
			? value
			: typeof value === 'string' && /^[+-]?\d+(?:\.0+)?$/.test(value.trim())
				? Number(value)
				: NaN;
	const { min, max, unit } = range ?? NO_RANGE;
	if (Number.isSafeInteger(number) && number >= min && number <= max) {
		// -0 is 0: JSON has but one.
		return { value: number || 0 };
	}
	return {
		issue: `${label} must be a whole number of ${unit} from ${min} to ${max}; this item has ${quote(value)}`,
	};
};

const CONVERT: Record<ValueType['kind'], Convert> = {
	guid,
	text,
	zone,
	language,
	tags,
	url,
	email,
	choice,
	yesNo,
	wholeNumber,
};

/** Converts harmless forms ("90" to 90, a list of tags to text, "yes" to true), or says what is wrong with a value. */
export function convert(value: unknown, type: ValueType): Reading<Plain> {
	return CONVERT[type.kind](value, type);
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
