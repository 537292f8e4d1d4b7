import type { N8nClient } from '../n8n/client';
import { outputOf, type WorkflowNode } from '../n8n/execution';
import { type PerculusServer, SAMPLE_STORED, startPerculusServer } from '../perculus-server';
import { chain, connect, credentialFor } from './stage';

const START: WorkflowNode = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe("The credential in n8n's HTTP Request node", () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let other: PerculusServer;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		n8n = await connect();
		[perculus, other] = await Promise.all([startPerculusServer(), startPerculusServer()]);
		perculus.preload({ ...SAMPLE_STORED, start_date: undefined });
		credential = await n8n.createCredential('HTTP', 'perculusApi', credentialFor(perculus));
	});

	afterEach(() => {
		perculus.faults.length = 0;
		perculus.requests.length = 0;
		other.requests.length = 0;
	});

	afterAll(async () => {
		await Promise.all([perculus.stop(), other.stop()]);
	});

	const search = async (origin: string) => {
		const request: WorkflowNode = {
			id: 'request',
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				method: 'POST',
				url: `${origin}/xapi/v2/session/search`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'perculusApi',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '{ "page_number": 1, "page_size": 10 }',
				options: {},
			},
			credentials: { perculusApi: credential },
		};
		const workflow = await n8n.createWorkflow(chain('HTTP Request', START, request));
		return await n8n.runWorkflow(workflow, 'Start');
	};

	it('the credential signs requests to its own domain', async () => {
		const execution = await search(perculus.url);
		expect(execution.result.error).toBeUndefined();
		const found = outputOf(execution, 'HTTP Request').map(({ json }) => json.session_guid);
		expect(found).toEqual([SAMPLE_STORED.session_guid]);
	});

	it('the credential refuses to sign requests to another domain', async () => {
		const execution = await search(other.url);
		expect(execution.result.error?.message).toContain(`only signs requests to ${perculus.url}.`);
		expect(other.requests).toEqual([]);
	});

	it('a redirect sends no request with the credential to another domain', async () => {
		perculus.fail({ status: 307, headers: { Location: `${other.url}/xapi/v2/session/search` } });
		await search(perculus.url);
		expect(perculus.requests).toHaveLength(1);
		expect(other.requests).toEqual([]);
	});
});
