// First: it prepares what n8n-core reads while it is loaded.
import { runWorkflow } from '../engine/harness/run';

import {
	type IConnections,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
// With its extension: tsx would take Perculus.node.json, which is beside it.
import { Perculus } from '../../nodes/Perculus/Perculus.node.js';
import { describe, source } from '../engine/harness/nodes';
import type { Execution, Workflow } from '../n8n/execution';
import { Cleanup, runScript } from '../n8n/script';
import { openAccount } from './account';
import { NODES } from './example';
import { showExample } from './result';

/** n8n's Edit Fields, as far as the example uses it: n8n-nodes-base is 90 MB, and no dependency of this project. */
const editFields: INodeType = {
	description: describe('set', {
		properties: [{ displayName: 'Fields', name: 'assignments', type: 'json', default: {} }],
	}),
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData().map((_, item) => {
			const fields = this.getNodeParameter('assignments.assignments', item) as IDataObject[];
			const json = Object.fromEntries(fields.map(({ name, value }) => [String(name), value]));
			return { json, pairedItem: { item } };
		});
		return [items];
	},
};

const cleanup = new Cleanup();

/** `npm run demo`: the example in n8n's engine, in this process; nothing is downloaded. */
async function main(): Promise<number> {
	console.log("\nPerculus in n8n's engine\n");
	const account = await openAccount(cleanup);
	const run = async ({ nodes, connections }: Workflow): Promise<Execution> => {
		const code = nodes.find(({ name }) => name === NODES.rows)?.parameters.jsCode ?? 'return []';
		const rows = new Function(String(code))() as IDataObject[];
		const { status, data } = await runWorkflow({
			// A copy: the engine removes parameters that a type doesn't have.
			nodes: structuredClone(nodes) as INode[],
			connections: connections as IConnections,
			types: {
				manualTrigger: source([{ json: {} }]),
				code: source(rows.map((json) => ({ json, pairedItem: 0 }))),
				set: editFields,
				perculus: new Perculus(),
			},
			start: NODES.start,
			credential: { type: new PerculusApi(), data: account.credential },
		});
		return { id: '1', status, result: data.resultData };
	};
	return await showExample(account, { id: '1', name: 'Perculus account' }, run);
}

runScript(cleanup, main);
