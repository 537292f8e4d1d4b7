import { N8nClient } from '../n8n/client';
import { OWNER } from '../n8n/stage';
import { N8N_URL_VARIABLE } from '../n8n/suite';
import type { Connection, Workflow, WorkflowNode } from '../n8n/execution';
import { ACCESS_KEY, type PerculusServer, SECRET_KEY } from '../perculus-server';

/** The n8n that was started for the suite, logged in. */
export async function connect(): Promise<N8nClient> {
	const url = process.env[N8N_URL_VARIABLE];
	if (url === undefined)
		throw new Error('Run these tests with "npm run test:e2e" or "test:editor".');
	const client = new N8nClient(url);
	await client.logIn(OWNER);
	return client;
}

/** The data of a valid credential for a local Perculus server. */
export function credentialFor({ url }: Pick<PerculusServer, 'url'>): Record<string, string> {
	return { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
}

/** A Perculus node with automatic mapping. */
export function perculusNode(
	credential: { id: string; name: string },
	extra: Partial<WorkflowNode> = {},
): WorkflowNode {
	return {
		id: 'perculus',
		name: 'Perculus',
		type: 'n8n-nodes-perculus.perculus',
		typeVersion: 1,
		position: [440, 0],
		parameters: {
			resource: 'session',
			operation: 'upsert',
			fields: {
				mappingMode: 'autoMapInputData',
				value: null,
				matchingColumns: [],
				schema: [],
			},
			options: {},
		},
		credentials: { perculusApi: { id: credential.id, name: credential.name } },
		...extra,
	};
}

/** A workflow whose nodes follow one another. */
export function chain(name: string, ...nodes: WorkflowNode[]): Workflow {
	const connections: Workflow['connections'] = {};
	for (const [index, { name: source }] of nodes.entries()) {
		const next = nodes[index + 1];
		const to: Connection[] = next ? [{ node: next.name, type: 'main', index: 0 }] : [];
		if (next) connections[source] = { main: [to] };
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
