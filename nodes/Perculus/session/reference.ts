import type { IDataObject } from 'n8n-workflow';

import type { FieldRecord } from '../batch/catalogue';
import { isFailed } from '../batch/parameter';
import type { Reading } from '../values/collections';
import { convert, isEmpty, onlyEntry } from '../values/convert';
import { readName, referenceIssue, tidyName } from '../values/names';
import { anyCase } from '../values/text';

/**
 * The user's own ID of a session: a deal, a booking, a row. Perculus has no field for it, so it is one of the session's
 * tags, `ref:<reference>`. Tags are one text, separated by commas.
 */
export const REFERENCE_PREFIX = 'ref:';

/** The form in which references are written and compared: one Unicode form, without outer spaces and invisible characters. */
export const tidyReference = (reference: string): string => tidyName(reference.normalize('NFC'));

/** The same for references that differ only in the case of letters, in any language. */
export const foldReference = (reference: string): string => anyCase(tidyReference(reference));

/** The tag of a reference, which is also what the search is asked for. */
export const referenceTag = (reference: string): string =>
	REFERENCE_PREFIX + tidyReference(reference);

/** The tags of one text, as they were written. */
export const tagsIn = (tags: string): string[] =>
	tags
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');

/** The reference of a tag: '' if it is `ref:` only, undefined if it is another tag. */
function referenceOf(tag: string): string | undefined {
	const text = tidyReference(tag);
	const isReference = text.slice(0, REFERENCE_PREFIX.length).toLowerCase() === REFERENCE_PREFIX;
	return isReference ? tidyReference(text.slice(REFERENCE_PREFIX.length)) : undefined;
}

/** The references of all `ref:` tags, empty ones included. Most texts have none, and need no closer reading. */
const allReferencesIn = (tags: unknown): string[] =>
	typeof tags === 'string' && /ref:/i.test(tags)
		? tagsIn(tags).flatMap((tag) => referenceOf(tag) ?? [])
		: [];

/** Whether there is a `ref:` tag, even an empty one. */
export const hasReferenceTag = (tags: unknown): boolean => allReferencesIn(tags).length > 0;

/** The references among a session's tags, in their order. */
export const referencesIn = (tags: unknown): string[] =>
	allReferencesIn(tags).filter((reference) => reference !== '');

/** The tags without this reference; as they were if they don't have it. */
export function tagsWithoutReference(tags: string, reference: string): string {
	const all = tagsIn(tags);
	const others = all.filter((tag) => referenceOf(tag) !== tidyReference(reference));
	return others.length < all.length ? others.join(',') : tags;
}

/** The tags with this reference once, before any other reference: the first one is the session's. */
export function tagsWithReference(tags: string, reference: string): string {
	const all = tagsIn(tags).map((tag) => ({ tag, reference: referenceOf(tag) }));
	const others = all.filter((one) => one.reference && one.reference !== tidyReference(reference));
	return [
		...all.filter((one) => one.reference === undefined).map(({ tag }) => tag),
		referenceTag(reference),
		...others.map(({ tag }) => tag),
	].join(',');
}

/** A value as a reference; the issue is the end of a sentence that begins with the field's name. */
export function readReference(value: unknown): Reading<string> {
	const name = readName(onlyEntry(value, 'reference'));
	if ('issue' in name) return name;
	const issue = referenceIssue(name.value);
	return issue === undefined ? { value: tidyReference(name.value) } : { issue };
}

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
