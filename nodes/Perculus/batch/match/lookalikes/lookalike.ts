import type { ComparableValues } from '../matchRules';

/** An item, by what was sent for it. */
export interface Item {
	readonly values: ComparableValues;
}

/** A result, by what it tells. */
export interface ItemResult {
	readonly values: ComparableValues;
	/** What became of the item; results with the same may be swapped without anyone noticing. */
	readonly outcomeKey: string;
}

/** An item with the result that is taken for its. */
export interface Pair<Sent extends Item, Got extends ItemResult> {
	item: Sent;
	result: Got;
	/** As far as sent and answered values tell, the item may have had another outcome. */
	ambiguous: boolean;
}

/** How items that look alike are paired with their results. */
export interface LookalikePairs<Sent extends Item, Got extends ItemResult> {
	readonly items: readonly Sent[];
	readonly results: readonly Got[];
	/** How many items have no result. */
	readonly missing: number;
	/** Gives results that tell nothing to the items that have none. Mixed: it might as well have been others. */
	fillUp(results: readonly Got[], isMixed: boolean): void;
	pairs(): Array<Pair<Sent, Got>>;
}
