import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INodeParameters, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { oneCredential, type StoredCredential } from './credentials';
import { placed, typesOf } from './nodes';

const perculus = new Perculus();
export const nodeTypes = typesOf(() => perculus);

/** The context with which n8n's server calls a method of the node for a list in the editor. */
export function editorContext(
	parameters: INodeParameters = {},
	credential?: StoredCredential,
): LoadOptionsContext {
	const node = placed(parameters);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		currentNodeParameters: parameters,
		credentialsHelper: oneCredential(credential),
	} as unknown as IWorkflowExecuteAdditionalData;
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters');
}
