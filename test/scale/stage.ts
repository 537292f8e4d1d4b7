import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Cleanup, withProgress } from '../n8n/script';
import { N8nClient } from '../n8n/client';
import { endCommands } from '../n8n/process';
import { installN8n } from '../n8n/install';
import { installPackage, OWNER, packPackage, type RunningN8n, startN8n } from '../n8n/stage';
import { DATABASE, type Postgres, startPostgres } from './postgres';
import { findPrograms } from './programs';
import { startRedis } from './redis';
import { type Worker, startWorker } from './worker';

/** n8n in queue mode with the packed package in it. */
export interface QueueStage {
	version: string;
	main: RunningN8n;
	client: N8nClient;
	workers: Worker[];
	/** Starts one more worker, as an operator's supervisor does for one that ended. */
	addWorker(): Promise<Worker>;
	/** n8n's database. */
	postgres: Postgres;
}

/**
 * Builds and packs the package and starts Redis, PostgreSQL, n8n and two workers, all in folders and
 * on ports of their own. The cleanup ends everything, n8n before what it relies on.
 */
export async function setQueueStage(cleanup: Cleanup): Promise<QueueStage> {
	const programs = await findPrograms();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-perculus-queue-'));
	cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	cleanup.add(endCommands);
	const tarball = await withProgress('Building the package', async () => await packPackage(folder));
	const n8n = await installN8n();
	// One user folder for all: what is installed in it is there for the workers, too.
	const userFolder = path.join(folder, 'user');
	await installPackage(tarball, userFolder);
	const { redisPort, postgres } = await withProgress('Starting Redis and PostgreSQL', async () => ({
		redisPort: await startRedis(programs, folder, cleanup),
		postgres: await startPostgres(programs, folder, cleanup),
	}));
	const queue = queueEnvironment(redisPort, postgres.port);
	const main = await withProgress(`Starting n8n ${n8n.version} in queue mode`, async () => {
		return await startN8n(n8n, userFolder, cleanup, queue);
	});
	const workers: Worker[] = [];
	const addWorker = async () => {
		const name = `worker ${workers.length + 1}`;
		const worker = await startWorker(name, n8n, userFolder, queue, cleanup);
		workers.push(worker);
		return worker;
	};
	await withProgress('Starting two workers', async () => {
		await addWorker();
		await addWorker();
	});
	const client = new N8nClient(main.url);
	await client.setUpOwner(OWNER);
	return { version: n8n.version, main, client, workers, addWorker, postgres };
}

/** The same for n8n and all of its workers: without the same key they could not read credentials. */
function queueEnvironment(redisPort: number, postgresPort: number): NodeJS.ProcessEnv {
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
		...workerSettings(),
	};
}

/** n8n's settings for the queue may be given from outside, to see what they do. */
function workerSettings(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => name.startsWith('QUEUE_WORKER_')),
	);
}
