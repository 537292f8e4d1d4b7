/**
 * Reads the form in which n8n stores the data of an execution, which may contain cycles: a JSON
 * array of values, in which every string inside an object or array is the index of another value.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const revive = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		if (revived.has(index)) return revived.get(index);
		const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		revived.set(index, target);
		for (const [key, entry] of Object.entries(value)) {
			(target as Record<string, unknown>)[key] =
				typeof entry === 'string' ? revive(Number(entry)) : entry;
		}
		return target;
	};

	return revive(0);
}
