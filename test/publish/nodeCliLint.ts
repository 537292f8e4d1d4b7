import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runCommand, runNpm } from '../n8n/process';

const PROJECT = path.resolve(__dirname, '..', '..');
const NODE_CLI = '0.48.3';
/** The packages that the sources import and that node-cli needs, in the versions of this project. */
const NEEDED = ['eslint', 'typescript', 'n8n-workflow', 'luxon', '@types/luxon', '@types/node'];
const CONFIG = "import { config } from '@n8n/node-cli/eslint';\n\nexport default config;\n";

/**
 * n8n's own lint of a community package: node-cli with the configuration it gives to every new package, on the
 * sources only. It has 700 MB, so it is no dependency of this project.
 */
async function main(): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'perculus-node-cli-'));
	const { devDependencies } = JSON.parse(
		readFileSync(path.join(PROJECT, 'package.json'), 'utf8'),
	) as { devDependencies: Record<string, string> };
	try {
		const tools = NEEDED.map((name) => `${name}@${devDependencies[name] ?? 'latest'}`);
		await runNpm(
			['install', '--prefix', folder, '--ignore-scripts', `@n8n/node-cli@${NODE_CLI}`, ...tools],
			{ cwd: folder },
		);
		// Only now, because npm would install its dependencies.
		for (const name of ['package.json', 'tsconfig.json', 'nodes', 'credentials'])
			cpSync(path.join(PROJECT, name), path.join(folder, name), { recursive: true });
		writeFileSync(path.join(folder, 'eslint.config.mjs'), CONFIG);
		const bin = path.join(folder, 'node_modules', '.bin', 'n8n-node');
		const said = await runCommand(bin, ['lint'], { cwd: folder });
		// With only warnings, it succeeds.
		if (said.includes('✖')) throw new Error(said);
		console.log(`n8n-node lint ${NODE_CLI}, with n8n's own configuration: nothing found.`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
