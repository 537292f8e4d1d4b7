import type { IDataObject } from 'n8n-workflow';

/**
 * Keys that an answer must not set: this node's own, and `error`, since n8n takes a first item with a truthy one for a
 * failed run, and with Retry On Fail sends everything again.
 */
const NOT_THEIRS = new Set(['error', 'outcome', 'recovered', 'warnings', 'input']);

/** Puts some keys of an answer into an item, in this order. */
export function addKeys(item: IDataObject, view: IDataObject, keys: readonly string[]): void {
	for (const key of keys) if (key in view) item[key] = view[key];
}

/** Puts the rest of an answer into an item, as it came. */
export function addRest(item: IDataObject, view: IDataObject): void {
	for (const key in view) if (!(key in item) && !NOT_THEIRS.has(key)) item[key] = view[key];
}
