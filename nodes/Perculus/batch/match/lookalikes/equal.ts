import { tidy, type ComparableValues } from '../../../resources/session/comparable';

export { groupBy } from '../../../values/groupBy';

/** What became of a session, in a word that two results share only if they may be swapped without anyone noticing. */
export type OutcomeKey = string | typeof MIXED;
export const MIXED = Symbol('one of several fates');

/** Halves that look the same. */
export interface Alike<Half> {
	halves: Half[];
	/** Values by path, in the form in which they are compared. */
	values: ReadonlyMap<string, string>;
	/** Of results. */
	outcomeKey?: OutcomeKey | undefined;
}

/** How values are written for comparing. */
export type Form = (value: string) => string;

export const asItIs: Form = (value) => value;

/** Spaces and Unicode form as `tidy` has them, and the spaces between tags and the case of a language, too. */
export const tidied: Form = (value) => tidy(value).replace(/ ?, ?/g, ',').toLowerCase();

/** Values of some fields; with blanks: also that there is none, where that is told. */
export function pick(
	told: ComparableValues,
	paths: Iterable<string>,
	form: Form,
	withBlanks: boolean,
): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const path of paths) {
		const value = told.get(path);
		if (typeof value === 'string') values.set(path, `=${form(value)}`);
		else if (value === null && withBlanks) values.set(path, '');
	}
	return values;
}

/** Fields in which the sessions are not all the same. */
export function differing(halves: ReadonlyArray<{ told: ComparableValues }>): Set<string> {
	const first: ComparableValues = halves[0]?.told ?? new Map();
	const paths = new Set<string>();
	for (const { told } of halves) {
		for (const [path, value] of told) if (first.get(path) !== value) paths.add(path);
		for (const path of first.keys()) if (!told.has(path)) paths.add(path);
	}
	return paths;
}

/** Puts together what has the same values and the same fate. */
export function alike<Half>(
	halves: readonly Half[],
	read: (half: Half) => ReadonlyMap<string, string>,
	outcomeKeyOf: (half: Half) => string = () => '',
): Array<Alike<Half>> {
	const kinds = new Map<string, Alike<Half>>();
	for (const half of halves) {
		const [values, outcomeKey] = [read(half), outcomeKeyOf(half)];
		const key = JSON.stringify([...values, outcomeKey]);
		const kind = kinds.get(key);
		if (kind) kind.halves.push(half);
		else kinds.set(key, { halves: [half], values, outcomeKey });
	}
	return [...kinds.values()];
}
