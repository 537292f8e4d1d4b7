import fc from 'fast-check';

import {
	flowOf,
	FlowNetwork,
} from '../../../../../nodes/Perculus/batch/match/lookalikes/flowNetwork';

type Connection = [from: number, to: number, capacity: number];

function networkOf(nodes: number, connections: readonly Connection[]) {
	const network = new FlowNetwork();
	for (let i = 0; i < nodes; i++) network.addNode();
	const edges = connections.map((connection) => network.addEdge(...connection));
	return { network, edges };
}

describe('a maximum flow', () => {
	it.each<[string, number, Connection[], number]>([
		[
			'one way',
			3,
			[
				[0, 1, 5],
				[1, 2, 3],
			],
			3,
		],
		[
			'two ways',
			4,
			[
				[0, 1, 2],
				[0, 2, 3],
				[1, 3, 4],
				[2, 3, 2],
			],
			4,
		],
		[
			'a first path that has to be taken back',
			4,
			[
				[0, 1, 1],
				[0, 2, 1],
				[1, 2, 1],
				[1, 3, 1],
				[2, 3, 1],
			],
			2,
		],
		[
			'the textbook’s own',
			6,
			[
				[0, 1, 16],
				[0, 2, 13],
				[1, 3, 12],
				[2, 1, 4],
				[3, 2, 9],
				[2, 4, 14],
				[4, 3, 7],
				[3, 5, 20],
				[4, 5, 4],
			],
			23,
		],
		[
			'no way',
			3,
			[
				[0, 1, 5],
				[2, 1, 3],
			],
			0,
		],
	])('of %s', (_, nodes, connections, expected) => {
		const { network } = networkOf(nodes, connections);
		expect(network.maximumFlow(0, nodes - 1)).toBe(expected);
		expect(network.maximumFlow(0, nodes - 1)).toBe(0);
	});

	const NODES = 6;
	const node = fc.nat(NODES - 1);
	const connections = fc.array(fc.tuple(node, node, fc.nat(4)), { maxLength: 14 });

	/** The least capacity that separates source and sink: as much as can flow, by the theorem. */
	function leastCut(all: readonly Connection[]): number {
		let least = Infinity;
		for (let side = 0; side < 2 ** NODES; side++) {
			const has = (one: number) => (side & (1 << one)) > 0;
			if (!has(0) || has(NODES - 1)) continue;
			const cut = all.filter(([from, to]) => has(from) && !has(to));
			least = Math.min(
				least,
				cut.reduce((sum, [, , capacity]) => sum + capacity, 0),
			);
		}
		return least;
	}

	it('is as much as the narrowest cut lets through, and nothing is lost on the way', () => {
		fc.assert(
			fc.property(connections, (all) => {
				const { network, edges } = networkOf(NODES, all);
				const total = network.maximumFlow(0, NODES - 1);
				expect(total).toBe(leastCut(all));
				const balance = new Array<number>(NODES).fill(0);
				all.forEach(([from, to, capacity], i) => {
					const flow = edges[i] ? flowOf(edges[i]) : 0;
					expect(flow).toBeGreaterThanOrEqual(0);
					expect(flow).toBeLessThanOrEqual(capacity);
					balance[from] = (balance[from] ?? 0) - flow;
					balance[to] = (balance[to] ?? 0) + flow;
				});
				expect(balance).toEqual([-total, 0, 0, 0, 0, total].map((one) => one || 0));
			}),
		);
	});

	it('has strongly connected components: nodes that reach each other in the residual network', () => {
		fc.assert(
			fc.property(connections, (all) => {
				const { network, edges } = networkOf(NODES, all);
				network.maximumFlow(0, NODES - 1);
				const reach = Array.from({ length: NODES }, (_, i) => new Set([i]));
				for (let round = 0; round < NODES; round++)
					all.forEach(([from, to], i) => {
						const edge = edges[i];
						if (!edge) return;
						for (const set of reach) {
							if (edge.residual > 0 && set.has(from)) set.add(to);
							if (edge.reverse.residual > 0 && set.has(to)) set.add(from);
						}
					});
				const components = network.stronglyConnectedComponents();
				for (let a = 0; a < NODES; a++)
					for (let b = 0; b < NODES; b++)
						expect([a, b, components[a] === components[b]]).toEqual([
							a,
							b,
							reach[a]?.has(b) && reach[b]?.has(a),
						]);
			}),
		);
	});
});
