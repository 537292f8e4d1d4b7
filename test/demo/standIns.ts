import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

import { describe } from '../engine/harness/nodes';

/** n8n's Manual Trigger, as far as the example uses it. */
const manualTrigger: INodeType = {
	description: describe('manualTrigger', { inputs: [] }),
	async execute() {
		return [[{ json: {} }]];
	},
};

/** n8n's Code node: returns what the code returns. */
const code: INodeType = {
	description: describe('code', {
		properties: [{ displayName: 'Code', name: 'jsCode', type: 'string', default: '' }],
	}),
	async execute(this: IExecuteFunctions) {
		const run = new Function(this.getNodeParameter('jsCode', 0) as string);
		return [(run() as IDataObject[]).map((json) => ({ json, pairedItem: { item: 0 } }))];
	},
};

/** n8n's Edit Fields (Set): an item with the assigned fields, their expressions evaluated by n8n's engine. */
const set: INodeType = {
	description: describe('set', {
		properties: [
			{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
		],
		outputs: [NodeConnectionTypes.Main],
	}),
	async execute(this: IExecuteFunctions) {
		return [
			this.getInputData().map((_, item) => {
				const assigned = this.getNodeParameter('assignments.assignments', item) as IDataObject[];
				const json = Object.fromEntries(assigned.map(({ name, value }) => [String(name), value]));
				return { json: json as IDataObject, pairedItem: { item } };
			}),
		];
	},
};

/** What n8n-nodes-base has for the example, which this project doesn't depend on: 90 MB for three nodes. */
export const STAND_INS: Record<string, INodeType> = { manualTrigger, code, set };
