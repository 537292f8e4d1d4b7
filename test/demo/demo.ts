import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Cleanup } from '../n8n/cleanup';
import { runScript } from '../n8n/script';
import { UserError } from '../n8n/userError';
import { OWNER, type Stage, setStage } from '../n8n/stage';
import { type Account, localAccount, realAccount } from './account';
import { findDoubles, renderAgain } from './again';
import { NODES, exampleWorkflow } from './example';
import { findDifferences, readBranches, renderBranches } from './result';
import { sampleRows, withReferences } from './rows';

const once = process.argv.includes('--once');
const cleanup = new Cleanup();
/** The exit code of Ctrl-C: the regular end once everything was shown. */
let interruptedCode: number | undefined;

async function main(): Promise<void> {
	console.log('\nPerculus for n8n: the demo\n');
	const real = realAccount();
	if (real) await announceRealAccount(real);
	const { n8n, client } = await setStage(cleanup);
	const account = real ?? (await localAccount(cleanup));
	const { workflowUrl, differences } = await runExample({ n8n, client }, account);
	interruptedCode = differences.length === 0 ? 0 : 1;
	console.log(
		differences.length === 0
			? 'That is the expected result.'
			: `\nThis is not the expected result:\n- ${differences.join('\n- ')}`,
	);
	if (once) {
		process.exitCode = interruptedCode;
		return;
	}
	console.log(`
The editor is open for you to look around and to run it again:

  Address   ${workflowUrl}
  E-mail    ${OWNER.email}
  Password  ${OWNER.password}

Press Ctrl-C to end the demo.`);
	await n8n.ended;
	if (!cleanup.hasBegun) throw new UserError('n8n ended by itself, and the demo with it.');
}

/** A real account is changed by the demo: say how, and let a person at a terminal stop it. */
async function announceRealAccount({ credential, sessionGuid }: Account): Promise<void> {
	console.log(`This run works on the real account at ${credential.domain}. It will
- create one session, "CS201", 30 days from now, which stays there,
- send the same rows once more, which changes nothing further,
- set the duration of session ${sessionGuid} to 100 minutes,
- ask for two things that Perculus will refuse: a session in the past, and a
  change of a session that does not exist.
`);
	if (once || !process.stdin.isTTY) return;
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	// With the terminal in readline's hands, Ctrl-C arrives here instead of as a signal.
	terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
	await terminal.question('Press Enter to go on, Ctrl-C to stop. ');
	terminal.close();
}

async function runExample(
	{ n8n, client }: Stage,
	account: Account,
): Promise<{ workflowUrl: string; differences: string[] }> {
	const credential = await client.createCredential(
		'Perculus account',
		'perculusApi',
		account.credential,
	);
	const rows = withReferences(sampleRows(account.sessionGuid), randomBytes(3).toString('hex'));
	const workflow = await client.createWorkflow(exampleWorkflow(rows, credential));
	const run = async () => readBranches(await client.runWorkflow(workflow, NODES.start));
	console.log(`\nRunning the workflow "${workflow.name}" with ${rows.length} rows.\n`);
	const first = await run();
	const requests = account.batchRequests?.();
	console.log(renderBranches(first, rows));
	if (requests !== undefined) {
		const counted = requests === 1 ? '1 request' : `${requests} requests`;
		console.log(`\nThe ${rows.length} rows reached the Perculus server in ${counted}.`);
	}

	console.log('\nThe same rows once more, as when a form is sent twice:\n');
	const again = await run();
	console.log(renderAgain(first, again, rows));
	const doubles = findDoubles(first, again, rows, account.sessions?.());
	if (doubles.length === 0) console.log('\nNothing is there twice.');
	return {
		workflowUrl: `${n8n.url}/workflow/${workflow.id}`,
		differences: [...findDifferences(first, rows, requests), ...doubles],
	};
}

runScript(cleanup, main, (signal) => {
	console.log('\nEnding everything the demo started.');
	return signal === 'SIGINT' && interruptedCode !== undefined ? interruptedCode : undefined;
});
