import { loose } from '../../../values/tidy';
import { asItIs, differing, tidied, type Form } from './equal';
import { Explanation } from './explanation';
import { PairsInOrder } from './inOrder';
import type { Item, ItemResult, LookalikePairs } from './lookalike';

export type { LookalikePairs };

/** Ways to compare values, from the strictest; strict: also where one side tells that there is no value. */
const FORMS: ReadonlyArray<readonly [Form, boolean]> = [
	[asItIs, true],
	[tidied, false],
	[loose, false],
];

/**
 * Pairs items that look alike with their results, by everything that was sent and is echoed. What it takes for true
 * is what explains most: fewest items without a result, with as few changes by the server as that needs. Where
 * several such explanations are equally good, and an item comes out differently in them, its pair is marked.
 *
 * Linear in the number of items; where they differ in so many ways that this would take long, all that agree are
 * paired in order and marked.
 */
export function pairLookalikes<Sent extends Item, Got extends ItemResult>(
	items: readonly Sent[],
	results: readonly Got[],
): LookalikePairs<Sent, Got> {
	if (items.length === results.length) {
		// Each result is an item's then, and only that by which items differ tells which.
		const paths = differing(items);
		for (const [form, isStrict] of FORMS) {
			const explanation = Explanation.find(items, results, paths, form, isStrict);
			if (!explanation) return new PairsInOrder(items, results);
			if (explanation.missing === 0) return explanation;
		}
	}
	const paths = new Set(items.flatMap(({ values }) => [...values.keys()]));
	const explanation = Explanation.find(items, results, paths, tidied, false);
	if (!explanation) return new PairsInOrder(items, results);
	explanation.eliminate();
	return explanation;
}
