import { spawn } from 'node:child_process';
import path from 'node:path';
import { Cleanup, endOnSignal } from '../n8n/cleanup';
import { setStage } from '../n8n/stage';
import { describeFailure } from '../n8n/userError';
import { N8N_URL_VARIABLE } from './stage';

const cleanup = new Cleanup();

/** Prepares one n8n with the packed package, and runs the end-to-end tests against it. */
async function main(): Promise<number> {
	console.log('\nEnd-to-end tests in a real n8n\n');
	const { n8n } = await setStage(cleanup);
	console.log();
	return await runJest(n8n.url);
}

async function runJest(url: string): Promise<number> {
	const args = ['--selectProjects', 'e2e', '--runInBand', ...process.argv.slice(2)];
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

endOnSignal(cleanup);

main()
	.then((code) => {
		process.exitCode ??= code;
	})
	.catch((error: unknown) => {
		if (cleanup.hasBegun) return;
		console.error(`\n${describeFailure(error)}`);
		process.exitCode = 1;
	})
	.finally(async () => await cleanup.run())
	.finally(() => process.exit());
