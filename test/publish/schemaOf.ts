type Primitive = 'string' | 'integer' | 'number' | 'boolean';

/** A schema as n8n's own nodes write them. */
export interface Schema {
	type: Primitive | 'null' | 'object' | 'array' | [Primitive, 'null'];
	properties?: Record<string, Schema>;
	items?: Schema;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

/**
 * The common schema of values: every key of any value with its type, and also null if any value has it.
 *
 * @throws if the values of a key have several types
 */
export function schemaOf(values: readonly unknown[], at = '$'): Schema {
	const types = [...new Set(values.map(typeOf))];
	// A percentage may be whole or not.
	const isFraction = types.includes('number');
	const kinds = types.filter((type) => type !== 'null' && !(isFraction && type === 'integer'));
	const [kind] = kinds;
	if (kind === undefined) return { type: 'null' };
	if (kinds.length > 1) throw new Error(`${at} is ${kinds.join(' and ')}.`);
	if (kind === 'array') return { type: 'array', items: schemaOf(values.flat(), `${at}[]`) };
	if (kind === 'object') {
		const objects = values.filter(isObject);
		// In the order of the value that has the most of them.
		const keysOf = objects.map((one) => Object.keys(one)).sort((a, b) => b.length - a.length);
		const keys = [...new Set(keysOf.flat())];
		const property = (key: string) =>
			schemaOf(
				objects.flatMap((one) => (key in one ? [one[key]] : [])),
				`${at}.${key}`,
			);
		return {
			type: 'object',
			properties: Object.fromEntries(keys.map((key) => [key, property(key)])),
		};
	}
	const primitive = kind as Primitive;
	return { type: types.length > 1 ? [primitive, 'null'] : primitive };
}
