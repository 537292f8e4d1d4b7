import type { IDataObject } from 'n8n-workflow';

import { isSeveral } from '../errors/codes';
import { isObject } from '../values/isObject';

/** One entry of the `rejected` list, or of the details of code 13. */
export interface RejectedResult {
	/** The entry of the request as the API saw it, in one of two shapes, or null. */
	model: IDataObject | null;
	code: number | null;
	details: string[];
}

/** What an answer says of the entries of its request. */
export interface Results {
	approved: Array<IDataObject | null>;
	rejected: RejectedResult[];
}

const MOST_DETAILS = 50;
/** Characters of one detail, and of all of an entry together. */
const LONGEST_DETAIL = 500;
const LONGEST_DETAILS = 5000;
/** Models are three levels deep. n8n cannot save what is nested thousands of levels deep. */
const MOST_LEVELS = 10;
/** Keys under which models have plain values; whoever reads these need not check again. */
export type PlainKeys = ReadonlySet<string>;

const NONE: PlainKeys = new Set();

/** Neither nested beyond measure, nor with a key that copying would turn into a prototype. */
function isHarmless(holder: object, levels = MOST_LEVELS): boolean {
	if (levels === 0) return false;
	// What JSON brought has own keys alone.
	for (const key in holder) {
		const value = (holder as IDataObject)[key];
		if (key === '__proto__' || (isHolder(value) && !isHarmless(value, levels - 1))) return false;
	}
	return true;
}

function isHolder(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function belongs(key: string, value: unknown, plainKeys: PlainKeys): boolean {
	if (!isHolder(value)) return key !== '__proto__';
	return key !== '__proto__' && !plainKeys.has(key) && isHarmless(value);
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** Where a text is expected, a list of texts is what it stands for (tags), as it is in an item. */
const asPlain = (key: string, value: unknown, plainKeys: PlainKeys): unknown =>
	Array.isArray(value) && plainKeys.has(key) && value.every(isText) ? value.join(',') : value;

/** One thing of an answer; what does not belong into it is left out, null where it is no object at all. */
export function readModel(value: unknown, plainKeys = NONE): IDataObject | null {
	if (!isObject(value)) return null;
	for (const key in value) {
		if (belongs(key, value[key], plainKeys)) continue;
		const rest = Object.entries(value)
			.map(([name, given]) => [name, asPlain(name, given, plainKeys)] as const)
			.filter((entry) => belongs(...entry, plainKeys));
		return Object.fromEntries(rest) as IDataObject;
	}
	return value;
}

/** The API's code in a state or in a body; some clients have met it as text. */
export function codeOf(state: unknown): number | null {
	if (!isObject(state)) return null;
	const code =
		typeof state.code === 'string' && state.code.trim() !== '' ? Number(state.code) : state.code;
	return typeof code === 'number' && Number.isInteger(code) ? code : null;
}

/**
 * The details of a state as sentences. Documented are a string and a list of strings; a validation model with
 * `Message`, and a typed server's object of lists by field, are read, too. Whole models are never shown.
 */
export function detailsOf(details: unknown): string[] {
	const texts: string[] = [];
	let left = LONGEST_DETAILS;
	for (const whole of flatten(details)) {
		// Not in the middle of an emoji.
		const text = whole
			.trim()
			.slice(0, LONGEST_DETAIL)
			.replace(/[\uD800-\uDBFF]$/, '');
		left -= text.length;
		if (left < 0 || texts.length === MOST_DETAILS) break;
		if (text !== '') texts.push(text);
	}
	return texts;
}

function flatten(details: unknown, levels = MOST_LEVELS): string[] {
	if (typeof details === 'string') return [details];
	if (typeof details === 'number') return [String(details)];
	if (levels === 0) return [];
	if (Array.isArray(details)) return details.flatMap((entry) => flatten(entry, levels - 1));
	if (!isObject(details)) return [];
	const message = details.Message ?? details.message;
	if (typeof message === 'string') return [message];
	return Object.entries(details).flatMap(([field, value]) =>
		Array.isArray(value)
			? flatten(value.filter((entry) => typeof entry === 'string')).map(
					(text) => `${field}: ${text}`,
				)
			: [],
	);
}

/**
 * The results in an answer's body, whatever its status: the lists, or the whole-request code 13, which carries
 * rejections as its details.
 */
export function resultsOf(body: unknown, plainKeys = NONE): Results | undefined {
	const toRejected = (entry: unknown) => rejectedResult(entry, plainKeys);
	if (!isObject(body)) return undefined;
	const { approved, rejected } = body;
	if (Array.isArray(approved) || Array.isArray(rejected)) {
		return {
			approved: (Array.isArray(approved) ? approved : []).map((view) => readModel(view, plainKeys)),
			rejected: (Array.isArray(rejected) ? rejected : []).map(toRejected),
		};
	}
	if (
		isSeveral(codeOf(body)) &&
		Array.isArray(body.details) &&
		body.details.length > 0 &&
		body.details.every(hasState)
	) {
		return { approved: [], rejected: body.details.map(toRejected) };
	}
	return undefined;
}

const hasState = (entry: unknown) => isObject(entry) && isObject(entry.state);

function rejectedResult(entry: unknown, plainKeys: PlainKeys): RejectedResult {
	const { model, state } = isObject(entry) ? entry : {};
	return {
		model: readModel(model, plainKeys),
		code: codeOf(state),
		details: detailsOf(isObject(state) ? state.details : state),
	};
}
