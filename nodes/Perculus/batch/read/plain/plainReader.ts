import type { IDataObject } from 'n8n-workflow';

import { DOUBTFUL, readPath, type Path, type PlainValue } from './plainReference';
import type { Part } from './plainText';

/** Reads one value for an item. */
export type ReadValue = (index: number, json: IDataObject) => unknown;

/** A reference, and the kinds of value that n8n was seen to read as we do. */
interface Reference {
	path: Path;
	seen: Set<unknown>;
}

/** All that n8n looks at: an empty value speaks for itself alone, any other for those of its type. */
const kindOf = (value: unknown): unknown => (value ? typeof value : value);

/** A value in a text, by the very condition of n8n's engines. */
const shown = (value: PlainValue): string =>
	value || value === 0 || value === false ? String(value) : '';

/**
 * A reader of a plain reference, or of a text of such, that agrees with n8n: a reference that stands alone keeps its
 * type, everything else is a text. What is in doubt is left to n8n, and so is the first value of every kind in each
 * reference: both ways must give the same there. n8n refuses some names altogether, in an expression that looks as
 * plain as any; once it says something else, it is asked for all the rest.
 *
 * @param parts of the expression, as `plainParts` gives them
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
