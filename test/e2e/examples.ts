import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Execution, outputOf, type Workflow, type WorkflowNode } from '../n8n/execution';
import { emptyAccount } from './account';

const FOLDER = path.resolve(__dirname, '..', '..', 'docs', 'examples');

/** The file names of all examples. */
export const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

export function readExample(file: string): Workflow {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Workflow;
}

export const isPerculus = ({ type }: WorkflowNode) => type.startsWith('n8n-nodes-perculus.');

/** The `text` of each item of a node's output. */
export const textsOf = (execution: Execution, node: string) =>
	outputOf(execution, node).map(({ json }) => String(json.text));

/** n8n, and a Perculus account that is empty before each test; for a `describe` to call once. */
export function exampleStage() {
	const account = emptyAccount();

	/** Imports an example and chooses the credential, as a user has to do. */
	const imported = async (file: string, change: (workflow: Workflow) => void = () => undefined) => {
		const workflow = readExample(file);
		for (const node of workflow.nodes.filter(isPerculus)) {
			node.credentials = { perculusApi: account.credential };
		}
		change(workflow);
		return await account.n8n.createWorkflow(workflow);
	};

	/** Imports an example, runs it, and expects success. */
	const run = async (file: string, trigger: string, change?: (workflow: Workflow) => void) => {
		const execution = await account.n8n.runWorkflow(await imported(file, change), trigger);
		expect(execution.result.error).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	};

	return {
		get n8n() {
			return account.n8n;
		},
		get perculus() {
			return account.perculus;
		},
		imported,
		run,
	};
}
