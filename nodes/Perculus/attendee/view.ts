import type { IDataObject } from 'n8n-workflow';

import { OWN_KEYS } from '../batch/outcome';
import { isObject, type Reading } from '../values/collections';
import { isEmpty } from '../values/convert';
import { quote } from '../values/text';
import { ATTENDEE_CATALOGUE } from './fields';

/** Keys that only an internal model has. */
const INTERNAL = ['account_id', 'user_added', 'user_updated', '_isValid', '_errors'];

const isInternal = (model: IDataObject) => INTERNAL.some((key) => key in model);

/** The server's own numbers, which no request takes (`attendee_id`, in an internal model also `session_id`), and nested models. */
const isInternalValue = (key: string, value: unknown) =>
	(typeof value === 'number' && key.endsWith('_id')) ||
	(isObject(value) && isInternal(value as IDataObject));

/** What an item shows of its session, which no answer may set. */
const REFERENCE = 'session_reference';

const USUAL: ReadonlySet<string> = new Set(ATTENDEE_CATALOGUE.viewKeys);

/** Adds the usual keys of an answer. */
function addUsual(item: IDataObject, view: IDataObject): void {
	for (const key of USUAL) {
		const value = view[key];
		if (value !== undefined && !isInternalValue(key, value)) item[key] = value;
	}
}

/** Adds the rest of a response as it came; keys that the item has already keep their values. */
function addRest(item: IDataObject, view: IDataObject): void {
	for (const key of Object.keys(view)) {
		if (USUAL.has(key) || key in item || key === REFERENCE || OWN_KEYS.has(key)) continue;
		const value = view[key];
		if (!isInternalValue(key, value)) item[key] = value;
	}
}

/**
 * Puts an attendee of an answer into an item, the usual keys in the usual order, then the rest as it came. Its session
 * stands there already, as it was given; should the API answer with an internal model, only what a view has is shown.
 *
 * @param joinUrl template of the link with which the person joins
 */
export function showAttendee(item: IDataObject, view: IDataObject, joinUrl?: string): void {
	addUsual(item, view);
	if (!isInternal(view)) addRest(item, view);
	const { attendance_code: code } = view;
	if (joinUrl !== undefined && typeof code === 'string' && code !== '') {
		item.join_url = joinLink(joinUrl, code);
	}
}

const CODE = /\{code\}/g;

/** The template of join links as an item has it; undefined where there is none. */
export function joinUrlOf(read: Reading<unknown>): Reading<string | undefined> {
	if ('issue' in read) return { issue: `The option 'Join URL' ${read.issue}` };
	const { value } = read;
	if (isEmpty(value)) return { value: undefined };
	if (typeof value === 'string' && value.search(CODE) >= 0) return { value: value.trim() };
	return {
		issue: `The option 'Join URL' must have {code} where the attendance code of a person goes; it is ${quote(value)}`,
	};
}

/** The link with which the person with this attendance code joins. */
export function joinLink(template: string, code: string): string {
	return template.replace(CODE, () => encodeURIComponent(code));
}
