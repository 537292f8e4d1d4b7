import { copyFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, cacheParent, claim, complete, isComplete, removeStale } from './cache';
import { CommandError, runNpm } from './command';
import {
	checkMachine,
	compilerSentence,
	isNetworkFault,
	missingTools,
	networkSentence,
} from './preflight';
import { withProgress } from './progress';
import { chooseRuntime, headersFolder, neededEnvironment, nodeExecutable } from './runtime';
import { UserError } from './userError';
import { chosenVersion, type N8nVersion } from './version';

/** An n8n that is ready to be started. */
export interface InstalledN8n {
	version: string;
	/** Its start script. */
	script: string;
	/** The Node.js to run it with. */
	node: string;
	/** What this n8n on this Node.js needs in its environment. */
	environment: Record<string, string>;
}

/** Gets the chosen n8n: from the cache, or installed into it, which takes minutes once. */
export async function installN8n(version = chosenVersion()): Promise<InstalledN8n> {
	const runtime = chooseRuntime(version);
	const folder = cacheFolder(version, runtime);
	if (!isComplete(folder, version)) await installOnce(version, folder);
	return {
		version: version.version,
		script: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		node: nodeExecutable(runtime, version, folder),
		environment: neededEnvironment(runtime, version),
	};
}

async function installOnce(version: N8nVersion, folder: string): Promise<void> {
	const partial = (await claim(folder)) ?? (await waitForOther(version, folder));
	if (partial === undefined) return;
	try {
		await install(version, partial);
		await complete(partial, folder, version);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
	await removeStale(version);
}

/** Waits for the process that is installing; returns the work folder if that one gave up. */
async function waitForOther(version: N8nVersion, folder: string): Promise<string | undefined> {
	return await withProgress('Waiting for another run that is installing n8n', async () => {
		for (;;) {
			await sleep(1_000);
			if (isComplete(folder, version)) return undefined;
			const partial = await claim(folder);
			if (partial !== undefined) return partial;
		}
	});
}

async function install(version: N8nVersion, folder: string): Promise<void> {
	for (const file of ['package.json', ...(version.isLocked ? ['package-lock.json'] : [])]) {
		copyFileSync(path.join(version.manifestFolder, file), path.join(folder, file));
	}
	console.log(`  n8n ${version.version} is not on this machine yet: 2.8 GB, a few minutes, once.`);
	await withProgress('Checking disk, compiler and network', async () => {
		await checkMachine(cacheParent(), version.version);
	});
	await withProgress(`Downloading n8n ${version.version}`, async () => {
		await downloadPackages(version, folder);
	});
	await withProgress("Building n8n's database driver", async () => {
		await buildDriver(version, folder);
	});
}

/** Without install scripts: one of them needs GitHub, and only one is needed at all. */
async function downloadPackages({ isLocked }: N8nVersion, folder: string): Promise<void> {
	const command = isLocked ? 'ci' : 'install';
	try {
		await runNpm([command, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
	} catch (error) {
		if (error instanceof CommandError) {
			if (isNetworkFault(error)) throw new UserError(networkSentence());
			if (/\bENOSPC\b/.test(error.output)) {
				throw new UserError('The disk ran full while n8n was downloaded: free some space.');
			}
		}
		throw error;
	}
}

async function buildDriver(version: N8nVersion, folder: string): Promise<void> {
	const node = nodeExecutable(chooseRuntime(version), version, folder);
	const headers = headersFolder(node);
	const env = {
		...process.env,
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		...(headers !== undefined && { npm_config_nodedir: headers }),
	};
	try {
		// The flag is needed: started by `npm run`, this process has inherited the project's
		// "ignore-scripts", and npm would rebuild nothing and call it a success.
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], { cwd: folder, env });
	} catch (error) {
		if (error instanceof CommandError && missingTools().length > 0) {
			throw new UserError(compilerSentence());
		}
		throw error;
	}
}
