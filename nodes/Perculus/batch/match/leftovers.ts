import type { MatchRules } from './matchRules';
import { contradict } from './exactKeys';
import { lookalikeResult, type LookalikeGroup } from './names';
import type { Got, Pairs } from './results';

const NO_VALUES = new Map<string, string>();

function differ(results: readonly Got[]): boolean {
	const first = results[0]?.outcomeKey;
	return results.some(({ outcomeKey }) => outcomeKey !== first);
}

/**
 * Refusals that say nothing about whose they are (`model: null`) belong to the items that are left, if there are as
 * many of both: each of them was refused then, and only the words may be another's.
 *
 * @param left items that are in no group of lookalikes
 */
export function pairNameless<Draft>(
	left: readonly Draft[],
	groups: ReadonlyArray<LookalikeGroup<Draft>>,
	results: readonly Got[],
	pairs: Pairs<Draft>,
): void {
	const nameless = results.filter(({ isNameless }) => isNameless);
	const missing = groups.reduce((sum, group) => sum + group.missing, left.length);
	// An approval that does not tell whose it is may belong to any of them.
	if (nameless.length !== missing || nameless.some(({ isApproved }) => isApproved)) return;
	const isMixed = differ(nameless);
	let next = 0;
	for (const draft of left)
		pairs.add(draft, nameless[next++] as Got, isMixed ? 'exchangeable' : 'certain');
	for (const group of groups) {
		const some = nameless.slice(next, next + group.missing);
		next += some.length;
		if (some.length > 0)
			group.fillUp(
				some.map((got) => lookalikeResult(got, NO_VALUES)),
				isMixed,
			);
	}
}

/** Which items and results were among lookalikes: what they got, or did not get, might be another's. */
function lookalikesOf<Draft>(groups: ReadonlyArray<LookalikeGroup<Draft>>) {
	const items = new Set(groups.flatMap((group) => group.items.map(({ draft }) => draft)));
	const results = new Set(groups.flatMap((group) => group.results.map(({ got }) => got)));
	return (drafts: readonly Draft[], unused: readonly Got[]) =>
		drafts.some((draft) => items.has(draft)) || unused.some((got) => results.has(got));
}

/**
 * As many refusals as items and no approval: each item was refused, whatever the answer calls it, and only the words
 * may be another's.
 */
export function pairRefusals<Draft>(
	drafts: readonly Draft[],
	results: readonly Got[],
	groups: ReadonlyArray<LookalikeGroup<Draft>>,
	pairs: Pairs<Draft>,
): void {
	if (results.length !== drafts.length || results.some(({ isApproved }) => isApproved)) return;
	if (!differ(results)) pairs.unmark();
	const left = drafts.filter(pairs.isLeft);
	const unused = results.filter(pairs.isUnused);
	const isMixed = differ(unused) || (differ(results) && lookalikesOf(groups)(left, unused));
	left.forEach((draft, i) =>
		pairs.add(draft, unused[i] as Got, isMixed ? 'exchangeable' : 'eliminated'),
	);
}

/**
 * Where one result faces one item, it is the item's, if it can be: servers cut long names. What has no identity is
 * nothing that an item could be given.
 *
 * @param results without those that are known to be others'
 */
export function eliminate<Draft>(
	drafts: readonly Draft[],
	results: readonly Got[],
	groups: ReadonlyArray<LookalikeGroup<Draft>>,
	pairs: Pairs<Draft>,
	rules: MatchRules<Draft>,
): void {
	const left = drafts.filter(pairs.isLeft);
	const unused = results.filter(pairs.isUnused);
	const [draft, got] = [left[0], unused[0]];
	if (draft === undefined || got === undefined || left.length + unused.length > 2) return;
	if (got.isApproved && got.identity === undefined) return;
	if (contradict(draft, got, rules) || !rules.mayBeRenamed(draft, got.model)) return;
	const basis = lookalikesOf(groups)(left, unused) ? 'lookalike' : 'eliminated';
	pairs.add(draft, got, basis, got.isApproved ? { cameBackAs: got.name ?? null } : {});
}
