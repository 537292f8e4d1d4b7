/**
 * A function that remembers what it answered, an undefined included; for what takes long and is asked again and again.
 *
 * @param compute must answer the same for the same key, whenever it is asked
 * @param size how many answers are kept; one more, and all are forgotten, so that odd input cannot fill the memory
 */
export function cached<Key, Value>(
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
