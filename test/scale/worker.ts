import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cleanup } from '../n8n/script';
import type { InstalledN8n } from '../n8n/install';
import { freePort, type OwnProcess, startProcess, waitUntilReady } from '../n8n/process';
import { n8nEnvironment } from '../n8n/stage';

/** A worker of n8n's queue mode. */
export interface Worker extends OwnProcess {
	/** The executions it has begun so far, by its own log. */
	begun(): string[];
}

const BEGUN = /Worker started execution (\d+)/g;

/** Starts a worker with its own ports, and waits until it takes jobs. */
export async function startWorker(
	name: string,
	n8n: InstalledN8n,
	userFolder: string,
	queue: NodeJS.ProcessEnv,
	cleanup: Cleanup,
): Promise<Worker> {
	const healthPort = await freePort();
	const logFile = path.join(userFolder, `${name.replace(' ', '-')}.log`);
	const worker = startProcess(
		{
			name,
			node: n8n.node,
			args: [n8n.script, 'worker'],
			cwd: userFolder,
			env: {
				...(await n8nEnvironment(n8n, userFolder)),
				...queue,
				N8N_PORT: String(await freePort()),
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(healthPort),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			},
			logFile,
		},
		cleanup,
	);
	await waitUntilReady(worker, async () => {
		const health = `http://127.0.0.1:${healthPort}/healthz/readiness`;
		return (await fetch(health, { signal: AbortSignal.timeout(10_000) })).ok;
	});
	const begun = () =>
		[...readFileSync(logFile, 'utf8').matchAll(BEGUN)].map(([, execution]) => execution ?? '');
	return { ...worker, begun };
}
