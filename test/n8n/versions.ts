import { spawn } from 'node:child_process';
import path from 'node:path';
import { Cleanup } from './cleanup';
import { runScript } from './script';
import { formatElapsed } from './progress';
import { preparedVersions } from './version';

const PROJECT_FOLDER = path.resolve(__dirname, '..', '..');
const SUITE = path.join(PROJECT_FOLDER, 'test', 'e2e', 'run.ts');

const cleanup = new Cleanup();

/** Runs the end-to-end tests in every n8n that is prepared here, one after the other. */
async function main(): Promise<number> {
	const results: string[] = [];
	let failures = 0;
	for (const version of preparedVersions()) {
		const start = Date.now();
		const code = await runSuite(version);
		if (cleanup.hasBegun) return 1;
		if (code !== 0) failures++;
		const result = code === 0 ? 'passed' : 'FAILED';
		results.push(`  n8n ${version.padEnd(10)} ${result}  ${formatElapsed(Date.now() - start)}`);
	}
	console.log(`\nEnd-to-end tests on Node.js ${process.versions.node}\n\n${results.join('\n')}\n`);
	return failures === 0 ? 0 : 1;
}

async function runSuite(version: string): Promise<number> {
	// A process of its own for each: what one n8n leaves in memory is nothing to the next.
	const child = spawn(process.execPath, [...process.execArgv, SUITE, ...process.argv.slice(2)], {
		cwd: PROJECT_FOLDER,
		env: { ...process.env, N8N_VERSION: version },
		stdio: ['ignore', 'inherit', 'inherit'],
		detached: true,
	});
	const ended = new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
	cleanup.add(async () => {
		child.kill('SIGTERM');
		await ended.catch(() => undefined);
	});
	return await ended;
}

runScript(cleanup, main);
