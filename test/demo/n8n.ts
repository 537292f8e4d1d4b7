import { spawn } from 'node:child_process';
import path from 'node:path';

import type { StoredWorkflow } from '../n8n/client';
import type { Workflow } from '../n8n/execution';
import { Cleanup, EXIT_CODES, UserError, runScript } from '../n8n/script';
import { OWNER, setStage } from '../n8n/stage';
import { openAccount } from './account';
import { NODES } from './example';
import { showExample } from './result';

const isOnce = process.argv.includes('--once');
const isReloading = process.argv.includes('--reload');
const cleanup = new Cleanup();

/**
 * `npm run n8n`: the example in a real n8n with the packed package, left open; `--once` ends it.
 * `npm run dev`: the same, and a changed source is in that n8n at once.
 */
async function main(): Promise<number | void> {
	console.log('\nPerculus in n8n\n');
	const account = await openAccount(cleanup, !isOnce && process.stdin.isTTY);
	const environment = isReloading ? { N8N_DEV_RELOAD: 'true' } : {};
	const { n8n, client, packageFolder } = await setStage(cleanup, environment);
	const credential = await client.createCredential(
		'Perculus account',
		'perculusApi',
		account.credential,
	);
	const stored = new Map<Workflow, StoredWorkflow>();
	const run = async (workflow: Workflow) => {
		const known = stored.get(workflow) ?? (await client.createWorkflow(workflow));
		stored.set(workflow, known);
		return await client.runWorkflow(known, NODES.start);
	};
	const exitCode = await showExample(account, credential, run);
	if (isOnce) return exitCode;
	// From now on, Ctrl-C is the regular end.
	EXIT_CODES.SIGINT = exitCode;
	if (isReloading) compileOnChange(packageFolder);
	const [example] = stored.values();
	console.log(`
The editor is open:

  Address   ${n8n.url}/workflow/${example?.id}
  Email     ${OWNER.email}
  Password  ${OWNER.password}

Press Ctrl-C to end n8n.`);
	await n8n.ended;
	throw new UserError('n8n ended by itself.');
}

/** Compiles changed sources into the installed package, whose files n8n watches. */
function compileOnChange(packageFolder: string): void {
	const args = ['--watch', '--preserveWatchOutput', '--outDir', path.join(packageFolder, 'dist')];
	const compiler = spawn(process.execPath, [require.resolve('typescript/bin/tsc'), ...args], {
		cwd: path.resolve(__dirname, '..', '..'),
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	cleanup.add(() => compiler.kill('SIGTERM'));
}

runScript(cleanup, main);
