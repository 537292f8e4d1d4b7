import type { IDataObject } from 'n8n-workflow';

import type { FieldRecord } from '../../../batch/read/catalogue';
import { isFailed } from '../../../batch/read/failedExpression';
import {
	hasReferenceTag,
	hasTags,
	referenceIssue,
	referencesIn,
	tagsWithReference,
} from '../../../lookup/reference';
import { convert, isEmpty } from '../../../values/convert/convert';
import { quote } from '../../../values/quote';

/** What an item says of its own reference. */
export interface ItemReference {
	/** One that can be used. */
	reference?: string;
	/** Why what it says cannot be used, as the end of a sentence that begins with the field's name; '' where that is told already. */
	issue?: string;
}

const ID = 'session_reference';

const NONE: ItemReference = {};

/**
 * Reads an item's reference: from its own field, else from a tag `ref:…`, since a session that is made with such a tag
 * has that reference.
 *
 * @param hasGuid an empty reference beside a GUID is no harm: the GUID decides
 */
export function itemReference(record: FieldRecord, hasGuid: boolean): ItemReference {
	const given = record[ID];
	if (isEmpty(given)) {
		if (record.tags === undefined && !(ID in record)) return NONE;
		const tags = convert(record.tags, { label: '', kind: 'tags' });
		const text = 'value' in tags ? String(tags.value) : '';
		const [tagged] = referencesIn(text);
		if (tagged !== undefined) return checked(tagged);
		const isEmptied = ID in record || hasReferenceTag(text);
		return isEmptied && !hasGuid ? { issue: referenceIssue('') as string } : NONE;
	}
	if (typeof given === 'string') return checked(given);
	if (typeof given === 'number' && Number.isFinite(given)) return checked(String(given));
	return { issue: isFailed(given) ? '' : `must be text; this item has ${quote(given)}` };
}

function checked(text: string): ItemReference {
	const issue = referenceIssue(text);
	return issue === undefined ? { reference: text.trim() } : { issue };
}

/** Writes the reference among the tags: of something new, and of whatever sets tags. */
export function putReference(request: IDataObject, reference: string, isNew: boolean): void {
	const tags = typeof request.tags === 'string' && hasTags(request.tags) ? request.tags : undefined;
	if (isNew || tags !== undefined) request.tags = tagsWithReference(tags, reference);
	else delete request.tags;
}
