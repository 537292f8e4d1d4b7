import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Cleanup } from './cleanup';
import { type Owner, N8nClient } from './client';
import { endCommands } from './command';
import { installN8n } from './install';
import { installPackage, packPackage } from './package';
import { withProgress } from './progress';
import { type RunningN8n, startN8n } from './server';

/** The login of every n8n started here; it listens on the loopback address only. */
export const OWNER: Owner = { email: 'demo@example.com', password: 'PerculusDemo1' };

/** A real n8n with the package in it, as a user would have it. */
export interface Stage {
	n8n: RunningN8n;
	client: N8nClient;
	/** Where the package is installed. */
	packageFolder: string;
}

/**
 * Builds and packs the package, gets n8n, and starts it with the packed package installed.
 *
 * @param environment goes over n8n's own
 */
export async function setStage(
	cleanup: Cleanup,
	environment: NodeJS.ProcessEnv = {},
): Promise<Stage> {
	// The real path, as n8n's hot reload compares paths.
	const folder = await mkdtemp(path.join(await realpath(os.tmpdir()), 'n8n-nodes-perculus-'));
	cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	cleanup.add(endCommands);
	const tarball = await withProgress('Building the package', async () => await packPackage(folder));
	const installed = await installN8n();
	return await withProgress(`Starting n8n ${installed.version} with the package`, async () => {
		const userFolder = path.join(folder, 'user');
		const packageFolder = await installPackage(tarball, userFolder);
		const n8n = await startN8n(installed, userFolder, cleanup, environment);
		const client = new N8nClient(n8n.url);
		await client.setUpOwner(OWNER);
		return { n8n, client, packageFolder };
	});
}
