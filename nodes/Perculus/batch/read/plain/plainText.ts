import { plainPath, type Path } from './plainReference';

/** Literal text, and references to fields of the item. */
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
