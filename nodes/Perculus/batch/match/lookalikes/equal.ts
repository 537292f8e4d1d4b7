import { tidy } from '../../../values/tidy';
import type { ComparableValues } from '../matchRules';
import type { Item } from './lookalike';

/** How values are written for comparing. */
export type Form = (value: string) => string;

export const asItIs: Form = (value) => value;

/** Spaces and Unicode form as `tidy` has them, and the spaces between tags and the case of a language, too. */
export const tidied: Form = (value) => tidy(value).replace(/ ?, ?/g, ',').toLowerCase();

/** Values of some fields; with blanks: also that there is none, where that is told. */
export function pick(
	values: ComparableValues,
	paths: Iterable<string>,
	form: Form,
	withBlanks: boolean,
): ReadonlyMap<string, string> {
	const picked = new Map<string, string>();
	for (const path of paths) {
		const value = values.get(path);
		if (typeof value === 'string') picked.set(path, `=${form(value)}`);
		else if (value === null && withBlanks) picked.set(path, '');
	}
	return picked;
}

/** Fields in which the items are not all the same. */
export function differing(items: readonly Item[]): Set<string> {
	const first: ComparableValues = items[0]?.values ?? new Map();
	const paths = new Set<string>();
	for (const { values } of items) {
		for (const [path, value] of values) if (first.get(path) !== value) paths.add(path);
		for (const path of first.keys()) if (!values.has(path)) paths.add(path);
	}
	return paths;
}

/** Items, or results, that are equal in what is compared. */
export interface Equal<Member> {
	members: Member[];
	/** Values by path, in the form in which they are compared. */
	values: ReadonlyMap<string, string>;
}

/** Puts together what has the same values and, of results, the same outcome. */
export function equals<Member>(
	members: readonly Member[],
	read: (member: Member) => ReadonlyMap<string, string>,
	outcomeKeyOf: (member: Member) => string = () => '',
): Array<Equal<Member>> {
	const kinds = new Map<string, Equal<Member>>();
	for (const member of members) {
		const values = read(member);
		const key = JSON.stringify([...values, outcomeKeyOf(member)]);
		const kind = kinds.get(key);
		if (kind) kind.members.push(member);
		else kinds.set(key, { members: [member], values });
	}
	return [...kinds.values()];
}

/** Which fields are told. */
export const signatureOf = ({ values }: Equal<unknown>): string =>
	JSON.stringify([...values.keys()]);
