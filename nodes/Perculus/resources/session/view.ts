import type { IDataObject } from 'n8n-workflow';

import { addKeys, addRest } from '../../batch/output/answer';
import type { Catalogue } from '../../batch/read/catalogue';

/** Keys that only the internal model has. */
const INTERNAL = ['the_guid', 'account_id', 'user_added', 'ui_options', '_isValid', '_errors'];

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
	addKeys(item, view, simpleKeys);
	if (isSimplified) return;
	if (isInternal) addKeys(item, view, viewKeys);
	else addRest(item, view);
}
