import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from './cleanup';
import { END_WITH_PARENT, signalGroup } from './command';
import type { InstalledN8n } from './install';

const READY_MILLISECONDS = 300_000;
const STOP_MILLISECONDS = 15_000;

/** An n8n of our own that is up. */
export interface RunningN8n {
	url: string;
	/** Settles when n8n ends, whoever ended it. */
	ended: Promise<void>;
}

/**
 * Starts n8n on free ports and its own user folder, and waits until its API answers. The cleanup
 * ends it, from the first moment on.
 */
export async function startN8n(
	n8n: InstalledN8n,
	userFolder: string,
	cleanup: Cleanup,
): Promise<RunningN8n> {
	mkdirSync(userFolder, { recursive: true });
	const [port, brokerPort] = [await freePort(), await freePort()];
	const url = `http://127.0.0.1:${port}`;
	const logFile = path.join(userFolder, 'n8n.log');
	const log = openSync(logFile, 'a');
	const child = spawn(n8n.node, ['--require', END_WITH_PARENT, n8n.script, 'start'], {
		cwd: userFolder,
		env: environment(n8n, userFolder, port, brokerPort),
		stdio: ['ignore', log, log, 'ipc'],
		// A process group of its own: Ctrl-C then reaches us alone, and we end things in order.
		detached: true,
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	cleanup.add(async () => await stopProcess(child, ended));
	// For the ends that leave no time to wait, such as an exception nobody caught.
	const stopAtExit = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
	process.once('exit', stopAtExit);
	void ended.then(() => process.removeListener('exit', stopAtExit));
	await waitUntilReady(url, ended, logFile);
	return { url, ended };
}

/** Nothing of the caller's environment gets in, and nothing calls out. */
function environment(
	{ node }: InstalledN8n,
	userFolder: string,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv {
	return {
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_PROTOCOL: 'http',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
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
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents,chat-hub,workflow-builder',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	};
}

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
	const { pid } = child;
	if (pid === undefined) return;
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
	// Whatever did not go by itself: n8n, or the helper process that runs Code nodes.
	signalGroup(pid, 'SIGKILL');
	await ended;
}

/**
 * /healthz answers long before the API does, on a page that says "starting up": n8n is ready when
 * its settings have their full form.
 */
async function waitUntilReady(url: string, ended: Promise<void>, logFile: string): Promise<void> {
	let gone = false;
	void ended.then(() => {
		gone = true;
	});
	const deadline = Date.now() + READY_MILLISECONDS;
	for (;;) {
		if (gone) throw new Error(`n8n ended while it was starting.\n${lastLines(logFile)}`);
		if (Date.now() > deadline) throw new Error(`n8n did not start.\n${lastLines(logFile)}`);
		try {
			const response = await fetch(`${url}/rest/settings`, { signal: AbortSignal.timeout(10_000) });
			if (response.ok && (await response.text()).includes('settingsMode')) return;
		} catch {
			// Not listening yet.
		}
		await sleep(200);
	}
}

function lastLines(file: string): string {
	return readFileSync(file, 'utf8').trim().split('\n').slice(-30).join('\n');
}

/** A port nobody listens on at this moment. */
async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
