import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import type { Start } from './start';

/** The three operations; all of them are the same batch request. */
export type Operation = 'upsert' | 'create' | 'update';

/** What an item says about a session, by field id; values as they came. */
export type SessionRecord = Record<string, unknown>;

/** A session in the API's form: `options` and its `chat` and `duration` are nested, nothing unset is in it. */
export type SessionRequest = IDataObject;

/** A session that can be sent. */
export interface Draft {
	/** Index of the input item. */
	index: number;
	request: SessionRequest;
	/** Lower-case GUID of the session to update; undefined for a create. */
	guid: string | undefined;
	/** When it begins, if that is set. */
	start: Start | undefined;
	warnings: readonly string[];
}

/** An item that cannot be sent, with every issue it has. */
export interface Invalid {
	index: number;
	/** The item's session in input form. */
	session: IDataObject;
	issues: string[];
}

export const isDraft = (built: Draft | Invalid): built is Draft => 'request' in built;

/** Whether the item is about a session that exists; of an item that cannot be sent, nobody asks. */
export const isUpdate = (built: Draft | Invalid): boolean =>
	isDraft(built) && built.guid !== undefined;

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
		at = next;
	}
	at[last] = value;
}
