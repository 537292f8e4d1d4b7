import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from '../values/convert';
import { isUnsafeInteger } from '../values/names';
import { quote } from '../values/text';

/** Keys and list positions below the item. */
export type Path = ReadonlyArray<string | number>;

/** What a path can be read down to without a doubt. */
export type PlainValue = string | number | boolean | null | undefined;

/** Leave this one to n8n. */
export const DOUBTFUL = Symbol('doubtful');

/** What the editor writes when a field is dragged: dots for plain names, else brackets with quotes, and positions in lists. */
const REFERENCE =
	/^\s*\$json((?:\.[A-Za-z_$][A-Za-z0-9_$]*|\[(?:0|[1-9][0-9]{0,8})\]|\["[^"\\\r\n]*"\]|\['[^'\\\r\n]*'\])+)\s*$/;
const STEP = /\.([A-Za-z_$][A-Za-z0-9_$]*)|\[([0-9]+)\]|\["([^"]*)"\]|\['([^']*)'\]/g;

/** The path in the code between two pairs of brackets, if it is a plain reference to a field of the item. */
export function plainPath(code: string): Path | undefined {
	const steps = REFERENCE.exec(code)?.[1];
	if (steps === undefined) return undefined;
	return [...steps.matchAll(STEP)].map(([, dotted, position, double, single]) =>
		position === undefined ? (dotted ?? double ?? single ?? '') : Number(position),
	);
}

/**
 * Reads a path without n8n's expression engine. Only what is beyond doubt is answered: own properties of plain
 * objects and lists down to a text, a number, a yes/no or null, and a field that the item does not have.
 */
export function readPath(json: IDataObject, path: Path): PlainValue | typeof DOUBTFUL {
	const first = path[0];
	if (path.length === 1 && typeof first === 'string') {
		if (Object.prototype.hasOwnProperty.call(json, first)) return ifPlain(json[first]);
		return first in json ? DOUBTFUL : undefined;
	}
	let value: unknown = json;
	for (const step of path) {
		if (!has(value, step)) return DOUBTFUL;
		value = value[step];
	}
	return ifPlain(value);
}

function has(value: unknown, step: string | number): value is Record<string | number, unknown> {
	const isHolder = Array.isArray(value)
		? typeof step === 'number'
		: Object.prototype.toString.call(value) === '[object Object]';
	return isHolder && Object.prototype.hasOwnProperty.call(value, step);
}

function ifPlain(value: unknown): PlainValue | typeof DOUBTFUL {
	if (value === null) return value;
	const type = typeof value;
	return type === 'string' || type === 'number' || type === 'boolean'
		? (value as PlainValue)
		: DOUBTFUL;
}

/** Literal text, or the path of a field of the item. */
export type Part = string | Path;

/**
 * The parts of an expression in which nothing is computed: `={{ $json.name }}`, `=Course {{ $json.name }}`,
 * `={{ $json.Day }} {{ $json.Time }}`, `=Course`. Undefined for every other expression, and where n8n may read
 * the text itself in another way: a backslash escapes, sometimes.
 */
export function plainParts(expression: string): readonly Part[] | undefined {
	if (!expression.startsWith('=') || expression.includes('\\')) return undefined;
	const [start = '', ...rest] = expression.slice(1).split('{{');
	const parts: Part[] = [start];
	for (const piece of rest) {
		const end = piece.indexOf('}}');
		const path = end < 0 ? undefined : plainPath(piece.slice(0, end));
		if (!path) return undefined;
		parts.push(path, piece.slice(end + 2));
	}
	return parts.filter((part) => part !== '');
}

/** Reads one value for an item. */
export type ReadValue = (index: number, json: IDataObject) => unknown;

/** A reference, and the kinds of value that n8n was seen to read as we do. */
interface Reference {
	path: Path;
	seen: Set<unknown>;
}

/** What decides how n8n reads a value: an empty one is a kind of its own, any other is of the kind of its type. */
const kindOf = (value: unknown): unknown => (value ? typeof value : value);

/** A value in a text, by the same condition as in n8n's engines. */
const shown = (value: PlainValue): string =>
	value || value === 0 || value === false ? String(value) : '';

/**
 * A reader of a plain reference, or of a text of such, that agrees with n8n: a single reference keeps its type,
 * everything else is a text. Doubtful values are left to n8n, and so is the first value of every kind in each
 * reference, where both readings must be the same. n8n refuses some names in expressions that look plain; once it
 * differs, it reads all other items.
 *
 * @param parts of the expression, as `plainParts` returns them
 * @param evaluate n8n's own evaluation for an item; what it throws, the reader throws
 */
export function plainReader(
	parts: readonly Part[],
	evaluate: (index: number) => unknown,
): ReadValue {
	const pieces = parts.map((part): string | Reference =>
		typeof part === 'string' ? part : { path: part, seen: new Set() },
	);
	const isText = pieces.length !== 1 || typeof pieces[0] === 'string';
	let agrees: boolean | undefined;

	const judge = (index: number, json: IDataObject, ours: PlainValue): unknown => {
		// Stays so if n8n throws.
		agrees = false;
		const judged = evaluate(index);
		agrees = Object.is(judged, ours);
		for (const piece of pieces)
			if (typeof piece !== 'string') piece.seen.add(kindOf(readPath(json, piece.path)));
		return judged;
	};

	return (index, json) => {
		if (agrees === false) return evaluate(index);
		let isSeen = agrees === true;
		let text = '';
		let value: PlainValue;
		for (const piece of pieces) {
			if (typeof piece === 'string') {
				text += piece;
				continue;
			}
			const read = readPath(json, piece.path);
			if (read === DOUBTFUL) return evaluate(index);
			value = read;
			text += shown(read);
			isSeen &&= piece.seen.has(kindOf(read));
		}
		const ours = isText ? text : value;
		return isSeen ? ours : judge(index, json, ours);
	};
}

/** The value at a path, as far as it can be followed; n8n also reads a missing step as undefined. */
function valueAt(json: IDataObject, path: Path): unknown {
	let value: unknown = json;
	for (const step of path) value = has(value, step) ? value[step] : undefined;
	return value;
}

/**
 * Why a text composed of fields names nothing for an item, as the end of a sentence: one of its parts is empty, or a
 * number that has lost digits. `{{ $json.deal }}-{{ $json.lesson }}` without a lesson would be every lesson's name.
 */
export function partsIssue(parts: readonly Part[], json: IDataObject): string | undefined {
	// A single field with spaces around it is that field.
	if (parts.filter((part) => !isEmpty(part)).length < 2) return undefined;
	for (const part of parts) {
		if (typeof part === 'string') continue;
		const value = valueAt(json, part);
		const field = quote(part.join('.'));
		if (isEmpty(value)) return `must have all its parts; ${field} of this item is empty`;
		if (isUnsafeInteger(value)) {
			return `must have all digits of a number; send ${field} of this item as text`;
		}
	}
	return undefined;
}
