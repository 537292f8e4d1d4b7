import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from './session';
import { startDifference } from './build/start';

const NOTHING: readonly string[] = [];

/** What about a session that was saved needs a look: a start that came back as another one than was meant. */
export function checkSession({ start }: SessionDraft, view: IDataObject): readonly string[] {
	const difference = start && startDifference(start, view.start_date);
	return difference ? [difference] : NOTHING;
}
