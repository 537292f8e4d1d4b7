import { spawn } from 'node:child_process';
import path from 'node:path';
import { Cleanup } from './cleanup';
import { runScript } from './script';
import { setStage } from './stage';

/** Where the n8n of a suite is; set for the tests by the script that starts it. */
export const N8N_URL_VARIABLE = 'E2E_N8N_URL';

export interface Suite {
	title: string;
	/** The folder below test/ with the tests and their jest.config.js. */
	folder: string;
	/** Gets what the tests need beside n8n. */
	prepare?: () => Promise<void>;
}

/**
 * Starts one n8n with the packed package, runs the tests of a folder against it, ends everything,
 * and then the process. Arguments of the command line are passed on to jest.
 */
export function runSuite({ title, folder, prepare }: Suite): void {
	const cleanup = new Cleanup();
	runScript(cleanup, async () => {
		console.log(`\n${title}\n`);
		await prepare?.();
		const { n8n } = await setStage(cleanup);
		console.log();
		return await runJest(folder, n8n.url, cleanup);
	});
}

async function runJest(folder: string, url: string, cleanup: Cleanup): Promise<number> {
	const config = path.join('test', folder, 'jest.config.js');
	const args = ['--config', config, '--runInBand', ...process.argv.slice(2)];
	const child = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
		cwd: path.resolve(__dirname, '..', '..'),
		env: { ...process.env, [N8N_URL_VARIABLE]: url },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	cleanup.add(() => void child.kill('SIGTERM'));
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}
