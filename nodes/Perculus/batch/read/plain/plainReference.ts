import type { IDataObject } from 'n8n-workflow';

/** Keys and list positions below the item. */
export type Path = ReadonlyArray<string | number>;

/** What a path can be read down to without a doubt. */
export type PlainValue = string | number | boolean | null | undefined;

/** Stands for: leave this one to n8n. */
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
