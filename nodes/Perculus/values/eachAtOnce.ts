/**
 * Does something with each entry, so many at a time, begun in order.
 *
 * @returns the results, in the order of the entries
 */
export async function eachAtOnce<T, R>(
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
