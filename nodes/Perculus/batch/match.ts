import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../transport/body';
import { groupBy, push } from '../values/collections';
import { isObject } from '../values/types';
import type { Comparer, Sent, Stated } from './comparer';

/** What to say about a pair: the result may be another item's, or it came back under another name. */
export type Mark = 'maybeOther' | { cameBackAs: string | null };

/** A result as an item gets it. */
export type Result = { mark?: Mark | undefined } & (
	| { kind: 'approved'; view: IDataObject }
	| { kind: 'rejected'; code: number | null; details: string[] }
);

export interface Matched {
	/** One for each item, in order; undefined where the response has none. */
	results: ReadonlyArray<Result | undefined>;
	/** Results that fit no item. */
	unmatched: Result[];
}

interface Item<D> extends Stated {
	draft: D;
	place: number;
	isOpen: boolean;
	result?: Result;
}

interface Returned extends Stated {
	result: Result;
	model: IDataObject;
	/** Neither paired nor known to be another item's. */
	isOpen: boolean;
}

type IsPossible<D> = (item: Item<D>, one: Returned) => boolean;
type Side<D> = Item<D> | Returned;
type Bucket<D> = [items: Array<Item<D>>, returned: Returned[]];

/** Past so many comparisons, and ten more for each item, a bucket is paired in order. */
const MOST_COMPARISONS = 40_000;

const isOpen = (side: { isOpen: boolean }) => side.isOpen;
const begins: IsPossible<unknown> = (item, one) => item.name.startsWith(one.name);
const isApproved = ({ result }: Returned) => result.kind === 'approved';
const isNameless = ({ name, matchKeys: keys }: Returned) => name === '' && keys.length === 0;
const fateOf = ({ result }: Returned) =>
	result.kind === 'approved' ? '' : JSON.stringify([result.code, result.details]);
const haveOneFate = (returned: readonly Returned[]) => new Set(returned.map(fateOf)).size === 1;

function pair<D>(item: Item<D>, one: Returned | undefined, mark?: Mark): void {
	if (!one) return;
	one.result.mark ??= mark;
	item.result = one.result;
	item.isOpen = one.isOpen = false;
}

function pairInOrder<D>([items, returned]: Bucket<D>, mark?: Mark): void {
	for (const [i, item] of items.entries()) pair(item, returned[i], mark);
}

function areIdentical<D extends Sent>(items: ReadonlyArray<Item<D>>): boolean {
	if (items.length < 2) return true;
	const first = JSON.stringify(items[0]?.draft.request);
	return items.every(({ draft }, i) => i === 0 || JSON.stringify(draft.request) === first);
}

/** None where it makes no difference which item gets which result. */
function markFor<D extends Sent>([items, returned]: Bucket<D>): Mark | undefined {
	const isSure = items.length === returned.length && haveOneFate(returned);
	return isSure && (!returned.some(isApproved) || areIdentical(items)) ? undefined : 'maybeOther';
}

/** Which results may be which items'. */
class Candidates<D extends Sent> {
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
function candidatesIn<D extends Sent>(
	[items, returned]: Bucket<D>,
	{ compare }: Comparer<D>,
	isPossible: IsPossible<D> = () => true,
	each = items,
): Candidates<D> | undefined {
	const drafts = items.map(({ draft }) => draft);
	const models = returned.map(({ model }) => model);
	const { sentStarts, returnedStarts, fits } = compare(drafts, models);
	const byStart = new Map<string, Array<Item<D>>>();
	for (const item of each) for (const start of sentStarts(item.draft)) push(byStart, start, item);
	const candidates = new Candidates<D>();
	let left = MOST_COMPARISONS + 10 * Math.max(items.length, returned.length);
	for (const one of returned) {
		const starts = returnedStarts(one.model);
		const some = starts ? new Set(starts.flatMap((start) => byStart.get(start) ?? [])) : each;
		for (const item of some) {
			if (left-- === 0) return undefined;
			if (isPossible(item, one) && fits(item.draft, one.model)) candidates.connect(item, one);
		}
	}
	return candidates;
}

function pairBucket<D extends Sent>(
	bucket: Bucket<D>,
	comparer: Comparer<D>,
	isPossible: IsPossible<D> = () => true,
): void {
	const [items, returned] = bucket;
	const [first] = items;
	if (!first || returned.length === 0) return;
	const isWhole = items.length === returned.length;
	// What fits one of identical items fits all.
	const each = areIdentical(items) ? [first] : items;
	const candidates = candidatesIn(bucket, comparer, isPossible, each);
	if (!candidates) return pairInOrder(bucket, 'maybeOther');
	if (each !== items) {
		const fitting = candidates.of(first) as Returned[];
		pairInOrder([items, fitting], markFor([items, fitting]));
		// The server may write starts in a way of its own.
		if (isWhole && fitting.length === 0 && returned.every((one) => isPossible(first, one)))
			pairInOrder(bucket, 'maybeOther');
	}
	candidates.pairForced(isWhole ? [...returned, ...items] : returned);
	for (const group of candidates.groups(items)) {
		const mark = markFor(group);
		for (const item of group[0]) pair(item, candidates.of(item)[0] as Returned | undefined, mark);
	}
	// One too many, or one that fits nothing: the others may not be what they seem either.
	const marked = returned.some(isOpen) ? items : [];
	for (const { result } of marked) if (result) result.mark ??= 'maybeOther';
}

function pairByKeys<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	const owners = new Map<string, Array<Item<D>>>();
	for (const item of items) for (const key of item.matchKeys) push(owners, key, item);
	const named = new Candidates<D>();
	const ofItems = returned.filter(({ matchKeys: keys }) => keys.some((key) => owners.has(key)));
	for (const one of ofItems)
		for (const item of new Set(one.matchKeys.flatMap((key) => owners.get(key) ?? [])))
			named.connect(item, one);
	for (const bucket of named.groups(items.filter(({ matchKeys: keys }) => keys.length > 0)))
		pairBucket(bucket, comparer);
	for (const one of ofItems) one.isOpen = false;
}

/** Servers cut long names, so names count up to the length of the longest approved one. */
function pairByNames<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	const approved = returned.filter(isApproved);
	const cut = approved.reduce((most, { name }) => Math.max(most, name.length), 0) || Infinity;
	const isNamed = (side: Side<D>) => side.isOpen && side.name !== '';
	const keyOf = ({ name }: Stated) => name.slice(0, cut).trimEnd();
	const byName = groupBy(returned.filter(isNamed), keyOf);
	for (const [name, bucket] of groupBy(items.filter(isNamed), keyOf))
		pairBucket([bucket, byName.get(name) ?? []], comparer, begins);
}

/** Pairs what came back under another name, if as many items as results are left. */
function pairRenamed<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	if (items.length !== returned.length) return;
	const usable = returned.filter((one) =>
		isApproved(one) ? one.matchKeys.length > 0 : !isNameless(one),
	);
	const candidates = candidatesIn([items, usable], comparer);
	candidates?.pairForced(usable, ({ name }) => ({ cameBackAs: name || null }));
}

function pairRest<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	const open = (): Bucket<D> => [items.filter(isOpen), returned.filter(isOpen)];
	pairRenamed(open(), comparer);
	const [left, unused] = open();
	const nameless = unused.filter(isNameless);
	if (items.length === returned.length && !returned.some(isApproved)) {
		pairInOrder([left, unused], 'maybeOther');
		// All were refused for one reason.
		if (haveOneFate(returned)) for (const { result } of returned) result.mark = undefined;
	} else if (left.length === nameless.length && !unused.some(isApproved)) {
		pairInOrder([left, nameless], 'maybeOther');
	}
}

/** Pairs results with items (docs/dev/matching.md): the API returns no index, and any order. Linear in the items. */
export function matchResults<D extends Sent>(
	drafts: readonly D[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	comparer: Comparer<D>,
): Matched {
	const items = drafts.map((draft, place): Item<D> =>
		Object.assign({ draft, place, isOpen: true }, comparer.sent(draft)),
	);
	const read = (result: Result, model: IDataObject): Returned =>
		Object.assign({ result, model, isOpen: true }, comparer.returned(model));
	const views = approved.map((entry) => (isObject(entry) ? (entry as IDataObject) : {}));
	const returned = [
		...views.map((view) => read({ kind: 'approved', view }, view)),
		...rejected.map(({ model, ...rest }) => read({ kind: 'rejected', ...rest }, model ?? {})),
	];
	const created = returned.filter((one) => isApproved(one) && one.created !== undefined);
	for (const [first, ...again] of groupBy(created, (one) => one.created ?? '').values()) {
		if (first && again.length > 0) first.result.mark = 'maybeOther';
		for (const one of again) one.isOpen = false;
	}
	pairByKeys([items, returned], comparer);
	pairByNames([items, returned], comparer);
	pairRest([items, returned], comparer);
	const results = items.map(({ result }) => result);
	const used = new Set(results);
	return {
		results,
		unmatched: returned.map(({ result }) => result).filter((one) => !used.has(one)),
	};
}
