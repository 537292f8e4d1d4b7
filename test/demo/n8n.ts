import { Cleanup } from '../n8n/cleanup';
import type { StoredWorkflow } from '../n8n/client';
import { runScript } from '../n8n/script';
import { UserError } from '../n8n/userError';
import { OWNER, setStage } from '../n8n/stage';
import type { Workflow } from '../n8n/workflow';
import { localAccount, realAccount } from './account';
import { announceRealAccount } from './announce';
import { NODES } from './example';
import { compileOnChange } from './reload';
import { showExample, showVerdict } from './show';

const isOnce = process.argv.includes('--once');
const isReloading = process.argv.includes('--reload');
const cleanup = new Cleanup();
/** The exit code of Ctrl-C: the regular end once everything was shown. */
let interruptedCode: number | undefined;

/**
 * `npm run n8n`: the example in a real n8n with the packed package, left open; `--once` ends it.
 * `npm run dev`: the same, and a change of the node's sources is in that n8n at once.
 */
async function main(): Promise<void> {
	console.log('\nPerculus in n8n\n');
	const real = realAccount();
	if (real) await announceRealAccount(real, !isOnce && process.stdin.isTTY);
	const { n8n, client, packageFolder } = await setStage(cleanup, {
		...(isReloading && { N8N_DEV_RELOAD: 'true' }),
	});
	const account = real ?? (await localAccount(cleanup));
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
	const differences = await showExample(account, { credential, run });
	const [example] = stored.values();
	interruptedCode = showVerdict(differences);
	if (isOnce) {
		process.exitCode = interruptedCode;
		return;
	}
	if (isReloading) compileOnChange(packageFolder, cleanup);
	console.log(`
The editor is open:

  Address   ${n8n.url}/workflow/${example?.id}
  Email     ${OWNER.email}
  Password  ${OWNER.password}

Press Ctrl-C to end n8n.`);
	await n8n.ended;
	if (!cleanup.hasBegun) throw new UserError('n8n ended by itself.');
}

runScript(cleanup, main, (signal) => {
	console.log('\nEnding n8n.');
	return signal === 'SIGINT' && interruptedCode !== undefined ? interruptedCode : undefined;
});
