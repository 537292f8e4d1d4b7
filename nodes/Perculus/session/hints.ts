import { isSaved, type Settled } from '../batch/draft';
import type { Hint } from '../batch/hints';
import { isUpdate, type SessionDraft } from './session';

/** Says that a zone was assumed, where a session was created with it. */
export function assumedZoneHint(
	settled: ReadonlyArray<Settled<SessionDraft>>,
	workflowZone: string,
): Hint[] {
	const isAssumed = settled.some(
		(one) => isSaved(one) && !isUpdate(one.built) && one.built.start?.assumedZone === true,
	);
	if (!isAssumed) return [];
	return [
		{
			type: 'info',
			message: `Items without a time zone use the workflow's, ${workflowZone}. To choose another, set 'Default Time Zone' or map 'Time Zone'.`,
		},
	];
}
