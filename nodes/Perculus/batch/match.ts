import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../transport/body';
import { groupBy, isObject, push } from '../values/collections';
import {
	type Bucket,
	PossiblePairs,
	findPossiblePairs,
	type Comparer,
	isOpen,
	type IsPossible,
	type Item,
	type Mark,
	pair,
	type Result,
	type Returned,
	type Sent,
	type Side,
	type Stated,
} from './possiblePairs';

export interface Matched {
	/** One for each item, in order; undefined where the response has none. */
	results: ReadonlyArray<Result | undefined>;
	/** Results that fit no item. */
	unmatched: Result[];
}

const begins: IsPossible<unknown> = (item, one) => item.name.startsWith(one.name);
const isApproved = ({ result }: Returned) => result.kind === 'approved';
const isNameless = ({ name, matchKeys: keys }: Returned) => name === '' && keys.length === 0;
const fateOf = ({ result }: Returned) =>
	result.kind === 'approved' ? '' : JSON.stringify([result.code, result.details]);
const haveOneFate = (returned: readonly Returned[]) => new Set(returned.map(fateOf)).size === 1;

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

/** One item and one result, as most buckets have: they belong together, marked if what they state differs. */
function pairOnly<D extends Sent>(
	item: Item<D>,
	one: Returned | undefined,
	{ compare }: Comparer<D>,
	isPossible: IsPossible<D>,
): void {
	if (!one || !isPossible(item, one)) return;
	const { sentStarts, returnedStarts, fits } = compare([item.draft], [one.model]);
	const starts = returnedStarts(one.model);
	const isSame = !starts || sentStarts(item.draft).some((start) => starts.includes(start));
	pair(item, one, isSame && fits(item.draft, one.model) ? undefined : 'maybeOther');
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
	if (isWhole && items.length === 1) return pairOnly(first, returned[0], comparer, isPossible);
	// What fits one of identical items fits all.
	const each = areIdentical(items) ? [first] : items;
	const possible = findPossiblePairs(bucket, comparer, isPossible, each);
	if (!possible) return pairInOrder(bucket, 'maybeOther');
	if (each !== items) {
		const fitting = possible.of(first) as Returned[];
		pairInOrder([items, fitting], markFor([items, fitting]));
		// The server may write starts in a way of its own.
		if (isWhole && fitting.length === 0 && returned.every((one) => isPossible(first, one)))
			pairInOrder(bucket, 'maybeOther');
	}
	possible.pairForced(isWhole ? [...returned, ...items] : returned);
	for (const group of possible.groups(items)) {
		const mark = markFor(group);
		for (const item of group[0]) pair(item, possible.of(item)[0] as Returned | undefined, mark);
	}
	// One too many, or one that fits nothing: the others may not be what they seem either.
	const marked = returned.some(isOpen) ? items : [];
	for (const { result } of marked) if (result) result.mark ??= 'maybeOther';
}

function pairByKeys<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	const owners = new Map<string, Array<Item<D>>>();
	for (const item of items) for (const key of item.matchKeys) push(owners, key, item);
	const named = new PossiblePairs<D>();
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
	const cutName = ({ name }: Stated) => name.slice(0, cut).trimEnd();
	const byName = groupBy(returned.filter(isNamed), cutName);
	for (const [name, bucket] of groupBy(items.filter(isNamed), cutName))
		pairBucket([bucket, byName.get(name) ?? []], comparer, begins);
}

/** Pairs what came back under another name, if as many items as results are left. */
function pairRenamed<D extends Sent>([items, returned]: Bucket<D>, comparer: Comparer<D>): void {
	if (items.length !== returned.length) return;
	const usable = returned.filter((one) =>
		isApproved(one) ? one.matchKeys.length > 0 : !isNameless(one),
	);
	const possible = findPossiblePairs([items, usable], comparer);
	possible?.pairForced(usable, ({ name }) => ({ cameBackAs: name || null }));
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
	const items = drafts.map((draft, place): Item<D> => ({
		draft,
		place,
		isOpen: true,
		...comparer.sent(draft),
	}));
	const read = (result: Result, model: IDataObject): Returned => ({
		result,
		model,
		isOpen: true,
		...comparer.returned(model),
	});
	const views = approved.map((entry) => (isObject(entry) ? (entry as IDataObject) : {}));
	const returned = [
		...views.map((view) => read({ kind: 'approved', view }, view)),
		...rejected.map(({ model, ...rest }) => read({ kind: 'rejected', ...rest }, model ?? {})),
	];
	const firsts = new Map<string, Returned>();
	for (const one of returned) {
		const guid = isApproved(one) ? one.created : undefined;
		if (guid === undefined) continue;
		const first = firsts.get(guid);
		if (first) {
			first.result.mark = 'maybeOther';
			one.isOpen = false;
		} else firsts.set(guid, one);
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
