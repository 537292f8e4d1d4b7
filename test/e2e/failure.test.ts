import { codeFor, sampleRows } from '../demo/example';
import { chosenAbilities } from '../n8n/suite';
import type { N8nClient } from '../n8n/client';
import { type Execution, linkedIndex, outputOf, type WorkflowNode } from '../n8n/execution';
import { SAMPLE_STORED_GUID, startPerculusServer } from '../perculus-server';
import { chain, connect, credentialFor, perculusNode } from './stage';

describe("A Perculus server that can't be reached from n8n", () => {
	let n8n: N8nClient;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		n8n = await connect();
		const perculus = await startPerculusServer();
		await perculus.stop();
		const data = credentialFor(perculus);
		credential = await n8n.createCredential('Perculus account', 'perculusApi', data);
	});

	const run = async (onError: WorkflowNode['onError']): Promise<Execution> => {
		const start: WorkflowNode = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const rows: WorkflowNode = {
			id: 'rows',
			name: 'Rows',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [220, 0],
			parameters: { jsCode: codeFor(sampleRows(SAMPLE_STORED_GUID)) },
		};
		const workflow = await n8n.createWorkflow(
			chain(`Server down, ${onError}`, start, rows, perculusNode(credential, { onError })),
		);
		return await n8n.runWorkflow(workflow, 'Start');
	};

	const linked = (execution: Execution, output: number) =>
		outputOf(execution, 'Perculus', output).map(linkedIndex);

	it("stops the workflow with the message that the node couldn't connect", async () => {
		const execution = await run('stopWorkflow');
		expect(execution.status).toBe('error');
		expect(execution.result.error?.message).toContain("Couldn't connect to your Perculus server");
	});

	it('sends all items to Rejected with "Continue"', async () => {
		const execution = await run('continueRegularOutput');
		expect(execution.status).toBe('success');
		expect(linked(execution, 0)).toEqual([]);
		expect(linked(execution, 1)).toEqual([0, 1, 2, 3]);
		for (const { json } of outputOf(execution, 'Perculus', 1)) {
			expect(json).toMatchObject({
				outcome: 'rejected',
				rejection: { source: 'request', reason: 'service_unavailable', retryable: true },
			});
		}
	});

	it('sends all items to the error output with "Continue (using error output)"', async () => {
		const execution = await run('continueErrorOutput');
		expect(execution.status).toBe('success');
		expect(linked(execution, 0)).toEqual([]);
		const [filled, empty] = chosenAbilities().errorOutputWithDetails ? [2, 1] : [1, 2];
		expect(linked(execution, empty)).toEqual([]);
		expect(linked(execution, filled)).toEqual([0, 1, 2, 3]);
		for (const { json } of outputOf(execution, 'Perculus', filled)) {
			expect(json.details).toMatchObject({ reason: 'service_unavailable', outcome: 'rejected' });
		}
	});
});
