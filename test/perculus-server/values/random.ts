/** A small seeded generator (a 32-bit xorshift): the same seed always gives the same test run. */
export function seededRandom(seed: number): () => number {
	let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state / 0x1_0000_0000;
	};
}

/** A shuffled copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
	const result = [...items];
	for (let last = result.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		const kept = result[last] as T;
		result[last] = result[other] as T;
		result[other] = kept;
	}
	return result;
}
