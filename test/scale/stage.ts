import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { baseNode } from '../e2e/nodes';
import { chain, credentialFor, perculusNode } from '../e2e/stage';
import { type Cleanup, withProgress } from '../n8n/script';
import type { N8nClient } from '../n8n/client';
import { installN8n } from '../n8n/install';
import { type OwnProcess, freePort, startProcess, waitUntilReady } from '../n8n/process';
import { n8nEnvironment, setStage } from '../n8n/stage';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { DATABASE, type Services, startServices } from './services';

/** A worker of n8n's queue mode. */
export interface Worker extends OwnProcess {
	/** The executions it has begun so far, by its own log. */
	begun(): string[];
}

/** A published workflow with a webhook: Webhook, Split Out, Perculus. */
export interface Published {
	id: string;
	webhook: string;
}

/** n8n in queue mode with the packed package in it, and a local Perculus server. */
export interface QueueStage {
	client: N8nClient;
	perculus: PerculusServer;
	credential: { id: string; name: string };
	workers: Worker[];
	/** Publishes a workflow whose webhook takes rows; `parameters` go over those of the Perculus node. */
	publish(webhook: string, parameters?: Record<string, unknown>): Promise<Published>;
	/** All executions of a workflow, from the database: n8n's own list comes in pages. */
	executionsOf(workflow: { id: string }): Promise<Array<{ id: string; status: string }>>;
}

/** The names of the nodes whose output is read. */
export const NODES = { webhook: 'Webhook', perculus: 'Perculus' } as const;

/** Starts everything. The cleanup ends n8n before what it relies on. */
export async function setQueueStage(cleanup: Cleanup): Promise<QueueStage> {
	const services = await startServices(cleanup);
	const queue = queueEnvironment(services);
	const { n8n, client } = await setStage(cleanup, queue);
	const workers = await withProgress('Starting two workers', async () => {
		const start = async (name: string) =>
			await startWorker(name, path.dirname(n8n.logFile), queue, cleanup);
		return [await start('worker-1'), await start('worker-2')];
	});
	const perculus = await startPerculusServer();
	cleanup.add(async () => await perculus.stop());
	const keys = credentialFor(perculus);
	const credential = await client.createCredential('Perculus account', 'perculusApi', keys);
	const publish = async (webhook: string, parameters: Record<string, unknown> = {}) => {
		const node = perculusNode(credential);
		node.parameters = { ...node.parameters, ...parameters };
		const workflow = await client.createWorkflow(fromWebhook(webhook, node));
		await client.activateWorkflow(workflow);
		return { id: workflow.id, webhook: `${client.url}/webhook/${webhook}` };
	};
	const executionsOf = async ({ id: workflow }: { id: string }) => {
		const rows = await services.query(
			`select id, status from execution_entity where "workflowId" = '${workflow}' order by id`,
		);
		return rows.map(([id = '', status = '']) => ({ id, status }));
	};
	return { client, perculus, credential, workers, publish, executionsOf };
}

function fromWebhook(webhookPath: string, perculus: ReturnType<typeof perculusNode>) {
	const webhook = baseNode(NODES.webhook, 'webhook', 2, {
		httpMethod: 'POST',
		path: webhookPath,
		responseMode: 'lastNode',
		responseData: 'firstEntryJson',
		options: {},
	});
	const split = baseNode('Split Out', 'splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} });
	return chain(webhookPath, { ...webhook, webhookId: webhookPath }, split, perculus);
}

/** The same for n8n and all of its workers: with another key they can't read credentials. */
function queueEnvironment({ redisPort, postgresPort }: Services): NodeJS.ProcessEnv {
	return {
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: DATABASE,
		DB_POSTGRESDB_USER: DATABASE,
		DB_POSTGRESDB_PASSWORD: DATABASE,
	};
}

/** Starts a worker with its own ports, and waits until it takes jobs. */
async function startWorker(
	name: string,
	userFolder: string,
	queue: NodeJS.ProcessEnv,
	cleanup: Cleanup,
): Promise<Worker> {
	const n8n = await installN8n();
	const healthPort = await freePort();
	const logFile = path.join(userFolder, `${name}.log`);
	const env = {
		...(await n8nEnvironment(n8n, userFolder)),
		...queue,
		N8N_PORT: String(await freePort()),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(healthPort),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const worker = startProcess(
		{ name, command: n8n.node, args: [...n8n.args, 'worker'], cwd: userFolder, env, logFile },
		cleanup,
	);
	await waitUntilReady(worker, async () => {
		const health = `http://127.0.0.1:${healthPort}/healthz/readiness`;
		return (await fetch(health, { signal: AbortSignal.timeout(10_000) })).ok;
	});
	const begun = () =>
		[...readFileSync(logFile, 'utf8').matchAll(/Worker started execution (\d+)/g)].map(
			([, execution]) => execution ?? '',
		);
	return { ...worker, begun };
}
