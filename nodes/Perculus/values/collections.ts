/** Adds to the list under a key. */
export function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

/** Groups in order of first appearance. */
export function groupBy<T>(list: Iterable<T>, keyOf: (entry: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const entry of list) push(groups, keyOf(entry), entry);
	return groups;
}

/**
 * Does something with each entry, so many at a time, begun in order.
 *
 * @returns the results, in the order of the entries
 */
export async function mapConcurrently<T, R>(
	entries: readonly T[],
	most: number,
	act: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(entries.length);
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < entries.length) {
			const index = next++;
			results[index] = await act(entries[index] as T, index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, entries.length) }, work));
	return results;
}

/**
 * A function that remembers what it answered, an undefined included; for what takes long and is asked again and again.
 *
 * @param compute must answer the same for the same key, whenever it is asked
 * @param size how many answers are kept; one more, and all are forgotten, so that odd input cannot fill the memory
 */
export function memoize<Key, Value>(
	compute: (key: Key) => Value,
	size: number,
): (key: Key) => Value {
	const known = new Map<Key, Value>();
	return (key) => {
		const before = known.get(key);
		if (before !== undefined || known.has(key)) return before as Value;
		const value = compute(key);
		if (known.size >= size) known.clear();
		known.set(key, value);
		return value;
	};
}

/** An object of JSON, as n8n's items are made of. */
export interface PlainObject {
	[key: string]: string | number | boolean | object | null | undefined;
}

/** Whether a value is an object with keys: no list, no null. */
export const isObject = (value: unknown): value is PlainObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value was read as, or in words for the person why it cannot be read. */
export type Reading<T> = { value: T } | { issue: string };
