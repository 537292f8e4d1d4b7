import type { Fates } from '../batch/output/sentences/refusedHints';
import type { Refused } from '../batch/output/outcome';
import type { EachOperation } from './contract';

type Purpose = EachOperation<unknown>['purpose'];

export const FATES: Record<Purpose, Fates> = {
	read: { unsent: 'not asked for', failed: 'not read', unknown: 'not read' },
	delete: {
		unsent: 'not deleted',
		failed: 'not deleted',
		unknown: 'may or may not have been deleted',
	},
};

/** The words of a refusal are about saving as a rule. */
export function inOwnWords(refused: Refused): Refused {
	if (refused.kind === 'unknown') {
		const todo = 'Look in Perculus whether it is still there. Deleting it again does no harm.';
		return { ...refused, todo };
	}
	return refused.source === 'check'
		? {
				...refused,
				what: 'No request was made for this item.',
				todo: 'Correct it and run it again.',
			}
		: refused;
}
