export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
	[key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property: requests may have keys such as `__proto__`, so the prototype is never read. */
export function own(object: JsonObject, key: string): Json | undefined {
	return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A text that isn't empty, or undefined. */
export function ownText(object: JsonObject, key: string): string | undefined {
	const value = own(object, key);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

export type GuidCase = 'upper' | 'lower' | 'mixed';

export function spellGuid(guid: string, spelling: GuidCase): string {
	if (spelling === 'upper') return guid.toUpperCase();
	if (spelling === 'lower') return guid.toLowerCase();
	return guid.replace(/./g, (sign, at: number) =>
		at % 2 ? sign.toLowerCase() : sign.toUpperCase(),
	);
}

export function isGuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** A shuffled copy; the same seed always gives the same order (a 32-bit xorshift). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
	let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
	const result = [...items];
	for (let last = result.length - 1; last > 0; last--) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		const other = Math.floor((state / 0x1_0000_0000) * (last + 1));
		[result[last], result[other]] = [result[other] as T, result[last] as T];
	}
	return result;
}

/** The page that `page_number` and `page_size` ask for; null where its number is refused. */
export function pageOf<T>(
	found: readonly T[],
	filter: JsonObject,
	switches: {
		pageSizeMax: number;
		firstPage: 0 | 1;
		pageBelowFirst: 'first' | 'empty' | 'refused';
	},
): T[] | null {
	const whole = (key: string, fallback: number): number => {
		const value = own(filter, key);
		return Number.isInteger(value) ? (value as number) : fallback;
	};
	const { pageSizeMax, firstPage, pageBelowFirst } = switches;
	// Assumed: ten sessions where no size is asked for.
	const size = Math.min(Math.max(whole('page_size', 10), 1), pageSizeMax);
	const page = whole('page_number', firstPage) - firstPage;
	if (page < 0 && pageBelowFirst !== 'first') return pageBelowFirst === 'empty' ? [] : null;
	return found.slice(Math.max(page, 0) * size, (Math.max(page, 0) + 1) * size);
}
