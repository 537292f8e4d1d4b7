import {
	NodeConnectionTypes,
	type ICredentialType,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { describe } from './nodes';

/** What a tiny node does with its items. `tries` counts from 1, over the tries of one run. */
export type TinyBehaviour = (
	this: IExecuteFunctions,
	items: INodeExecutionData[],
	tries: number,
) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

/** A node with the Perculus node's outputs and credential, and nothing else of it. */
export function tinyNode(behaviour: TinyBehaviour): INodeType {
	let tries = 0;
	return {
		description: describe('tiny', {
			displayName: 'Tiny',
			outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
			outputNames: ['Approved', 'Rejected'],
			credentials: [{ name: 'tinyApi' }],
			usableAsTool: true,
			properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
		}),
		async execute(this: IExecuteFunctions) {
			tries += 1;
			return await behaviour.call(this, this.getInputData(), tries);
		},
	};
}

/** A credential that signs with a generic object, the form most credentials have. */
export const tinyApi: ICredentialType = {
	name: 'tinyApi',
	displayName: 'Tiny API',
	properties: [{ displayName: 'Key', name: 'key', type: 'string', default: '' }],
	authenticate: {
		type: 'generic',
		properties: { headers: { authorization: '=Bearer {{$credentials.key}}' } },
	},
};
