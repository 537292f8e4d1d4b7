import { groupBy } from '../../../values/groupBy';
import { equals, pick, signatureOf, type Equal, type Form } from './equal';
import { flowOf, FlowNetwork, type Edge } from './flowNetwork';
import type { Item, ItemResult, LookalikePairs, Pair } from './lookalike';

const MIXED = Symbol('one of several outcomes');
type OutcomeKey = string | typeof MIXED;

/** Equal items, or equal results, as a node of the network. */
interface Kind<Member> extends Equal<Member> {
	node: number;
	/** From the source, or to the sink: carries how many of them are paired. */
	edge: Edge;
	/** Of results: what became of their items. */
	outcomeKey: OutcomeKey;
	/** Something of the other side fits it. */
	fits: boolean;
}

/** Kinds of items and of results each of which fits each: a node between them. */
interface Hub<Sent, Got> {
	node: number;
	items: Array<{ kind: Kind<Sent>; edge: Edge }>;
	results: Array<{ kind: Kind<Got>; edge: Edge }>;
}

/**
 * How often kinds may be compared (each is, once for each signature of the other side), and how many hubs that may
 * make: either takes half a second. Only hundreds of items of one name that differ in which fields they have at all
 * come to more.
 */
const MOST_COMPARISONS = 500_000;
const MOST_HUBS = 50_000;

/**
 * The largest number of items that have a result, in one way of comparing values. Kinds of items and kinds of results
 * are the nodes of a network, and what flows from one to the other are pairs (docs/lookalikes.md has it in pictures).
 */
export class Explanation<Sent extends Item, Got extends ItemResult> implements LookalikePairs<
	Sent,
	Got
> {
	private readonly network = new FlowNetwork();
	private readonly source = this.network.addNode();
	private readonly sink = this.network.addNode();
	private readonly hubs: Array<Hub<Sent, Got>> = [];
	private readonly itemKinds: ReadonlyArray<Kind<Sent>>;
	private readonly resultKinds: ReadonlyArray<Kind<Got>>;
	private paired = 0;

	/**
	 * Compares the values at some paths.
	 *
	 * @param isStrict where a result tells that it has no value, neither has its item
	 * @returns undefined where that would take too long
	 */
	static find<Sent extends Item, Got extends ItemResult>(
		items: readonly Sent[],
		results: readonly Got[],
		paths: ReadonlySet<string>,
		form: Form,
		isStrict: boolean,
	): Explanation<Sent, Got> | undefined {
		const equalItems = equals(items, ({ values }) => pick(values, paths, form, true));
		const equalResults = equals(
			results,
			({ values }) => pick(values, paths, form, isStrict),
			({ outcomeKey }) => outcomeKey,
		);
		const signatures = (kinds: ReadonlyArray<Equal<unknown>>) =>
			new Set(kinds.map(signatureOf)).size;
		const comparisons =
			equalItems.length * signatures(equalResults) + equalResults.length * signatures(equalItems);
		if (comparisons > MOST_COMPARISONS) return undefined;
		const explanation = new Explanation(items, results, equalItems, equalResults);
		return explanation.hubs.length > MOST_HUBS ? undefined : explanation;
	}

	private constructor(
		readonly items: readonly Sent[],
		readonly results: readonly Got[],
		equalItems: ReadonlyArray<Equal<Sent>>,
		equalResults: ReadonlyArray<Equal<Got>>,
	) {
		this.itemKinds = equalItems.map((kind) => this.addItems(kind));
		this.resultKinds = equalResults.map((kind) =>
			this.addResults(kind, kind.members[0]?.outcomeKey ?? ''),
		);
		this.connect();
		if (this.hubs.length <= MOST_HUBS) this.flow();
	}

	get missing(): number {
		return this.items.length - this.paired;
	}

	fillUp(results: readonly Got[], isMixed: boolean): void {
		const outcomeKey = isMixed ? MIXED : (results[0]?.outcomeKey ?? MIXED);
		const kind = this.addResults({ members: [...results], values: new Map() }, outcomeKey);
		this.addHub(this.itemKinds, [kind]);
		this.flow();
	}

	/** Where one result that fits nothing faces one item, the server has changed something that was sent. */
	eliminate(): void {
		if (this.missing !== 1 || this.results.length - this.paired !== 1) return;
		const unfit = this.resultKinds.filter(({ fits }) => !fits);
		if (unfit.length === 0) return;
		this.addHub(this.itemKinds, unfit);
		this.flow();
	}

	pairs(): Array<Pair<Sent, Got>> {
		const components = this.network.stronglyConnectedComponents();
		const outcomeKeys = this.outcomeKeysOf(components);
		const taken = new Map<Kind<Sent | Got>, number>();
		const take = <Member extends Sent | Got>(kind: Kind<Member>, edge: Edge) => {
			const from = taken.get(kind) ?? 0;
			taken.set(kind, from + flowOf(edge));
			return kind.members.slice(from, from + flowOf(edge)).map((member) => ({ member, kind }));
		};
		return this.hubs.flatMap((hub) => {
			const items = hub.items.flatMap(({ kind, edge }) => take(kind, edge));
			const results = hub.results.flatMap(({ kind, edge }) => take(kind, edge));
			return items.map(({ member: item, kind }, i): Pair<Sent, Got> => {
				const mayBeMissing = components[kind.node] === components[this.source];
				const ambiguous = mayBeMissing || outcomeKeys.get(kind) === MIXED;
				return { item, result: (results[i] as { member: Got }).member, ambiguous };
			});
		});
	}

	/** How the items of a kind may fare: as any result that the flow may as well bring them to. */
	private outcomeKeysOf(components: readonly number[]): Map<Kind<Sent>, OutcomeKey> {
		const outcomeKeys = new Map<Kind<Sent>, OutcomeKey>();
		const add = (kind: Kind<Sent>, outcomeKey: OutcomeKey) =>
			outcomeKeys.set(
				kind,
				(outcomeKeys.get(kind) ?? outcomeKey) === outcomeKey ? outcomeKey : MIXED,
			);
		for (const { node, items, results } of this.hubs) {
			const isNear = ({ kind }: { kind: Kind<Sent | Got> }) =>
				components[kind.node] === components[node];
			const near = new Set(results.filter(isNear).map(({ kind }) => kind.outcomeKey));
			const [outcomeKey] = near;
			if (outcomeKey === undefined) continue;
			for (const { kind } of items.filter(isNear)) add(kind, near.size > 1 ? MIXED : outcomeKey);
		}
		return outcomeKeys;
	}

	/** Connects what fits: whatever was sent and is echoed is equal. */
	private connect(): void {
		const resultGroups = [...groupBy(this.resultKinds, signatureOf).values()];
		for (const items of groupBy(this.itemKinds, signatureOf).values()) {
			for (const results of resultGroups) {
				const echoed = results[0]?.values;
				const shared = [...(items[0]?.values.keys() ?? [])].filter((path) => echoed?.has(path));
				const keyOf = ({ values }: Equal<unknown>) =>
					JSON.stringify(shared.map((path) => values.get(path)));
				const itemsBy = groupBy(items, keyOf);
				for (const [key, fitting] of groupBy(results, keyOf)) {
					const fitted = itemsBy.get(key);
					if (fitted) this.addHub(fitted, fitting);
					if (this.hubs.length > MOST_HUBS) return;
				}
			}
		}
	}

	private flow(): void {
		this.paired += this.network.maximumFlow(this.source, this.sink);
	}

	private addItems(kind: Equal<Sent>): Kind<Sent> {
		const node = this.network.addNode();
		const edge = this.network.addEdge(this.source, node, kind.members.length);
		return { ...kind, node, edge, outcomeKey: '', fits: false };
	}

	private addResults(kind: Equal<Got>, outcomeKey: OutcomeKey): Kind<Got> {
		const node = this.network.addNode();
		const edge = this.network.addEdge(node, this.sink, kind.members.length);
		return { ...kind, node, edge, outcomeKey, fits: false };
	}

	private addHub(items: ReadonlyArray<Kind<Sent>>, results: ReadonlyArray<Kind<Got>>): void {
		const node = this.network.addNode();
		for (const kind of [...items, ...results]) kind.fits = true;
		this.hubs.push({
			node,
			items: items.map((kind) => ({
				kind,
				edge: this.network.addEdge(kind.node, node, Infinity),
			})),
			results: results.map((kind) => ({
				kind,
				edge: this.network.addEdge(node, kind.node, Infinity),
			})),
		});
	}
}
