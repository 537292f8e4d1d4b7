import { randomUUID } from 'node:crypto';
import type { Workflow, WorkflowNode } from '../n8n/execution';
import { chain } from '../e2e/stage';

/** A workflow with a trigger and rows, for further nodes. */
export function rowsWorkflow(
	name: string,
	rows: Array<Record<string, unknown>>,
	...more: WorkflowNode[]
): Workflow {
	const start: WorkflowNode = {
		id: randomUUID(),
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const list: WorkflowNode = {
		id: randomUUID(),
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [220, 0],
		parameters: { jsCode: `return ${JSON.stringify(rows, null, 2)};\n` },
	};
	const workflow = chain(name, start, list, ...more);
	return { ...workflow, settings: { ...workflow.settings, timezone: 'Europe/Istanbul' } };
}
