import type { IDataObject } from 'n8n-workflow';

import { isSeveral } from '../messages';
import { isObject } from '../values/collections';

/** One entry of the `rejected` list, or of the details of code 13. */
export interface RejectedResult {
	/** The entry of the request as the API saw it, in one of two shapes, or null. */
	model: IDataObject | null;
	code: number | null;
	details: string[];
}

/** The results for the entries of a request. */
export interface Results {
	approved: Array<IDataObject | null>;
	rejected: RejectedResult[];
}

/** Keys under which models have plain values; readers of these keys need not check again. */
export type PlainKeys = ReadonlySet<string>;

const NONE: PlainKeys = new Set();
const MAX_DETAILS = 50;
/** Characters of one detail, and of all details together. */
const MAX_DETAIL = 500;
const MAX_TOTAL = 5000;
/** Models are three levels deep. n8n can't save what is nested thousands of levels deep. */
const MAX_LEVELS = 10;

type Holder = Record<string, unknown>;

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Neither nested too deep, nor with a key that copying would turn into a prototype. */
function isHarmless(holder: Holder, levels = MAX_LEVELS): boolean {
	if (levels === 0) return false;
	for (const key in holder) {
		const value = holder[key];
		if (key === '__proto__' || (isHolder(value) && !isHarmless(value, levels - 1))) return false;
	}
	return true;
}

function isAllowed(key: string, value: unknown, plainKeys: PlainKeys): boolean {
	if (key === '__proto__') return false;
	return !isHolder(value) || (!plainKeys.has(key) && isHarmless(value));
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** A list of texts where a text is expected (tags) becomes one text, as it does in an item. */
const joinTexts = (key: string, value: unknown, plainKeys: PlainKeys): unknown =>
	Array.isArray(value) && plainKeys.has(key) && value.every(isText) ? value.join(',') : value;

/** A session or attendee of a response without values that don't belong there; null if it isn't an object. */
export function readModel(value: unknown, plainKeys = NONE): IDataObject | null {
	if (!isObject(value)) return null;
	// Thousands of models are read in a run: nearly all of them need no copy.
	for (const key in value) {
		if (isAllowed(key, value[key], plainKeys)) continue;
		const entries = Object.entries(value)
			.map(([name, given]) => [name, joinTexts(name, given, plainKeys)] as const)
			.filter(([name, given]) => isAllowed(name, given, plainKeys));
		return Object.fromEntries(entries) as IDataObject;
	}
	return value;
}

/** The API's code in a state or in a body, not 0, which refuses nothing; some clients have met it as text. */
export function apiCodeOf(state: unknown): number | null {
	if (!isObject(state)) return null;
	const { code } = state;
	const number = typeof code === 'string' && code.trim() !== '' ? Number(code) : code;
	return typeof number === 'number' && Number.isInteger(number) ? number || null : null;
}

/** A number of at least 0 in a response; some servers write numbers as text. Undefined for anything else. */
export function amountIn(value: unknown): number | undefined {
	const number =
		typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && number >= 0 && Number.isFinite(number) ? number : undefined;
}

/** Cuts between words: half a word could be half a key, which isn't redacted. */
function cutDetail(detail: string): string {
	const text = detail.trim();
	if (text.length <= MAX_DETAIL) return text;
	const cut = text.slice(0, MAX_DETAIL);
	// Without a space there is no better place, except beside an emoji.
	return /\s/.test(cut) ? cut.replace(/\s+\S*$/, '') : cut.replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * The details of a state as sentences. Documented are a string and a list of strings; a validation model with
 * `Message` and a typed server's lists by field are also read. Whole models are never shown.
 */
export function detailsOf(details: unknown): string[] {
	const texts: string[] = [];
	let left = MAX_TOTAL;
	for (const detail of flatten(details)) {
		const text = cutDetail(detail);
		left -= text.length;
		if (left < 0 || texts.length === MAX_DETAILS) break;
		if (text !== '') texts.push(text);
	}
	return texts;
}

function flatten(details: unknown, levels = MAX_LEVELS): string[] {
	if (isText(details)) return [String(details)];
	if (levels === 0) return [];
	if (Array.isArray(details)) return details.flatMap((entry) => flatten(entry, levels - 1));
	if (!isObject(details)) return [];
	const message = details.Message ?? details.message;
	if (typeof message === 'string') return [message];
	return Object.entries(details).flatMap(([field, value]) =>
		Array.isArray(value)
			? value.filter((entry) => typeof entry === 'string').map((text) => `${field}: ${text}`)
			: [],
	);
}

/** The results in a body, with any status: the two lists, or code 13, which has rejections as its details. */
export function resultsOf(body: unknown, plainKeys = NONE): Results | undefined {
	if (!isObject(body)) return undefined;
	const readRejected = (entry: unknown) => readRejectedResult(entry, plainKeys);
	const { approved, rejected, details } = body;
	if (Array.isArray(approved) || Array.isArray(rejected)) {
		return {
			approved: listOf(approved).map((view) => readModel(view, plainKeys)),
			rejected: listOf(rejected).map(readRejected),
		};
	}
	const hasRejections =
		isSeveral(apiCodeOf(body)) && listOf(details).length > 0 && listOf(details).every(hasState);
	return hasRejections ? { approved: [], rejected: listOf(details).map(readRejected) } : undefined;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const hasState = (entry: unknown) => isObject(entry) && isObject(entry.state);

function readRejectedResult(entry: unknown, plainKeys: PlainKeys): RejectedResult {
	const { model, state } = isObject(entry) ? entry : {};
	return {
		model: readModel(model, plainKeys),
		code: apiCodeOf(state),
		details: detailsOf(isObject(state) ? state.details : state),
	};
}
