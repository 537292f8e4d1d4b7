import { dayFrom } from '../demo/example';
import type { N8nClient } from '../n8n/client';
import { type Execution, linkedIndex, outputOf, type WorkflowNode } from '../n8n/execution';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { chain, connect, credentialFor, perculusNode } from './stage';

const FORM = 'perculus-e2e-form';

const formTrigger: WorkflowNode = {
	id: 'form',
	name: 'Form',
	type: 'n8n-nodes-base.formTrigger',
	typeVersion: 2.2,
	position: [0, 0],
	webhookId: FORM,
	parameters: {
		formTitle: 'Ask for a session',
		formFields: {
			values: [
				{ fieldLabel: 'Name' },
				{ fieldLabel: 'Start Date', fieldType: 'date' },
				{ fieldLabel: 'Start Time' },
				{ fieldLabel: 'Duration', fieldType: 'number' },
				{ fieldLabel: 'Time Zone' },
			],
		},
		options: {},
	},
};

describe('A form connected to the node in n8n', () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let workflowId: string;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		const data = credentialFor(perculus);
		const credential = await n8n.createCredential('Perculus account', 'perculusApi', data);
		const workflow = await n8n.createWorkflow(chain('Form', formTrigger, perculusNode(credential)));
		workflowId = workflow.id;
		await n8n.activateWorkflow(workflow);
	});

	afterAll(async () => {
		await perculus.stop();
	});

	const submit = async (...values: string[]): Promise<Execution> => {
		const seen = new Set((await n8n.executionsOf(workflowId)).map(({ id }) => id));
		const form = new FormData();
		for (const [index, value] of values.entries()) form.append(`field-${index}`, value);
		const response = await fetch(`${n8n.url}/form/${FORM}`, { method: 'POST', body: form });
		expect(response.status).toBe(200);
		const id = await n8n.until('the form started an execution', async () => {
			const executions = await n8n.executionsOf(workflowId);
			return executions.find((execution) => !seen.has(execution.id))?.id;
		});
		return await n8n.finishedExecution(id);
	};

	it('approves the session of a form that Perculus accepts', async () => {
		const day = dayFrom(new Date(), 30);
		const execution = await submit('Çevrim içi ders', day, '14:30', '90', 'Europe/Istanbul');
		expect(execution.status).toBe('success');
		const [approved, rejected] = [0, 1].map((output) => outputOf(execution, 'Perculus', output));
		expect(rejected).toEqual([]);
		expect(approved?.map(linkedIndex)).toEqual([0]);
		expect(approved?.[0]?.json).toMatchObject({
			outcome: 'created',
			name: 'Çevrim içi ders',
			start_date: `${day}T14:30:00+03:00`,
			duration: 90,
		});
	});

	it('rejects the session of a form that Perculus refuses', async () => {
		const execution = await submit('Too late', '2020-08-05', '14:30', '90', 'Europe/Istanbul');
		expect(execution.status).toBe('success');
		const [approved, rejected] = [0, 1].map((output) => outputOf(execution, 'Perculus', output));
		expect(approved).toEqual([]);
		expect(rejected?.map(linkedIndex)).toEqual([0]);
		expect(rejected?.[0]?.json).toMatchObject({
			outcome: 'rejected',
			session: { name: 'Too late' },
			rejection: { source: 'perculus', reason: 'validation_error', code: 12 },
		});
	});
});
