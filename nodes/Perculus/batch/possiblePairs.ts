import type { IDataObject } from 'n8n-workflow';

import { push } from '../values/collections';

/** What to say about a pair: the result may be another item's, or it came back under another name. */
export type Mark = 'maybeOther' | { cameBackAs: string | null };

/** A result as an item gets it. */
export type Result = { mark?: Mark | undefined } & (
	| { kind: 'approved'; view: IDataObject }
	| { kind: 'rejected'; code: number | null; details: string[] }
);

export interface Item<D> extends Stated {
	draft: D;
	place: number;
	isOpen: boolean;
	result?: Result;
}

export interface Returned extends Stated {
	result: Result;
	model: IDataObject;
	/** Neither paired nor known to be another item's. */
	isOpen: boolean;
}

export type IsPossible<D> = (item: Item<D>, one: Returned) => boolean;

export type Side<D> = Item<D> | Returned;

export type Bucket<D> = [items: Array<Item<D>>, returned: Returned[]];

/** Past so many comparisons, and ten more for each item, a bucket is paired in order. */
const MOST_COMPARISONS = 40_000;

export const isOpen = (side: { isOpen: boolean }) => side.isOpen;

/** Gives an item its result; one that is marked already stays so. */
export function pair<D>(item: Item<D>, one: Returned | undefined, mark?: Mark): void {
	if (!one) return;
	one.result.mark ??= mark;
	item.result = one.result;
	item.isOpen = one.isOpen = false;
}

/** Which results may be which items'. */
export class PossiblePairs<D extends Sent> {
	private readonly near = new Map<Side<D>, Array<Side<D>>>();

	connect(item: Item<D>, one: Returned): void {
		push(this.near, item, one);
		push(this.near, one, item);
	}

	of = (side: Side<D>) => (this.near.get(side) ?? []).filter(isOpen);

	/** What is open and connected, group by group. */
	*groups(items: ReadonlyArray<Item<D>>): Generator<Bucket<D>> {
		const done = new Set<Side<D>>();
		for (const item of items) {
			if (done.has(item) || !item.isOpen) continue;
			const group = new Set<Side<D>>([item]);
			for (const side of group) for (const other of this.of(side)) group.add(other);
			for (const side of group) done.add(side);
			const some = [...group].filter((side): side is Item<D> => 'draft' in side);
			const returned = [...group].filter((side): side is Returned => 'model' in side);
			yield [some.sort((a, b) => a.place - b.place), returned];
		}
	}

	/** Pairs what has one candidate left, until nothing changes. */
	pairForced(sides: ReadonlyArray<Side<D>>, markOf?: (one: Returned) => Mark): void {
		const queue = [...sides];
		const allowed = new Set(sides);
		for (const side of queue) {
			const [other, ...more] = this.of(side);
			if (!side.isOpen || !other || more.length > 0) continue;
			const [item, one] = ('draft' in side ? [side, other] : [other, side]) as [Item<D>, Returned];
			const near = [...this.of(item), ...this.of(one)];
			pair(item, one, markOf?.(one));
			for (const next of near) if (allowed.has(next)) queue.push(next);
		}
	}
}

/** The possible pairs (of `each` item); undefined if they take too many comparisons. */
export function findPossiblePairs<D extends Sent>(
	[items, returned]: Bucket<D>,
	{ compare }: Comparer<D>,
	isPossible: IsPossible<D> = () => true,
	each = items,
): PossiblePairs<D> | undefined {
	const drafts = items.map(({ draft }) => draft);
	const models = returned.map(({ model }) => model);
	const { sentStarts, returnedStarts, fits } = compare(drafts, models);
	const byStart = new Map<string, Array<Item<D>>>();
	for (const item of each) for (const start of sentStarts(item.draft)) push(byStart, start, item);
	const pairs = new PossiblePairs<D>();
	let left = MOST_COMPARISONS + 10 * Math.max(items.length, returned.length);
	for (const one of returned) {
		const starts = returnedStarts(one.model);
		const some = starts ? new Set(starts.flatMap((start) => byStart.get(start) ?? [])) : each;
		for (const item of some) {
			if (left-- === 0) return undefined;
			if (isPossible(item, one) && fits(item.draft, one.model)) pairs.connect(item, one);
		}
	}
	return pairs;
}

/** What a draft, or the model of a result, states. */
export interface Stated {
	/** What names it without doubt, such as 'guid …'. */
	matchKeys: readonly string[];
	/** Tidied; '' for none. */
	name: string;
	/** Of a model: what only one item can get. */
	created?: string | undefined;
}

/** How the drafts and models of one bucket compare. */
export interface Comparison<D> {
	/** A pair needs one of these in common. */
	sentStarts(draft: D): readonly string[];
	/** Undefined where no start is stated, or starts don't count. */
	returnedStarts(model: IDataObject): readonly string[] | undefined;
	/** Whether all else that both sides state is equal. */
	fits(draft: D, model: IDataObject): boolean;
}

/** What matching needs of a draft. */
export interface Sent {
	request: IDataObject;
}

/** How a resource compares what was sent with what came back; a model is empty if a result has none. */
export interface Comparer<D extends Sent> {
	sent(draft: D): Stated;
	returned(model: IDataObject): Stated;
	compare(drafts: readonly D[], models: readonly IDataObject[]): Comparison<D>;
}
