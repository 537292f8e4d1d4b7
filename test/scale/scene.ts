import { credentialFor } from '../e2e/stage';
import type { Cleanup } from '../n8n/script';
import { type N8nClient, N8nError } from '../n8n/client';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { type CallItem, itemsOf } from './items';
import { type ReferencedItem, referencedItems } from './referenced';
import { errorWorkflow, webhookWorkflow } from './workflow';

/** A published webhook workflow with a Perculus account behind it. */
export interface Scene {
	perculus: PerculusServer;
	workflowId: string;
	/** The workflow that runs when an execution of it fails. */
	errorWorkflowId: string;
	webhook: string;
	/** The items of new calls, whose numbers were not used before; updates find their sessions. */
	prepareCalls(calls: number, itemsPerCall: number): CallItem[][];
	/** New calls that create sessions, with and without references. */
	prepareReferenced(calls: number): ReferencedItem[][];
}

const PATH = 'perculus-sessions';

/** Starts a local Perculus server, and publishes the workflow that uses it. */
export async function setScene(
	{ client }: { client: N8nClient },
	cleanup: Cleanup,
): Promise<Scene> {
	const perculus = await startPerculusServer();
	cleanup.add(async () => await perculus.stop());
	const data = credentialFor(perculus);
	const credential = await client.createCredential('Perculus account', 'perculusApi', data);
	const onError = await client.createWorkflow(errorWorkflow());
	await client.activateWorkflow(onError).catch((error: unknown) => {
		// n8n 1.x runs it as it is, and has nothing to publish.
		if (!(error instanceof N8nError)) throw error;
	});
	const workflow = await client.createWorkflow(webhookWorkflow(PATH, credential, onError.id));
	await client.activateWorkflow(workflow);
	let used = 0;
	return {
		perculus,
		workflowId: workflow.id,
		errorWorkflowId: onError.id,
		webhook: `${client.url}/webhook/${PATH}`,
		prepareCalls: (calls, itemsPerCall) => {
			const makeSession = () => perculus.preload({ name: 'To be changed' }).session_guid;
			return Array.from({ length: calls }, () => itemsOf(used++, makeSession, itemsPerCall));
		},
		prepareReferenced: (calls) => Array.from({ length: calls }, () => referencedItems(used++)),
	};
}
