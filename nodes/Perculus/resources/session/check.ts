import type { IDataObject } from 'n8n-workflow';

import { referenceKey, referencesIn } from '../../lookup/reference';
import type { SessionDraft } from './session';
import { startDifference } from './build/start';

const NOTHING: readonly string[] = [];

/** What about a session that was saved needs a look: another start than was meant, or its reference missing. */
export function checkSession(
	{ start, reference }: SessionDraft,
	view: IDataObject,
): readonly string[] {
	const difference = start && startDifference(start, view.start_date);
	const isLost = reference !== undefined && !hasTag(reference, view.tags);
	if (!difference && !isLost) return NOTHING;
	return [...(difference ? [difference] : []), ...(isLost ? [lostText(reference)] : [])];
}

const hasTag = (reference: string, tags: unknown) =>
	referencesIn(tags).some((one) => referenceKey(one) === referenceKey(reference));

const lostText = (reference: string) =>
	`The session does not have the reference ${reference} in Perculus, so it will not be found by it. Map its tags along with the reference to write it.`;
