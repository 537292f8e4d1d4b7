import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { Perculus } from '../../nodes/Perculus/Perculus.node';
import { OneCredential, type StoredCredential } from './credentials';

const perculus = new Perculus();

/** The node as it stands in a workflow. */
export const placed = (parameters: INodeParameters = {}): INode => ({
	id: '1',
	name: 'Perculus',
	type: 'perculus',
	typeVersion: 1,
	position: [0, 0],
	parameters,
	credentials: { perculusApi: { id: '1', name: 'Perculus API' } },
});

/** The types of an n8n that has this node alone. */
export const nodeTypes: INodeTypes = {
	getByName: () => perculus,
	getByNameAndVersion: () => perculus,
	getKnownTypes: () => ({}),
};

/**
 * What n8n's server calls a method of the node with, while the editor fills a list: the node alone, in a workflow
 * without settings.
 */
export function editorContext(
	parameters: INodeParameters = {},
	credential?: StoredCredential,
): LoadOptionsContext {
	const node = placed(parameters);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		currentNodeParameters: parameters,
		credentialsHelper: new OneCredential(credential),
	} as unknown as IWorkflowExecuteAdditionalData;
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters');
}
