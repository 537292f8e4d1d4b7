import type { IConnection, INode, INodeExecutionData, ITaskData } from 'n8n-workflow';

export type Item = INodeExecutionData;

/** A node of a workflow, with parameters of any shape. */
export type WorkflowNode = Omit<INode, 'parameters'> & { parameters: Record<string, unknown> };

export type Connection = IConnection;

/** The parts of n8n's workflow format that the demo and the tests write. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Connection[][]; ai_tool?: Connection[][] }>;
	settings: Record<string, unknown>;
	/** By the name of the node whose output they replace in manual runs. */
	pinData?: Record<string, object[]>;
}

/** The node of that name, to be read or filled in. */
export function nodeNamed({ nodes }: Workflow, name: string): WorkflowNode {
	const node = nodes.find((candidate) => candidate.name === name);
	if (!node) throw new Error(`The workflow has no node named "${name}".`);
	return node;
}

/** The data of an execution, as n8n stores it. */
export interface ResultData {
	runData: Record<string, ITaskData[] | undefined>;
	error?: { message: string; description?: string | null };
}

export interface Execution {
	id: string;
	status: string;
	result: ResultData;
}

/** The items of a node's output; the node must have run. */
export function outputOf({ result }: Execution, node: string, output = 0): Item[] {
	const run = result.runData[node]?.[0];
	if (run) return run.data?.main?.[output] ?? [];
	throw new Error(`"${node}" did not run: ${result.error?.message ?? 'no item reached it'}`);
}

/** The index of the one input item an item is linked to. */
export function linkedIndex({ pairedItem }: Item): number | undefined {
	const [link, another] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	if (another !== undefined) return undefined;
	return typeof link === 'object' ? link.item : link;
}
