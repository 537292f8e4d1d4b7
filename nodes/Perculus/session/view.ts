import type { IDataObject } from 'n8n-workflow';

import { OWN_KEYS } from '../batch/outcome';
import { SESSION_CATALOGUE } from './fields';
import { referencesIn, tagsWithoutReference } from './reference';

/** Keys that only the internal model has. */
const INTERNAL = ['the_guid', 'account_id', 'user_added', 'ui_options', '_isValid', '_errors'];

/** Whether a response may set a key. */
const isTheirs = (key: string) => !OWN_KEYS.has(key) && !SESSION_CATALOGUE.byId(key)?.isVirtual;

const SIMPLE_KEYS = SESSION_CATALOGUE.simpleKeys.filter(isTheirs);

/** The value under a key; a session's reference is one of its tags, and then not among them. */
function valueOf(view: IDataObject, key: string, reference: string | undefined): unknown {
	if (key !== 'tags' || reference === undefined) return view[key];
	const others = tagsWithoutReference(String(view.tags), reference);
	return others === '' ? null : others;
}

/**
 * Puts a session of an answer into an item, the usual keys in the usual order, then the rest as it came. Should the API
 * ever answer with its internal model here, only what a view has is shown.
 */
export function showSession(item: IDataObject, view: IDataObject, isSimplified: boolean): void {
	const isInternal = INTERNAL.some((key) => key in view);
	const [reference] = referencesIn(view.tags);
	const copy = (keys: readonly string[]) => {
		for (const key of keys) {
			if (key in item) continue;
			const value = valueOf(view, key, reference);
			if (value !== undefined) item[key] = value as IDataObject[string];
		}
	};
	if ('session_guid' in view || isInternal) {
		item.session_guid = view.session_guid ?? view.the_guid ?? null;
	}
	if (reference !== undefined) item.session_reference = reference;
	copy(SIMPLE_KEYS);
	if (isSimplified) return;
	copy((isInternal ? SESSION_CATALOGUE.viewKeys : Object.keys(view)).filter(isTheirs));
}
