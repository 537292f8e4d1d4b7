import type { Workflow, WorkflowNode } from '../n8n/execution';
import { chain, perculusNode } from '../e2e/stage';

/** The names of the nodes whose output is read. */
export const NODES = { webhook: 'Webhook', perculus: 'Perculus' } as const;

/** A webhook that takes a list of sessions: webhook, Split Out, Perculus. */
export function webhookWorkflow(
	path: string,
	credential: { id: string; name: string },
	errorWorkflow: string,
): Workflow {
	const workflow = fromWebhook('Sessions from a webhook', path, perculusNode(credential));
	return { ...workflow, settings: { ...workflow.settings, errorWorkflow } };
}

/** A webhook that takes a class list: everyone becomes an attendee of the session with that reference. */
export function classListWorkflow(
	path: string,
	credential: { id: string; name: string },
): Workflow {
	const { parameters, ...node } = perculusNode(credential);
	const session = { __rl: true, mode: 'reference', value: '={{ $json.Course }}' };
	return fromWebhook('Class list from a webhook', path, {
		...node,
		parameters: { ...parameters, resource: 'attendee', session },
	});
}

function fromWebhook(name: string, path: string, perculus: WorkflowNode): Workflow {
	const webhook: WorkflowNode = {
		id: 'webhook',
		name: NODES.webhook,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: path,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'firstEntryJson',
			options: {},
		},
	};
	const splitOut: WorkflowNode = {
		id: 'split',
		name: 'Split Out',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [220, 0],
		parameters: { fieldToSplitOut: 'body.rows', options: {} },
	};
	return chain(name, webhook, splitOut, perculus);
}

/** What n8n runs when an execution fails. */
export function errorWorkflow(): Workflow {
	const trigger: WorkflowNode = {
		id: 'error',
		name: 'Error Trigger',
		type: 'n8n-nodes-base.errorTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const note: WorkflowNode = {
		id: 'note',
		name: 'Tell somebody',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [220, 0],
		parameters: {},
	};
	return chain('When something fails', trigger, note);
}
