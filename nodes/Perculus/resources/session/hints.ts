import type { NodeExecutionHint } from 'n8n-workflow';

import { isSaved, type Settled } from '../../batch/contract';
import { pagesHint } from '../../lookup/pagesHint';
import type { Look } from '../../lookup/secondLook';
import { SESSION_NOUN } from './noun';
import { isUpdate, type Operation, type SessionDraft } from './session';

type Hint = Pick<NodeExecutionHint, 'type' | 'message'>;

/** How many were created and how many updated, and that a zone was assumed, where sessions were saved. */
export function sessionHints(
	settled: ReadonlyArray<Settled<SessionDraft>>,
	operation: Operation,
	workflowZone: string,
): Hint[] {
	const saved = settled.filter(isSaved).map(({ built }) => built);
	const hints: Hint[] = [];
	if (operation === 'upsert' && saved.length > 0) {
		const updated = saved.filter(isUpdate).length;
		const created = saved.length - updated;
		const noun = created === 1 ? SESSION_NOUN.one : SESSION_NOUN.many;
		hints.push({ type: 'info', message: `${created} ${noun} created, ${updated} updated.` });
	}
	if (saved.some((draft) => !isUpdate(draft) && draft.start?.assumedZone)) {
		hints.push({
			type: 'info',
			message: `Items without a time zone were taken to be in ${workflowZone}, the workflow's time zone. To choose another, set 'Default Time Zone' or map 'Time Zone'.`,
		});
	}
	return hints;
}

/** @param message as `unusedGuids` gives it */
export const unusedHints = (message: string | undefined): Hint[] =>
	message === undefined ? [] : [{ type: 'warning', message }];

/** So many are told at most. */
const MOST_LOOKS = 5;

/** What the looks at references found; whatever matters stands on the items as well. */
export function lookHints(looks: readonly Look[], pagesRead: number): Hint[] {
	const hints = looks
		.slice(0, MOST_LOOKS)
		.map(({ text }): Hint => ({ type: 'warning', message: text }));
	const more = looks.length - MOST_LOOKS;
	if (more > 0) {
		hints.push({ type: 'warning', message: `${more} more sessions need such a look.` });
	}
	const pages = pagesHint(pagesRead);
	if (pages !== undefined) hints.push({ type: 'info', message: pages });
	return hints;
}
