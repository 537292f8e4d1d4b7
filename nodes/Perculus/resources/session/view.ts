import type { IDataObject } from 'n8n-workflow';

import type { Catalogue } from '../../batch/read/catalogue';

/** Keys that only the internal model has. */
const INTERNAL = ['the_guid', 'account_id', 'user_added', 'ui_options', '_isValid', '_errors'];

/**
 * Keys that an answer must not set: this node's own, and `error`, since n8n takes a first item with a truthy one for a
 * failed run, and with Retry On Fail sends everything again.
 */
const NOT_THEIRS = new Set(['error', 'outcome', 'recovered', 'warnings', 'input']);

function copy(target: IDataObject, source: IDataObject, keys: readonly string[]): void {
	for (const key of keys) if (key in source) target[key] = source[key];
}

/**
 * Puts a session of an answer into an item, the usual keys in the usual order, then the rest as it came. Should the API
 * ever answer with its internal model here, only what a view has is shown.
 */
export function showSession(
	item: IDataObject,
	view: IDataObject,
	{ simpleKeys, viewKeys }: Catalogue,
	isSimplified: boolean,
): void {
	const isInternal = INTERNAL.some((key) => key in view);
	if (isInternal) item.session_guid = view.the_guid ?? null;
	copy(item, view, simpleKeys);
	if (isSimplified) return;
	if (isInternal) copy(item, view, viewKeys);
	else for (const key in view) if (!(key in item) && !NOT_THEIRS.has(key)) item[key] = view[key];
}
