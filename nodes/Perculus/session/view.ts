import type { IDataObject } from 'n8n-workflow';

import { setPath, sortKeys, type Values } from '../batch/build';
import type { FieldRecord } from '../batch/catalogue';
import { OWN_KEYS } from '../batch/outcome';
import { isEmpty } from '../values/convert';
import { jsonValue } from '../values/text';
import { SESSION_CATALOGUE } from './fields';
import { referencesIn, tagsWithoutReference } from './reference';
import { type Start, writeStart } from './start';

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

/** The start as the item has it, for an item that is only shown: what it means depends on the session. */
export function startAsGiven(record: FieldRecord): IDataObject {
	const given: IDataObject = {};
	for (const id of ['start_date', 'start_time']) {
		if (!isEmpty(record[id])) given[id] = jsonValue(record[id]) as IDataObject[string];
	}
	return given;
}

/** The start with its true offset, its zone beside it. */
export function startInput(start: Start | undefined): IDataObject {
	if (!start) return {};
	const zone = start.zone === undefined ? {} : { timezone: start.zone };
	return { start_date: writeStart(start), ...zone };
}

/** The reference in its own field, and not among the tags. */
function withReference(request: IDataObject, reference: string | undefined): IDataObject {
	if (reference === undefined) return request;
	const session: IDataObject = { ...request, session_reference: reference };
	if (typeof session.tags !== 'string') return session;
	session.tags = tagsWithoutReference(session.tags, reference);
	if (session.tags === '') delete session.tags;
	return session;
}

/**
 * An item in input form, for a Rejected item: mapping it again yields the same session. Values that can't be sent stay
 * as they were given.
 *
 * @param start as `startInput` or `startAsGiven` give it
 */
export function inputForm(
	{ request, invalid: bad = {} }: Values,
	start: IDataObject,
	reference: string | undefined,
): IDataObject {
	const input: IDataObject = { ...withReference(request, reference), ...start };
	const ids = Object.keys(bad);
	if (ids.length > 0 && input.options !== undefined) input.options = structuredClone(input.options);
	for (const id of ids) setPath(input, id, jsonValue(bad[id]) as IDataObject[string]);
	return sortKeys(input, SESSION_CATALOGUE.order);
}
