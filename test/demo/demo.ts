// First: it prepares what n8n-core reads while it is loaded.
import { runWorkflow } from '../engine/harness/run';

import {
	type IConnections,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
// With its extension: tsx would take Perculus.node.json, which is beside it.
import { Perculus } from '../../nodes/Perculus/Perculus.node.js';
import { describe } from '../engine/harness/nodes';
import type { Execution, Workflow } from '../n8n/execution';
import { Cleanup, runScript } from '../n8n/script';
import { openAccount } from './account';
import { NODES } from './example';
import { showExample } from './result';

const parameter = (name: string, type: INodeProperties['type']): INodeProperties => ({
	displayName: name,
	name,
	type,
	default: type === 'string' ? '' : {},
});

/** The example's other nodes, as far as it uses them: n8n-nodes-base is 90 MB, and no dependency of this project. */
const STAND_INS: Record<string, INodeType> = {
	manualTrigger: {
		description: describe('manualTrigger', { inputs: [] }),
		execute: async () => [[{ json: {} }]],
	},
	code: {
		description: describe('code', { properties: [parameter('jsCode', 'string')] }),
		async execute(this: IExecuteFunctions) {
			const run = new Function(this.getNodeParameter('jsCode', 0) as string);
			return [(run() as IDataObject[]).map((json) => ({ json, pairedItem: { item: 0 } }))];
		},
	},
	set: {
		description: describe('set', {
			properties: [parameter('assignments', 'assignmentCollection')],
		}),
		async execute(this: IExecuteFunctions) {
			const assign = (item: number) => {
				const fields = this.getNodeParameter('assignments.assignments', item) as IDataObject[];
				return Object.fromEntries(fields.map(({ name, value }) => [String(name), value]));
			};
			return [this.getInputData().map((_, item) => ({ json: assign(item), pairedItem: { item } }))];
		},
	},
};

const cleanup = new Cleanup();

/** `npm run demo`: the example in n8n's engine, in this process; nothing is downloaded. */
async function main(): Promise<number> {
	console.log("\nPerculus in n8n's engine\n");
	const account = await openAccount(cleanup);
	const run = async ({ nodes, connections }: Workflow): Promise<Execution> => {
		const { status, data } = await runWorkflow({
			nodes: nodes as INode[],
			connections: connections as IConnections,
			types: { ...STAND_INS, perculus: new Perculus() },
			start: NODES.start,
			credential: { type: new PerculusApi(), data: account.credential },
		});
		return { id: '1', status, result: data.resultData };
	};
	return await showExample(account, { credential: { id: '1', name: 'Perculus account' }, run });
}

runScript(cleanup, main);
