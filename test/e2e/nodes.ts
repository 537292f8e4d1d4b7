import { randomUUID } from 'node:crypto';
import type { Connection, Workflow, WorkflowNode } from '../n8n/execution';

/** One of n8n's own nodes. */
export const baseNode = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
): WorkflowNode => ({
	id: randomUUID(),
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
});

export const start = () => baseNode('Start', 'manualTrigger', 1);

/** A Code node that gives these rows. */
export const rows = (list: object[], name = 'Rows') =>
	baseNode(name, 'code', 2, {
		jsCode: `return ${JSON.stringify(list)}.map((json) => ({ json }));`,
	});

/** Returns each item with only these fields. */
export const fields = (name: string, values: Record<string, string>) =>
	baseNode(name, 'set', 3.4, {
		assignments: {
			assignments: Object.entries(values).map(([field, value]) => ({
				id: field,
				name: field,
				type: 'string',
				value,
			})),
		},
		includeOtherFields: false,
		options: {},
	});

export const merge = () => baseNode('Merge', 'merge', 3.2);

/** The trigger of a sub-workflow. */
export const calledByAnother = () =>
	baseNode('Called', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });

/** Calls a sub-workflow, once with all items or once for each. */
export const call = (id: string, mode: 'once' | 'each', options: Record<string, unknown> = {}) =>
	baseNode('Call', 'executeWorkflow', 1.2, {
		source: 'database',
		workflowId: { __rl: true, mode: 'id', value: id },
		workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
		mode,
		options,
	});

/** A line from an output of a node to an input of another one. */
export type Line = [from: string, output: number, to: string, input?: number];

/** A workflow whose nodes are connected by these lines. */
export function connected(
	name: string,
	nodes: WorkflowNode[],
	lines: Line[],
	more: Partial<Workflow> = {},
): Workflow {
	const connections: Workflow['connections'] = {};
	for (const [from, output, node, index = 0] of lines) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		const line: Connection = { node, type: 'main', index };
		main[output]?.push(line);
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' }, ...more };
}
