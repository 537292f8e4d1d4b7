import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CHOSEN_VERSION } from './install';
import { Cleanup, runScript } from './script';
import { setStage } from './stage';

/** The address of a suite's n8n, set for the tests by the script that starts it. */
export const N8N_URL_VARIABLE = 'E2E_N8N_URL';

/** What n8n 2 can do and 1.x can't; the node works without it. */
export function chosenAbilities() {
	const isNew = !CHOSEN_VERSION.startsWith('1.');
	return {
		/** Shows the credential's own sentence for a status. */
		credentialSentences: isNew,
		/** Moves an item with `error`, `message` and `details` to the Error output, instead of leaving it on Rejected. */
		errorOutputWithDetails: isNew,
		/** Has the node Data Table, with the creation of tables. */
		dataTableNode: isNew,
	};
}

/**
 * Starts n8n with the packed package and runs jest in a folder of test/, with the arguments of the command line.
 *
 * @param prepare gets what the tests need beside n8n
 */
export function runSuite(title: string, folder: string, prepare?: () => Promise<void>): void {
	const cleanup = new Cleanup();
	runScript(cleanup, async () => {
		console.log(`\n${title}\n`);
		await prepare?.();
		const { n8n } = await setStage(cleanup);
		console.log();
		const config = path.join('test', folder, 'jest.config.js');
		const jest = [require.resolve('jest/bin/jest'), '--config', config, '--runInBand'];
		const child = spawn(process.execPath, [...jest, ...process.argv.slice(2)], {
			cwd: path.resolve(__dirname, '..', '..'),
			env: { ...process.env, [N8N_URL_VARIABLE]: n8n.url },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		cleanup.add(() => child.kill('SIGTERM'));
		const [code] = (await once(child, 'exit')) as [number | null];
		return code ?? 1;
	});
}
