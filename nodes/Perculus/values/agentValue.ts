import { isObject } from './isObject';

/** What a model writes where it has nothing to say, but has to give a value. */
const NOTHING = new Set(['none', 'null', 'n/a']);

/** A value from an agent: words for nothing are empty, in objects and lists, too. */
export function agentValue(value: unknown): unknown {
	if (typeof value === 'string') return NOTHING.has(value.trim().toLowerCase()) ? '' : value;
	if (Array.isArray(value)) return value.map(agentValue);
	// A date is an object, too.
	if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, agentValue(one)]));
}
