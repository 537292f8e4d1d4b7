import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Owner, N8nClient } from './client';
import { type InstalledN8n, installN8n } from './install';
import {
	type OwnProcess,
	endCommands,
	freePort,
	runCommand,
	runNpm,
	startProcess,
	waitUntilReady,
} from './process';
import { type Cleanup, withProgress } from './script';

const PROJECT_FOLDER = path.resolve(__dirname, '..', '..');

/** The login of every n8n started here; it listens on the loopback address only. */
export const OWNER: Owner = { email: 'demo@example.com', password: 'PerculusDemo1' };

/** Parts of n8n 2 that call out or take memory, and that nothing here uses. */
const UNUSED_MODULES = 'mcp-registry,instance-ai,agents,chat-hub,workflow-builder';

/** An n8n that was started here. */
export interface RunningN8n extends OwnProcess {
	url: string;
}

/**
 * Builds and packs the package, gets n8n, and starts it with the packed package installed, as a user would have it.
 *
 * @param environment overrides n8n's own
 */
export async function setStage(cleanup: Cleanup, environment: NodeJS.ProcessEnv = {}) {
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

/** Builds the package and packs it as it would be published; returns the tarball. */
export async function packPackage(targetFolder: string): Promise<string> {
	mkdirSync(targetFolder, { recursive: true });
	const options = { cwd: PROJECT_FOLDER };
	await runNpm(['run', 'build'], options);
	const report = await runNpm(['pack', '--json', '--pack-destination', targetFolder], options);
	const [packed] = JSON.parse(report) as [{ filename: string }];
	return path.join(targetFolder, packed.filename);
}

/** Installs a packed package where n8n's own installer does; returns its folder. */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-perculus');
	mkdirSync(folder, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: folder });
	return folder;
}

/**
 * Starts n8n on free ports with its own user folder, and waits until its API answers.
 *
 * @param extra overrides the environment it has by default
 */
export async function startN8n(
	n8n: InstalledN8n,
	userFolder: string,
	cleanup: Cleanup,
	extra: NodeJS.ProcessEnv = {},
): Promise<RunningN8n> {
	mkdirSync(userFolder, { recursive: true });
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const options = {
		name: 'n8n',
		command: n8n.node,
		args: [...n8n.args, 'start'],
		cwd: userFolder,
		env: {
			...(await n8nEnvironment(n8n, userFolder)),
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_PORT: String(port),
			...extra,
		},
		logFile: path.join(userFolder, 'n8n.log'),
	};
	const main = startProcess(options, cleanup);
	// /healthz answers long before the API does, and then with a page: the settings in full are there last.
	await waitUntilReady(main, async () => {
		const response = await fetch(`${url}/rest/settings`, { signal: AbortSignal.timeout(10_000) });
		return response.ok && (await response.text()).includes('settingsMode');
	});
	return { ...main, url };
}

/** The environment of each process of n8n: nothing of the caller's, and nothing that calls out. */
export async function n8nEnvironment(
	{ version, node, environment }: InstalledN8n,
	userFolder: string,
): Promise<NodeJS.ProcessEnv> {
	return {
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: version.startsWith('1.') ? '' : UNUSED_MODULES,
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		...environment,
	};
}
