import { groupBy } from '../../../values/groupBy';
import { pick, tidied } from './equal';
import type { Item, ItemResult, LookalikePairs, Pair } from './lookalike';

/** Fields of which every member tells a value. */
function toldByAll(members: ReadonlyArray<Item>, paths: Iterable<string>): string[] {
	return [...paths].filter((path) =>
		members.every(({ values }) => typeof values.get(path) === 'string'),
	);
}

/**
 * Pairs of items that differ in too many ways to try what goes with what: those that agree in what all of them tell
 * are paired in order, and each pair is marked.
 */
export class PairsInOrder<Sent extends Item, Got extends ItemResult> implements LookalikePairs<
	Sent,
	Got
> {
	private readonly paired: Array<Pair<Sent, Got>> = [];
	private readonly left: Sent[] = [];

	constructor(
		readonly items: readonly Sent[],
		readonly results: readonly Got[],
	) {
		const paths = toldByAll(results, toldByAll(items, items[0]?.values.keys() ?? []));
		const keyOf = ({ values }: Item) => JSON.stringify([...pick(values, paths, tidied, false)]);
		const resultsBy = groupBy(results, keyOf);
		for (const [key, some] of groupBy(items, keyOf)) this.pairEach(some, resultsBy.get(key) ?? []);
	}

	get missing(): number {
		return this.left.length;
	}

	fillUp(results: readonly Got[]): void {
		this.pairEach(this.left.splice(0), results);
	}

	pairs(): Array<Pair<Sent, Got>> {
		return this.paired;
	}

	private pairEach(items: readonly Sent[], results: readonly Got[]): void {
		items.forEach((item, i) => {
			const result = results[i];
			if (result) this.paired.push({ item, result, ambiguous: true });
			else this.left.push(item);
		});
	}
}
