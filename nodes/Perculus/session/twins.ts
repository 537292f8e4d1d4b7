import { tidy, type Likeness } from './echo';

/** Something with a likeness that waits for its other half. */
export interface Half {
	likeness: Likeness;
}

export interface Pair<Sent extends Half, Got extends Half> {
	sent: Sent;
	got: Got;
	/** It could as well be another pair of the same group. */
	ambiguous: boolean;
}

/** Results with the same candidates. */
interface Claim<Sent extends Half, Got extends Half> {
	got: Got[];
	buckets: Array<Bucket<Sent>>;
}

/** Sent sessions that look the same to a result. */
class Bucket<Sent extends Half> {
	constructor(
		readonly id: number,
		private readonly all: Sent[],
		private readonly taken: Set<Sent>,
	) {}

	free(): Sent[] {
		return this.all.filter((sent) => !this.taken.has(sent));
	}
}

const same = (value: string) => value;

/**
 * Pairs sessions that agree in name, start and duration by everything else that was sent and is echoed: as it is,
 * then tidied, then by elimination. What stays indistinguishable is paired in order, and marked unless all of it
 * shares one fate.
 *
 * @param fateOf results with the same fate may be swapped without anyone noticing
 */
export function pairTwins<Sent extends Half, Got extends Half>(
	sent: readonly Sent[],
	got: readonly Got[],
	fateOf: (got: Got) => string,
): Array<Pair<Sent, Got>> {
	const [onlySent, onlyGot] = [sent[0], got[0]];
	if (sent.length === 1 && got.length === 1 && onlySent && onlyGot) {
		return [{ sent: onlySent, got: onlyGot, ambiguous: false }];
	}
	const pairs: Array<Pair<Sent, Got>> = [];
	let [sentLeft, gotLeft] = [[...sent], [...got]];
	const take = (found: Array<Pair<Sent, Got>>) => {
		const used = new Set<Half>(found.flatMap((pair) => [pair.sent, pair.got]));
		sentLeft = sentLeft.filter((half) => !used.has(half));
		gotLeft = gotLeft.filter((half) => !used.has(half));
		pairs.push(...found);
	};
	for (const form of [same, tidy]) take(pairByValues(sentLeft, gotLeft, form, fateOf));
	if (sentLeft.length === gotLeft.length) {
		// Something they sent was changed by the server. One facing one is certain; more can only be put in order.
		const certain = sentLeft.length === 1;
		take(gotLeft.map((half, i) => ({ sent: sentLeft[i] as Sent, got: half, ambiguous: !certain })));
	}
	return pairs;
}

function pairByValues<Sent extends Half, Got extends Half>(
	sent: readonly Sent[],
	got: readonly Got[],
	form: (value: string) => string,
	fateOf: (got: Got) => string,
): Array<Pair<Sent, Got>> {
	const taken = new Set<Sent>();
	const open = claimsOf(sent, got, form, taken);
	const pairs: Array<Pair<Sent, Got>> = [];
	const settle = (claim: Claim<Sent, Got>, free: Sent[], ambiguous: boolean) => {
		open.delete(claim);
		claim.got.forEach((half, i) => {
			const match = free[i] as Sent;
			taken.add(match);
			pairs.push({ sent: match, got: half, ambiguous });
		});
	};
	const oneFate = (claims: Iterable<Claim<Sent, Got>>) =>
		new Set([...claims].flatMap(({ got: halves }) => halves.map(fateOf))).size < 2;

	// Claims that just fit their candidates are certain, and leave fewer candidates to the others.
	for (let moved = true; moved;) {
		moved = false;
		for (const claim of open) {
			const free = claim.buckets.flatMap((bucket) => bucket.free());
			if (free.length !== claim.got.length) continue;
			settle(claim, free, !oneFate([claim]));
			moved = true;
		}
	}
	// More candidates than results: some have no result, or several claims share them, and which is which cannot be told.
	const ambiguous = !oneFate(open) || sent.length !== got.length;
	for (const claim of open) {
		const free = claim.buckets.flatMap((bucket) => bucket.free());
		if (free.length > claim.got.length) settle(claim, free, ambiguous);
	}
	return pairs;
}

/** Groups results by their candidates: sent sessions whose every sent value that is echoed agrees. */
function claimsOf<Sent extends Half, Got extends Half>(
	sent: readonly Sent[],
	got: readonly Got[],
	form: (value: string) => string,
	taken: Set<Sent>,
): Set<Claim<Sent, Got>> {
	const bySignature = groupBy(sent, ({ likeness }) =>
		[...likeness.values.keys()].sort().join('\n'),
	);
	const indexes = new Map<string, Map<string, Bucket<Sent>>>();
	let buckets = 0;
	const indexOf = (signature: string, halves: Sent[], shared: string[]) => {
		const name = `${signature}\0${shared.join('\n')}`;
		let index = indexes.get(name);
		if (!index) {
			index = new Map();
			for (const [key, alike] of groupBy(halves, ({ likeness }) => keyOf(likeness, shared, form))) {
				index.set(key, new Bucket(buckets++, alike, taken));
			}
			indexes.set(name, index);
		}
		return index;
	};

	const claims = new Map<string, Claim<Sent, Got>>();
	for (const half of got) {
		const found: Array<Bucket<Sent>> = [];
		for (const [signature, halves] of bySignature) {
			const shared = signature.split('\n').filter((path) => half.likeness.values.has(path));
			const bucket = indexOf(signature, halves, shared).get(keyOf(half.likeness, shared, form));
			if (bucket) found.push(bucket);
		}
		if (found.length === 0) continue;
		const id = found.map((bucket) => bucket.id).join();
		const claim = claims.get(id);
		if (claim) claim.got.push(half);
		else claims.set(id, { got: [half], buckets: found });
	}
	return new Set(claims.values());
}

function keyOf(
	{ values }: Likeness,
	paths: readonly string[],
	form: (value: string) => string,
): string {
	return paths.map((path) => form(values.get(path) ?? '')).join('\0');
}

/** Groups in order of first appearance. */
export function groupBy<T>(list: Iterable<T>, keyOf: (entry: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const entry of list) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return groups;
}
