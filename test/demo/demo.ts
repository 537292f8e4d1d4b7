import { Cleanup } from '../n8n/cleanup';
import { withProgress } from '../n8n/progress';
import { runScript } from '../n8n/script';
import type { Workflow } from '../n8n/workflow';
import { localAccount, realAccount } from './account';
import { announceRealAccount } from './announce';
import { runExample } from './engine';
import { showExample, showVerdict } from './show';

const cleanup = new Cleanup();

/**
 * `npm run demo`: the example in n8n's engine, in this process, against the local Perculus server or the account that
 * environment variables name. Nothing is downloaded.
 */
async function main(): Promise<number> {
	console.log("\nPerculus in n8n's engine\n");
	const real = realAccount();
	if (real) await announceRealAccount(real);
	const account =
		real ??
		(await withProgress('Starting a local Perculus server', async () => {
			return await localAccount(cleanup);
		}));
	const credential = { id: '1', name: 'Perculus account' };
	const run = async (workflow: Workflow) => await runExample(workflow, account.credential);
	return showVerdict(await showExample(account, { credential, run }));
}

runScript(cleanup, main);
