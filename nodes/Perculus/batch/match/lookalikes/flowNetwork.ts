/** A directed edge of the residual network: what it can still carry, and the edge that takes its flow back. */
export interface Edge {
	to: number;
	residual: number;
	reverse: Edge;
}

/** What flows through an edge. */
export const flowOf = ({ reverse }: Edge): number => reverse.residual;

/** A flow network, kept as its residual network: finds a maximum flow, and what of it could as well go another way. */
export class FlowNetwork {
	private readonly edges: Edge[][] = [];

	addNode(): number {
		return this.edges.push([]) - 1;
	}

	addEdge(from: number, to: number, capacity: number): Edge {
		const edge = { to, residual: capacity } as Edge;
		edge.reverse = { to: from, residual: 0, reverse: edge };
		this.edges[from]?.push(edge);
		this.edges[to]?.push(edge.reverse);
		return edge;
	}

	/** Augments the flow to a maximum, and returns by how much (Dinic's algorithm). */
	maximumFlow(source: number, sink: number): number {
		let total = 0;
		for (;;) {
			const levels = this.levelGraph(source);
			if (levels[sink] === undefined) return total;
			const nextEdge = this.edges.map(() => 0);
			for (let amount = -1; amount !== 0; total += amount)
				amount = this.augment(source, sink, levels, nextEdge);
		}
	}

	/** Distances from the source in the residual network; undefined where nothing more can go. */
	private levelGraph(source: number): Array<number | undefined> {
		const levels: Array<number | undefined> = new Array(this.edges.length);
		levels[source] = 0;
		const queue = [source];
		for (const node of queue) {
			for (const { to, residual } of this.edges[node] ?? []) {
				if (residual === 0 || levels[to] !== undefined) continue;
				levels[to] = (levels[node] ?? 0) + 1;
				queue.push(to);
			}
		}
		return levels;
	}

	/** Augments along one shortest path. `nextEdge` remembers of each node which edges are dead ends. */
	private augment(
		source: number,
		sink: number,
		levels: ReadonlyArray<number | undefined>,
		nextEdge: number[],
	): number {
		const path: Edge[] = [];
		for (let node = source; node !== sink;) {
			const edge = this.edges[node]?.[nextEdge[node] ?? 0];
			if (edge && edge.residual > 0 && levels[edge.to] === (levels[node] ?? 0) + 1) {
				path.push(edge);
				node = edge.to;
				continue;
			}
			if (!edge) {
				const deadEnd = path.pop();
				if (!deadEnd) return 0;
				node = deadEnd.reverse.to;
			}
			nextEdge[node] = (nextEdge[node] ?? 0) + 1;
		}
		const amount = path.reduce((least, { residual }) => Math.min(least, residual), Infinity);
		for (const edge of path) {
			edge.residual -= amount;
			edge.reverse.residual += amount;
		}
		return amount;
	}

	/**
	 * Numbers the nodes by the strongly connected components of the residual network (Kosaraju's algorithm). Two nodes
	 * of one component lie on a cycle: the flow between them could as well go another way.
	 */
	stronglyConnectedComponents(): number[] {
		const finished = this.depthFirstOrder();
		const components: number[] = new Array(this.edges.length);
		for (const root of finished.reverse()) {
			if (components[root] !== undefined) continue;
			components[root] = root;
			const queue = [root];
			for (const node of queue) {
				for (const { to, reverse } of this.edges[node] ?? []) {
					if (reverse.residual === 0 || components[to] !== undefined) continue;
					components[to] = root;
					queue.push(to);
				}
			}
		}
		return components;
	}

	/** Nodes in the order in which a depth-first search is done with them. */
	private depthFirstOrder(): number[] {
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
				else if (edge.residual > 0 && !seen[edge.to]) stack.push(open(edge.to));
			}
		}
		return order;
	}
}
