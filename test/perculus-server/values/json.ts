export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
	[key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An own property, or undefined when there is none. Requests may carry keys such as `__proto__` or
 * `constructor`, so the prototype chain is never asked.
 */
export function own(object: JsonObject, key: string): Json | undefined {
	return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function parseJson(text: string): { ok: true; value: Json } | { ok: false } {
	try {
		return { ok: true, value: JSON.parse(text) as Json };
	} catch {
		return { ok: false };
	}
}
