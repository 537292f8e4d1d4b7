import type { IDataObject } from 'n8n-workflow';

/**
 * Keys that an answer must not set: this node's own, and `error`, since n8n takes a first item with a truthy one for a
 * failed run, and with Retry On Fail sends everything again.
 */
export const NOT_THEIRS: ReadonlySet<string> = new Set([
	'error',
	'outcome',
	'recovered',
	'warnings',
	'input',
]);

/** Puts keys of an answer into an item, in this order; what stands there already stays. */
export function addKeys(item: IDataObject, view: IDataObject, keys: Iterable<string>): void {
	for (const key of keys) {
		if (key in view && !(key in item) && !NOT_THEIRS.has(key)) item[key] = view[key];
	}
}
