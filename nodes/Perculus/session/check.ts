import type { IDataObject } from 'n8n-workflow';

import { referencesIn } from './reference';
import type { SessionDraft } from './session';
import { startDifference } from './start';

const NOTHING: readonly string[] = [];

/** Warnings about a saved session: it came back with another start, or without its reference. */
export function checkSession(
	{ start, reference }: SessionDraft,
	view: IDataObject,
): readonly string[] {
	const difference = start && startDifference(start, view.start_date);
	const isLost = reference !== undefined && !referencesIn(view.tags).includes(reference);
	if (!difference && !isLost) return NOTHING;
	const lost = `The session does not have the reference ${reference} in Perculus, so it will not be found by it. Map 'Tags' along with the reference to write it.`;
	return [...(difference ? [difference] : []), ...(isLost ? [lost] : [])];
}
