import type { IDataObject } from 'n8n-workflow';

import { isFailed } from '../batch/failedExpression';
import type { FieldRecord } from '../batch/fields';
import { convert, isEmpty } from '../values/convert';
import {
	hasReferenceTag,
	readReference,
	referencesIn,
	tagsIn,
	tagsWithReference,
} from './reference';

export interface ItemReference {
	/** A valid one. */
	reference?: string;
	/** Why it isn't valid, as the end of a sentence that begins with the field's name; '' if that is reported elsewhere. */
	issue?: string;
}

const ID = 'session_reference';
const NONE: ItemReference = {};
const EMPTY: ItemReference = {
	issue: "is empty. Fill it in or map 'Session GUID' to avoid duplicates",
};

/**
 * Reads an item's reference: from its own field, else from its first `ref:` tag, because a session with such a tag has
 * that reference.
 *
 * @param hasGuid beside a GUID the reference may be empty
 */
export function itemReference(record: FieldRecord, hasGuid: boolean): ItemReference {
	const given = record[ID];
	if (!isEmpty(given)) return isFailed(given) ? { issue: '' } : read(given);
	if (record.tags === undefined && !(ID in record)) return NONE;
	const tags = convert(record.tags, { label: '', kind: 'tags' });
	const text = 'value' in tags ? tags.value : undefined;
	const [tagged] = referencesIn(text);
	if (tagged !== undefined) return read(tagged);
	return (ID in record || hasReferenceTag(text)) && !hasGuid ? EMPTY : NONE;
}

function read(given: unknown): ItemReference {
	const reference = readReference(given);
	return 'issue' in reference ? reference : { reference: reference.value };
}

/** Puts the reference among the tags of every create, and of every update that sets tags. */
export function putReference(request: IDataObject, reference: string, isNew: boolean): void {
	const tags = typeof request.tags === 'string' ? request.tags : '';
	if (isNew || tagsIn(tags).length > 0) request.tags = tagsWithReference(tags, reference);
	else delete request.tags;
}
