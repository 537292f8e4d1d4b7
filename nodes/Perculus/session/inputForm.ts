import type { IDataObject } from 'n8n-workflow';

import type { Values } from '../batch/build';
import { sortKeys, setPath } from '../batch/build';
import type { FieldRecord } from '../batch/fields';
import { isEmpty } from '../values/convert';
import { jsonValue } from '../values/text';
import { SESSION_CATALOGUE } from './fields';
import { tagsWithoutReference } from './reference';
import { writeStart, type Start } from './start';

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
export function inputOf(
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
