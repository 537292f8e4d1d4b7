import type { IDataObject } from 'n8n-workflow';

import { inOrder } from '../../../batch/build/catalogueOrder';
import { setPath } from '../../../batch/build/setPath';
import type { Values } from '../../../batch/build/values';
import type { Catalogue, FieldRecord } from '../../../batch/read/catalogue';
import { tagsWithoutReference } from '../../../lookup/reference';
import { isEmpty } from '../../../values/convert/convert';
import { jsonValue } from '../../../values/quote';
import type { SessionDraft } from '../session';
import { writeStart, type Start } from './start';

/** The start as it stands in the item, for one that is only shown: what it means hangs on what the item is about. */
export function startAsGiven(record: FieldRecord): IDataObject {
	const given: IDataObject = {};
	for (const id of ['start_date', 'start_time']) {
		if (!isEmpty(record[id])) given[id] = jsonValue(record[id]) as IDataObject[string];
	}
	return given;
}

/** What was given, or where it is good the converted value, ready to be mapped again. */
export function inputOf(
	{ request, bad = {} }: Values,
	start: Start | undefined,
	reference: string | undefined,
	{ order }: Catalogue,
): IDataObject {
	for (const id of Object.keys(bad)) {
		setPath(request, id, jsonValue(bad[id]) as IDataObject[string]);
	}
	return inOrder({ ...withReference(request, reference), ...startInput(start) }, order);
}

/** The start with its true offset, its zone beside it. */
function startInput(start: Start | undefined): IDataObject {
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

/** A session in input form, for an item that comes back: mapping it again yields the same session. */
export function toInput(
	{ request, start, startAsGiven: asGiven, reference }: SessionDraft,
	{ order }: Catalogue,
): IDataObject {
	const session = withReference(request, reference);
	if (!asGiven) return inOrder({ ...session, ...startInput(start) }, order);
	return inOrder({ ...session, ...asGiven }, order);
}
