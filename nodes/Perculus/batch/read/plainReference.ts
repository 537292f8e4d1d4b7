import type { IDataObject } from 'n8n-workflow';

/** Keys and list positions below the item. */
export type Path = ReadonlyArray<string | number>;

/** What the editor writes when a field is dragged: dots for plain names, else brackets with quotes, and positions in lists. */
const REFERENCE =
	/^=\{\{\s*\$json((?:\.[A-Za-z_$][A-Za-z0-9_$]*|\[(?:0|[1-9][0-9]{0,8})\]|\["[^"\\\r\n]*"\]|\['[^'\\\r\n]*'\])+)\s*\}\}$/;
const STEP = /\.([A-Za-z_$][A-Za-z0-9_$]*)|\[([0-9]+)\]|\["([^"]*)"\]|\['([^']*)'\]/g;

/** The path in an expression that is a plain reference to a field of the item; undefined for every other expression. */
export function plainPath(expression: string): Path | undefined {
	const steps = REFERENCE.exec(expression)?.[1];
	if (steps === undefined || steps.includes('{{') || steps.includes('}}')) return undefined;
	return [...steps.matchAll(STEP)].map(([, dotted, position, double, single]) =>
		position === undefined ? (dotted ?? double ?? single ?? '') : Number(position),
	);
}

/** Stands for: leave this one to n8n. */
const DOUBTFUL = Symbol('doubtful');

function has(value: unknown, step: string | number): value is Record<string | number, unknown> {
	const isHolder = Array.isArray(value)
		? typeof step === 'number'
		: Object.prototype.toString.call(value) === '[object Object]';
	return isHolder && Object.prototype.hasOwnProperty.call(value, step);
}

/**
 * Reads a path without n8n's expression engine. Only what is beyond doubt is answered: own properties of plain
 * objects and lists down to a text, a number, a yes/no or null, and a field that the item does not have.
 */
function readPath(json: IDataObject, path: Path): unknown {
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

function ifPlain(value: unknown): unknown {
	if (value === null) return value;
	const type = typeof value;
	return type === 'string' || type === 'number' || type === 'boolean' ? value : DOUBTFUL;
}

/**
 * A reader of a plain reference that agrees with n8n. What is in doubt is left to n8n; so is the first item, whose
 * value must be the same both ways: n8n refuses some names altogether, in an expression that looks as plain as any.
 *
 * @param evaluate n8n's own evaluation for an item
 */
export function plainReader(
	path: Path,
	evaluate: (index: number) => unknown,
): (index: number, json: IDataObject) => unknown {
	let agrees: boolean | undefined;
	return (index, json) => {
		const value = agrees === false ? DOUBTFUL : readPath(json, path);
		if (value !== DOUBTFUL && agrees) return value;
		if (value === DOUBTFUL) return evaluate(index);
		agrees = false;
		const judged = evaluate(index);
		agrees = Object.is(judged, value);
		return judged;
	};
}
