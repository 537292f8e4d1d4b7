/** A connection from one node to another, with what it can still carry. `back` is the way back: what it carries. */
export interface Edge {
	to: number;
	left: number;
	back: Edge;
}

/** A flow network: finds how much can go from a source to a sink, and what of it could as well go another way. */
export class FlowNetwork {
	private readonly edges: Edge[][] = [];

	addNode(): number {
		return this.edges.push([]) - 1;
	}

	connect(from: number, to: number, capacity: number): Edge {
		const edge = { to, left: capacity } as Edge;
		edge.back = { to: from, left: 0, back: edge };
		this.edges[from]?.push(edge);
		this.edges[to]?.push(edge.back);
		return edge;
	}

	/** Sends as much more as possible, and returns how much that was (Dinic's algorithm). */
	fill(source: number, sink: number): number {
		let total = 0;
		for (;;) {
			const levels = this.levels(source);
			if (levels[sink] === undefined) return total;
			const next = this.edges.map(() => 0);
			for (let sent = -1; sent !== 0; total += sent) sent = this.push(source, sink, levels, next);
		}
	}

	/** Distances from the source; undefined where nothing more can go. */
	private levels(source: number): Array<number | undefined> {
		const levels: Array<number | undefined> = new Array(this.edges.length);
		levels[source] = 0;
		const queue = [source];
		for (const node of queue) {
			for (const { to, left } of this.edges[node] ?? []) {
				if (left === 0 || levels[to] !== undefined) continue;
				levels[to] = (levels[node] ?? 0) + 1;
				queue.push(to);
			}
		}
		return levels;
	}

	/** Sends along one shortest way. `next` remembers of each node which edges lead nowhere. */
	private push(
		source: number,
		sink: number,
		levels: ReadonlyArray<number | undefined>,
		next: number[],
	): number {
		const way: Edge[] = [];
		for (let node = source; node !== sink;) {
			const edge = this.edges[node]?.[next[node] ?? 0];
			if (edge && edge.left > 0 && levels[edge.to] === (levels[node] ?? 0) + 1) {
				way.push(edge);
				node = edge.to;
				continue;
			}
			if (!edge) {
				const wrong = way.pop();
				if (!wrong) return 0;
				node = wrong.back.to;
			}
			next[node] = (next[node] ?? 0) + 1;
		}
		const amount = way.reduce((least, { left }) => Math.min(least, left), Infinity);
		for (const edge of way) {
			edge.left -= amount;
			edge.back.left += amount;
		}
		return amount;
	}

	/**
	 * Numbers the nodes so that two have the same number when something can be sent round in a circle through both:
	 * the flow between them could as well go another way (strongly connected components, Kosaraju's algorithm).
	 */
	components(): number[] {
		const order: number[] = [];
		const seen = this.edges.map(() => false);
		const open = (node: number) => {
			seen[node] = true;
			return { node, next: 0 };
		};
		for (const root of this.edges.keys()) {
			const stack = seen[root] ? [] : [open(root)];
			for (let top = stack.at(-1); top; top = stack.at(-1)) {
				const edge = this.edges[top.node]?.[top.next++];
				if (!edge) order.push((stack.pop(), top.node));
				else if (edge.left > 0 && !seen[edge.to]) stack.push(open(edge.to));
			}
		}
		const components: number[] = new Array(this.edges.length);
		for (const root of order.reverse()) {
			if (components[root] !== undefined) continue;
			components[root] = root;
			const queue = [root];
			for (const node of queue) {
				for (const { to, back } of this.edges[node] ?? []) {
					if (back.left === 0 || components[to] !== undefined) continue;
					components[to] = root;
					queue.push(to);
				}
			}
		}
		return components;
	}
}
