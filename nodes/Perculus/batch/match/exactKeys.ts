import type { MatchRules, ExactKey } from './matchRules';
import type { Got, Pairs } from './results';

/** A result beyond the first that the answer has for an item. */
interface Repeated<Draft> {
	owner: Draft;
	first: Got;
	again: Got;
}

/**
 * Pairs items by keys that leave no doubt, the surest first, and returns the results that may be other items'. What
 * exists is given to one item only, even if the answer has it twice, unless two items name it by different keys.
 */
export function pairByExactKeys<Draft>(
	drafts: readonly Draft[],
	got: readonly Got[],
	pairs: Pairs<Draft>,
	{ exactKeys }: MatchRules<Draft>,
): Got[] {
	const repeated: Array<Repeated<Draft>> = [];
	for (const key of exactKeys) {
		repeated.push(
			...pairByKey(key, drafts.filter(pairs.isLeft), got.filter(pairs.isUnused), pairs),
		);
	}
	const spent = new Set<Got>();
	for (const { owner, first, again } of repeated) {
		if (!pairs.isUnused(again)) continue;
		spent.add(again);
		// An item of which the answer says two things is marked.
		if (first.outcomeKey !== again.outcomeKey) pairs.add(owner, first, 'lookalike');
	}
	const approved = new Set<string>();
	return got.filter((one) => {
		if (!pairs.isUnused(one) || spent.has(one)) return false;
		const { identity, isApproved } = one;
		if (identity === undefined) return true;
		const isNew = !approved.has(identity);
		if (isApproved) approved.add(identity);
		return isNew || !isApproved;
	});
}

function pairByKey<Draft>(
	key: ExactKey<Draft>,
	drafts: readonly Draft[],
	got: readonly Got[],
	pairs: Pairs<Draft>,
): Array<Repeated<Draft>> {
	const owners = new Map<string | undefined, Draft>();
	for (const draft of drafts) owners.set(key.sent(draft), draft);
	owners.delete(undefined);
	if (owners.size === 0) return [];
	const paired = new Map<Draft, Got>();
	const repeated: Array<Repeated<Draft>> = [];
	for (const one of got) {
		const owner = owners.get(key.got(one.model));
		if (owner === undefined) continue;
		const first = paired.get(owner);
		if (first) {
			repeated.push({ owner, first, again: one });
			continue;
		}
		pairs.add(owner, one);
		paired.set(owner, one);
	}
	return repeated;
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
