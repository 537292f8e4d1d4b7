import {
	alike,
	asItIs,
	differing,
	groupBy,
	MIXED,
	pick,
	tidied,
	type Alike,
	type OutcomeKey,
	type Form,
} from './equal';
import { loose, type ComparableValues } from '../../../resources/session/comparable';
import { FlowNetwork, type Edge } from './flowNetwork';

export { groupBy };

/** A session that was sent. */
export interface SentHalf {
	told: ComparableValues;
}

/** A result. Results with the same fate may be swapped without anyone noticing. */
export interface GotHalf {
	told: ComparableValues;
	outcomeKey: string;
}

export interface Pair<Sent extends SentHalf, Got extends GotHalf> {
	sent: Sent;
	got: Got;
	/** As far as sent and answered values tell, the item may have had another fate. */
	ambiguous: boolean;
}

/** Halves that look the same, as a node of the network. */
interface Kind<Half> extends Alike<Half> {
	node: number;
	/** From the source, or to the sink: carries how many of them are paired. */
	edge: Edge;
	/** Something of the other side fits it. */
	fits: boolean;
}

/** Kinds of items and of results each of which fits each: a node between them. */
interface Hub<Sent, Got> {
	node: number;
	sent: Array<{ kind: Kind<Sent>; edge: Edge }>;
	got: Array<{ kind: Kind<Got>; edge: Edge }>;
}

const flow = ({ back }: Edge) => back.left;

/**
 * Pairs sessions that look alike with their results, by everything that was sent and is echoed. What it takes for
 * true is what explains most: fewest items without a result, with as few changes by the server as that needs. Where
 * several such explanations are equally good, and an item fares differently in them, its pair is marked.
 *
 * Kinds of items and kinds of results are the nodes of a network; what flows from one to the other are pairs. Linear
 * in the number of items: items that look the same are one node, and few fields are left out by some items only.
 */
export class Lookalikes<Sent extends SentHalf, Got extends GotHalf> {
	private network = new FlowNetwork();
	private source = 0;
	private sink = 0;
	private sentKinds: Array<Kind<Sent>> = [];
	private gotKinds: Array<Kind<Got>> = [];
	private hubs: Array<Hub<Sent, Got>> = [];
	private paired = 0;

	constructor(
		readonly sent: readonly Sent[],
		private readonly got: readonly Got[],
	) {
		if (sent.length === got.length) {
			// Each result is an item's then, and only that by which items differ tells which.
			const paths = differing(sent);
			for (const [form, isStrict] of [
				[asItIs, true],
				[tidied, false],
				[loose, false],
			] as const) {
				this.explain(paths, form, isStrict);
				if (this.missing === 0) return;
			}
		}
		const paths = new Set(sent.flatMap(({ told }) => [...told.keys()]));
		this.explain(paths, tidied, false);
		this.eliminate();
	}

	/** How many items have no result. */
	get missing(): number {
		return this.sent.length - this.paired;
	}

	/** Gives results that tell nothing to the items that have none. Mixed: it might as well have been others. */
	fillUp(got: readonly Got[], isMixed: boolean): void {
		const outcomeKey = isMixed ? MIXED : got[0]?.outcomeKey;
		const kind: Alike<Got> = { halves: [...got], values: new Map(), outcomeKey };
		this.addHub(this.sentKinds, [this.addKind(kind, false)]);
		this.fill();
	}

	pairs(): Array<Pair<Sent, Got>> {
		const components = this.network.components();
		const outcomeKeys = this.outcomeKeysOf(components);
		const taken = new Map<Kind<Sent | Got>, number>();
		const take = <Half extends Sent | Got>(kind: Kind<Half>, edge: Edge) => {
			const from = taken.get(kind) ?? 0;
			taken.set(kind, from + flow(edge));
			return kind.halves.slice(from, from + flow(edge)).map((half) => ({ half, kind }));
		};
		return this.hubs.flatMap((hub) => {
			const sent = hub.sent.flatMap(({ kind, edge }) => take(kind, edge));
			const got = hub.got.flatMap(({ kind, edge }) => take(kind, edge));
			return sent.map(({ half, kind }, i): Pair<Sent, Got> => {
				const mayBeMissing = components[kind.node] === components[this.source];
				const ambiguous = mayBeMissing || outcomeKeys.get(kind) === MIXED;
				return { sent: half, got: (got[i] as { half: Got }).half, ambiguous };
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
		for (const { node, sent, got } of this.hubs) {
			const isNear = ({ kind }: { kind: Kind<Sent | Got> }) =>
				components[kind.node] === components[node];
			const near = new Set(got.filter(isNear).map(({ kind }) => kind.outcomeKey));
			const [outcomeKey] = near;
			if (outcomeKey === undefined) continue;
			for (const { kind } of sent.filter(isNear)) add(kind, near.size > 1 ? MIXED : outcomeKey);
		}
		return outcomeKeys;
	}

	/** Pairs as many as agree in these fields. Strict: also where one side tells that there is no value. */
	private explain(paths: ReadonlySet<string>, form: Form, isStrict: boolean): void {
		this.network = new FlowNetwork();
		this.source = this.network.addNode();
		this.sink = this.network.addNode();
		this.hubs = [];
		this.paired = 0;
		this.sentKinds = alike(this.sent, ({ told }) => pick(told, paths, form, true)).map((kind) =>
			this.addKind(kind, true),
		);
		this.gotKinds = alike(
			this.got,
			({ told }) => pick(told, paths, form, isStrict),
			({ outcomeKey }) => outcomeKey,
		).map((kind) => this.addKind(kind, false));
		this.connect();
		this.fill();
	}

	/** Connects what fits: whatever was sent and is echoed is equal. */
	private connect(): void {
		const bySignature = <Half>(kinds: Array<Kind<Half>>) =>
			groupBy(kinds, ({ values }) => JSON.stringify([...values.keys()])).values();
		const gotGroups = [...bySignature(this.gotKinds)];
		for (const sentGroup of bySignature(this.sentKinds)) {
			for (const gotGroup of gotGroups) {
				const echoed = gotGroup[0]?.values;
				const shared = [...(sentGroup[0]?.values.keys() ?? [])].filter((path) => echoed?.has(path));
				const keyOf = ({ values }: Kind<Sent | Got>) =>
					JSON.stringify(shared.map((path) => values.get(path)));
				const sentBy = groupBy(sentGroup, keyOf);
				for (const [key, got] of groupBy(gotGroup, keyOf)) {
					const sent = sentBy.get(key);
					if (sent) this.addHub(sent, got);
				}
			}
		}
	}

	/** Where one result that fits nothing faces one item, the server has changed something that was sent. */
	private eliminate(): void {
		if (this.missing !== 1 || this.got.length - this.paired !== 1) return;
		const unfit = this.gotKinds.filter(({ fits }) => !fits);
		if (unfit.length === 0) return;
		this.addHub(this.sentKinds, unfit);
		this.fill();
	}

	private fill(): void {
		this.paired += this.network.fill(this.source, this.sink);
	}

	private addKind<Half>(kind: Alike<Half>, isSent: boolean): Kind<Half> {
		const node = this.network.addNode();
		const count = kind.halves.length;
		const edge = isSent
			? this.network.connect(this.source, node, count)
			: this.network.connect(node, this.sink, count);
		return { ...kind, node, edge, fits: false };
	}

	private addHub(sent: ReadonlyArray<Kind<Sent>>, got: ReadonlyArray<Kind<Got>>): void {
		const node = this.network.addNode();
		for (const kind of [...sent, ...got]) kind.fits = true;
		this.hubs.push({
			node,
			sent: sent.map((kind) => ({ kind, edge: this.network.connect(kind.node, node, Infinity) })),
			got: got.map((kind) => ({ kind, edge: this.network.connect(node, kind.node, Infinity) })),
		});
	}
}
