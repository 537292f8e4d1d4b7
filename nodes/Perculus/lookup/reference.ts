import { anyCase } from '../values/foldCase';

/**
 * The user's own reference for a session: a deal, a booking, a row. Perculus has no field for it, so it is kept as one
 * of the session's tags, `ref:<reference>`. Tags are one text, separated by commas.
 */
export const REFERENCE_PREFIX = 'ref:';

const LONGEST = 100;

const trimmed = (text: string) => text.normalize('NFC').trim();

/** The tags of one text, as they were written. */
export const tagsIn = (tags: string): string[] =>
	tags
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');

/** Whether a text names a tag at all: commas alone do not. */
export const hasTags = (tags: string): boolean => tagsIn(tags).length > 0;

const isReferenceTag = (tag: string) => trimmed(tag).toLowerCase().startsWith(REFERENCE_PREFIX);

/** Whether one of the tags is that of a reference, even of an empty one. */
export const hasReferenceTag = (tags: string): boolean => tagsIn(tags).some(isReferenceTag);

/** A reference in the one form in which references are compared: letters as given, spaces and Unicode form tidied. */
export const referenceKey = (reference: string): string => trimmed(reference);

/** Two references with the same loose key differ in the case of letters at most, in whatever language. */
export const looseReferenceKey = (reference: string): string => anyCase(trimmed(reference));

/** The tag that holds a reference, and what the search is asked for. */
export const referenceTag = (reference: string): string => REFERENCE_PREFIX + trimmed(reference);

/** The references among a session's tags, in their order; none as a rule, or one. */
export function referencesIn(tags: unknown): string[] {
	// Most sessions have none, and of many only this has to be known.
	if (typeof tags !== 'string' || !/ref:/i.test(tags)) return [];
	return tagsIn(tags)
		.filter(isReferenceTag)
		.map((tag) => trimmed(trimmed(tag).slice(REFERENCE_PREFIX.length)))
		.filter((reference) => reference !== '');
}

const othersIn = (tags: string) => tagsIn(tags).filter((tag) => !isReferenceTag(tag));

/** The tags without references, as one text; as they were where there is nothing to take away. */
export function tagsWithoutReferences(tags: string): string {
	return /ref:/i.test(tags) ? othersIn(tags).join(',') : tags;
}

/** The tags with this reference, once, and no other. */
export function tagsWithReference(tags: string | undefined, reference: string): string {
	return [...othersIn(tags ?? ''), referenceTag(reference)].join(',');
}

/** Why a text cannot be a reference, as the end of a sentence; undefined where it can. */
export function referenceIssue(reference: string): string | undefined {
	const text = trimmed(reference);
	if (text === '') {
		return 'is empty; without it a second run would make the session again, so fill it in, or give the Session GUID';
	}
	if (text.includes(',')) return 'has a comma, which separates tags in Perculus; leave it out';
	if (/\p{Cc}/u.test(text)) return 'has a line break or another control character; remove it';
	if (!text.isWellFormed()) return 'has half of an emoji, which cannot be stored; remove it';
	if (Array.from(text).length > LONGEST) {
		return `is longer than ${LONGEST} characters; use a shorter one`;
	}
	return undefined;
}
