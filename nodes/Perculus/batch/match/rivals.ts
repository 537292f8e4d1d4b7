import type { MatchRules } from './matchRules';
import { addGroup, pairAlike } from './names';
import type { Got, Pairs } from './results';

/** Items that turn out to be one thing, and the results that may be any of theirs. */
interface Rivals<Draft> {
	items: Set<Draft>;
	results: Got[];
}

/** Finds the items that a result names, by each of its identities. */
function ownersIn<Draft>(drafts: readonly Draft[], identities: MatchRules<Draft>['exactKeys']) {
	const keys = identities.map(({ sent, got }) => ({
		got,
		owners: new Map(drafts.map((draft) => [sent(draft), draft])),
	}));
	return ({ model }: Got): Draft[] => {
		const found: Draft[] = [];
		for (const { got, owners } of keys) {
			const identity = got(model);
			const owner = identity === undefined ? undefined : owners.get(identity);
			if (owner !== undefined && !found.includes(owner)) found.push(owner);
		}
		return found;
	};
}

/** Puts together the items that are named by one result. */
function rivalsAmong<Draft>(
	drafts: readonly Draft[],
	got: readonly Got[],
	{ exactKeys }: MatchRules<Draft>,
): Set<Rivals<Draft>> {
	const identities = exactKeys.filter(({ isIdentity }) => isIdentity);
	if (identities.length < 2) return new Set();
	const ownersOf = ownersIn(drafts, identities);
	const rivalsOf = new Map<Draft, Rivals<Draft>>();
	for (const result of got) {
		const owners = ownersOf(result);
		if (owners.length < 2) continue;
		const items = new Set(owners.flatMap((owner) => [...(rivalsOf.get(owner)?.items ?? [owner])]));
		const rivals = { items, results: [] };
		for (const item of items) rivalsOf.set(item, rivals);
	}
	if (rivalsOf.size === 0) return new Set();
	for (const result of got) {
		const [owner] = ownersOf(result);
		if (owner !== undefined) rivalsOf.get(owner)?.results.push(result);
	}
	return new Set(rivalsOf.values());
}

/**
 * Pairs items that name one thing by different keys, such as a person by an address and by a code. No key tells their
 * results apart, so all else does that was sent and came back.
 */
export function pairRivals<Draft>(
	drafts: readonly Draft[],
	got: readonly Got[],
	pairs: Pairs<Draft>,
	rules: MatchRules<Draft>,
): void {
	const all = rivalsAmong(drafts, got, rules);
	if (all.size === 0) return;
	const reading = rules.readAnswer(drafts, got);
	for (const { items, results } of all)
		addGroup(pairAlike([...items], results, reading, rules), pairs);
}
