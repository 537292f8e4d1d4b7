import { groupBy } from '../../values/groupBy';
import { loose } from '../../values/tidy';
import type { AnswerReading, MatchRules, ComparableValues } from './matchRules';
import { pairLookalikes, type LookalikePairs } from './lookalikes';
import type { Got, Pairs } from './results';

/** Items and results of one name; where one faces one, they belong together. */
type Group<Draft> = readonly [items: Draft[], results: Got[]];

/** An item among its lookalikes. */
export interface LookalikeItem<Draft> {
	draft: Draft;
	readonly values: ComparableValues;
}

/** A result among its lookalikes. */
export interface LookalikeResult {
	got: Got;
	readonly values: ComparableValues;
	readonly outcomeKey: string;
}

export type LookalikeGroup<Draft> = LookalikePairs<LookalikeItem<Draft>, LookalikeResult>;

/** Whatever the server may have made of a name, it is still in this. */
const nameKey = (name: string | undefined) => loose(name ?? '');

/**
 * Pairs items that have their name, or name and part, for themselves; what is left of a name are lookalikes, to be
 * told apart by all else.
 */
export function pairByName<Draft>(
	drafts: readonly Draft[],
	results: readonly Got[],
	pairs: Pairs<Draft>,
	rules: MatchRules<Draft>,
): Array<LookalikeGroup<Draft>> {
	const named = results.filter(({ name }) => name !== undefined);
	const byName = groupBy(named, ({ name }) => nameKey(name));
	const groups = [...groupBy(drafts, (draft) => nameKey(rules.sentName(draft)))].map(
		([name, items]): Group<Draft> => [items, byName.get(name) ?? []],
	);
	const isOpen = ([items, got]: Group<Draft>) => {
		const [item, result] = [items[0], got[0]];
		if (item === undefined || result === undefined) return false;
		if (items.length > 1 || got.length > 1) return true;
		pairs.add(item, result);
		return false;
	};
	const open = groups.filter(isOpen);
	if (open.length === 0) return [];
	const reading = rules.readAnswer(drafts, named);
	return open
		.flatMap((group) => divide(group, reading))
		.filter(isOpen)
		.map(([items, got]) => pairAlike(items, got, reading, rules));
}

/** Tells items that no name or key tells apart by all that was sent and came back. */
export function pairAlike<Draft>(
	items: readonly Draft[],
	got: readonly Got[],
	reading: AnswerReading<Draft>,
	rules: MatchRules<Draft>,
): LookalikeGroup<Draft> {
	return pairLookalikes(
		items.map((draft) => ({ draft, values: rules.sentValues(draft) })),
		got.map((result) => lookalikeResult(result, reading.values(result))),
	);
}

/** Notes the pairs of such items; one that might as well be another's is marked. */
export function addGroup<Draft>(group: LookalikeGroup<Draft>, pairs: Pairs<Draft>): void {
	for (const { item, result, ambiguous } of group.pairs())
		pairs.add(item.draft, result.got, ambiguous ? 'lookalike' : 'certain');
}

/** Splits a group by part, where that divides items and results in equal numbers. */
function divide<Draft>(group: Group<Draft>, reading: AnswerReading<Draft>): Array<Group<Draft>> {
	const [items, results] = group;
	if (items.length !== results.length) return [group];
	const gotBy = groupBy(results, (result) => reading.gotPart(result) ?? '');
	if (gotBy.has('')) return [group];
	const pieces = [...groupBy(items, reading.sentPart)].map(([part, piece]): Group<Draft> => [
		piece,
		gotBy.get(part) ?? [],
	]);
	return pieces.every(([some, got]) => some.length === got.length) ? pieces : [group];
}

export const lookalikeResult = (got: Got, values: ComparableValues): LookalikeResult => ({
	got,
	values,
	outcomeKey: got.outcomeKey,
});
