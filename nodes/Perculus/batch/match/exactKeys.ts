import type { MatchRules, ExactKey } from './matchRules';
import type { Got, Pairs } from './results';

/**
 * Pairs items by keys that leave no doubt, the surest first, and returns the results that may be other items'. What
 * exists is given to one item only, even if the answer has it twice.
 */
export function pairByExactKeys<Draft>(
	drafts: readonly Draft[],
	got: readonly Got[],
	pairs: Pairs<Draft>,
	{ exactKeys }: MatchRules<Draft>,
): Got[] {
	let unclaimed = [...got];
	for (const key of exactKeys) {
		unclaimed = pairByKey(key, drafts.filter(pairs.isLeft), unclaimed, pairs);
	}
	const approved = new Set<string>();
	return unclaimed.filter(({ identity, isApproved }) => {
		if (identity === undefined) return true;
		const isNew = !approved.has(identity);
		if (isApproved) approved.add(identity);
		return isNew || !isApproved;
	});
}

/** An item of which the answer says two things is marked. */
function pairByKey<Draft>(
	key: ExactKey<Draft>,
	drafts: readonly Draft[],
	got: readonly Got[],
	pairs: Pairs<Draft>,
): Got[] {
	const owners = new Map<string | undefined, Draft>();
	for (const draft of drafts) owners.set(key.sent(draft), draft);
	owners.delete(undefined);
	const paired = new Map<Draft, Got>();
	return got.filter((half) => {
		const owner = owners.get(key.got(half.model));
		if (owner === undefined) return true;
		const first = paired.get(owner);
		if (!first) {
			pairs.add(owner, half);
			paired.set(owner, half);
		} else if (first.outcomeKey !== half.outcomeKey) {
			pairs.add(owner, first, 'lookalike');
		}
		return false;
	});
}

/** Whether an item exists under an identity, so that no result of another one is its. */
export const hasIdentity = <Draft>(draft: Draft, { exactKeys }: MatchRules<Draft>): boolean =>
	exactKeys.some(({ sent, isIdentity }) => isIdentity && sent(draft) !== undefined);

/** Whether item and result tell different keys of one sort. */
export const contradict = <Draft>(
	draft: Draft,
	{ model }: Got,
	{ exactKeys }: MatchRules<Draft>,
): boolean =>
	exactKeys.some((key) => {
		const [sent, got] = [key.sent(draft), key.got(model)];
		return sent !== undefined && got !== undefined && sent !== got;
	});
