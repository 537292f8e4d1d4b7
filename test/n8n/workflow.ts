/** The parts of n8n's workflow format that the demo and the tests write. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	notes?: string;
	disabled?: boolean;
}

export interface Connection {
	node: string;
	type: 'main' | 'ai_tool';
	index: number;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Connection[][]; ai_tool?: Connection[][] }>;
	settings: Record<string, unknown>;
	/** By the name of the node whose output they take the place of, in runs by hand. */
	pinData?: Record<string, object[]>;
}

/** The node of that name, to be read or filled in. */
export function nodeNamed(workflow: Workflow, name: string): WorkflowNode {
	const node = workflow.nodes.find((candidate) => candidate.name === name);
	if (!node) throw new Error(`The workflow has no node named "${name}".`);
	return node;
}
