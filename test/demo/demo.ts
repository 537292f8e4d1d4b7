import { Cleanup } from '../n8n/cleanup';
import { withProgress } from '../n8n/progress';
import { runScript } from '../n8n/script';
import { localAccount, realAccount } from './account';
import { announceRealAccount } from './announce';
import { runExample } from './engine';
import { exampleWorkflow } from './example';
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
	return showVerdict(
		await showExample(account, (rows) => {
			const workflow = exampleWorkflow(rows, { id: '1', name: 'Perculus account' });
			return async () => await runExample(workflow, account.credential);
		}),
	);
}

runScript(cleanup, main);
