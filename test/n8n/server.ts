import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Cleanup } from './cleanup';
import type { InstalledN8n } from './install';
import { type OwnProcess, freePort, startProcess, waitUntilReady } from './process';

/** Parts of n8n that call out or take memory, and that nothing here uses. */
const UNUSED_MODULES = ['mcp-registry', 'instance-ai', 'agents', 'chat-hub', 'workflow-builder'];

/** An n8n of our own that is up. */
export interface RunningN8n extends OwnProcess {
	url: string;
}

/**
 * Starts n8n on free ports and its own user folder, and waits until its API answers. The cleanup
 * ends it, from the first moment on. `extra` goes over the environment it has by default.
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
	const main = startProcess(
		{
			name: 'n8n',
			node: n8n.node,
			args: [n8n.script, 'start'],
			cwd: userFolder,
			env: {
				...(await n8nEnvironment(n8n, userFolder)),
				N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
				N8N_PORT: String(port),
				...extra,
			},
			logFile: path.join(userFolder, 'n8n.log'),
		},
		cleanup,
	);
	// /healthz answers long before the API does, on a page that says "starting up": n8n is ready when
	// its settings have their full form.
	await waitUntilReady(main, async () => {
		const response = await fetch(`${url}/rest/settings`, { signal: AbortSignal.timeout(10_000) });
		return response.ok && (await response.text()).includes('settingsMode');
	});
	return { ...main, url };
}

/**
 * What the processes of n8n have in common, with a broker port of its own for each. Nothing of the
 * caller's environment gets in, and nothing calls out.
 */
export async function n8nEnvironment(
	{ node, script, environment }: InstalledN8n,
	userFolder: string,
): Promise<NodeJS.ProcessEnv> {
	return {
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_PROTOCOL: 'http',
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
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: UNUSED_MODULES.filter((name) => hasModule(script, name)).join(','),
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		...environment,
	};
}

/** n8n does not start when it is to leave out a module that it does not know. */
function hasModule(script: string, name: string): boolean {
	return existsSync(path.join(path.dirname(script), '..', 'dist', 'modules', name));
}
