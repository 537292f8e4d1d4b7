import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/isObject';

/**
 * Puts a value at a dotted path; where something else than an object stands in its way, under the path as a key.
 * Paths come from the catalogue alone, so that no key of an item can reach a prototype.
 */
export function setPath(target: IDataObject, path: string, value: IDataObject[string]): void {
	if (!path.includes('.')) {
		target[path] = value;
		return;
	}
	const keys = path.split('.');
	const last = keys.pop() as string;
	let at = target;
	for (const key of keys) {
		const next = (at[key] ??= {});
		if (!isObject(next)) {
			target[path] = value;
			return;
		}
		at = next as IDataObject;
	}
	at[last] = value;
}
