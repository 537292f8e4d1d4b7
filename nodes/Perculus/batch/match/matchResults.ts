import type { RejectedResult } from '../../transport/batchBody';
import type { MatchRules } from './matchRules';
import { pairRivals } from './rivals';
import { hasIdentity, pairByExactKeys } from './exactKeys';
import { eliminate, pairNameless, pairRefusals } from './leftovers';
import { matchPlainly } from './matchPlainly';
import { addGroup, pairByName } from './names';
import { Pairs, readResults, type Matched } from './results';

/**
 * Pairs results with items. The API returns no index and no order, so what exists is paired by its identity, and what
 * is new by what was sent and is echoed: as it was sent, then tidied (spaces, Unicode form), then by elimination where
 * one result faces one item. Linear in the number of items.
 */
export function matchResults<Draft>(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	rules: MatchRules<Draft>,
): Matched {
	return (
		matchPlainly(drafts, approved, rejected, rules) ?? matchByAll(drafts, approved, rejected, rules)
	);
}

function matchByAll<Draft>(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	rules: MatchRules<Draft>,
): Matched {
	const results = readResults(approved, rejected, rules);
	const pairs = new Pairs<Draft>();

	pairRivals(drafts, results, pairs, rules);
	const unclaimed = pairByExactKeys(drafts, results, pairs, rules);
	const nameable = drafts.filter((draft) => pairs.isLeft(draft) && !hasIdentity(draft, rules));
	const groups = pairByName(nameable, unclaimed.filter(pairs.isUnused), pairs, rules);
	const grouped = new Set(groups.flatMap(({ items }) => items.map(({ draft }) => draft)));
	const left = drafts.filter((draft) => pairs.isLeft(draft) && !grouped.has(draft));
	pairNameless(left, groups, unclaimed, pairs);
	for (const group of groups) addGroup(group, pairs);
	pairRefusals(drafts, results, groups, pairs);
	eliminate(drafts, unclaimed, groups, pairs, rules);

	return {
		results: drafts.map((draft) => pairs.results.get(draft)),
		unmatched: results.filter(pairs.isUnused).map(({ result }) => result),
	};
}

/** Pairs the drafts of a request with the results of its answer. */
export type Match<Draft> = (
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
) => Matched;

/** The pairing of a resource. */
export function matcherOf<Draft>(rules: MatchRules<Draft>): Match<Draft> {
	return (drafts, approved, rejected) => matchResults(drafts, approved, rejected, rules);
}
