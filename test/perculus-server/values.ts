import { createHash } from 'node:crypto';

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

/** A text that isn't empty, in lower case, or undefined. */
export function ownText(object: JsonObject, key: string): string | undefined {
	const value = own(object, key);
	return typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
}

export const filled = (value: Json, ...keys: string[]): JsonObject =>
	Object.fromEntries(keys.map((key) => [key, value]));

/** Undefined where the text isn't JSON. */
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
	const lower = guid.toLowerCase();
	return spelling === 'lower'
		? lower
		: lower.replace(/../g, (pair) => pair.charAt(0).toUpperCase() + pair.charAt(1));
}

export function isGuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** A shuffled copy; the same seed always gives the same order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
	const hash = (at: number) => createHash('md5').update(`${seed} ${at}`).digest('hex');
	const keyed = items.map((item, at) => ({ item, key: hash(at) }));
	return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}
