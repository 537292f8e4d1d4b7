import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ESLint } from 'eslint';

import { checkRules } from './checkRules';
import { packAndUnpack } from './packed';
import { PUBLISHED, SCAN_RULES, SOURCES } from './rules';

const PROJECT = path.resolve(__dirname, '..', '..');

/** ESLint as n8n's scanner sets it up: no project configuration, no comments that switch rules off. */
function scanner(cwd: string): ESLint {
	return new ESLint({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: SCAN_RULES,
	});
}

/** Prints the files read and the findings; returns the number of errors and warnings. */
async function scan(title: string, folder: string, patterns: string[]): Promise<number> {
	const eslint = scanner(folder);
	const results = await eslint.lintFiles(patterns);
	const sum = (key: 'errorCount' | 'warningCount') =>
		results.reduce((total, result) => total + result[key], 0);
	const [errors, warnings] = [sum('errorCount'), sum('warningCount')];
	console.log(`${title} (${patterns.join(', ')})`);
	console.log(`  ${results.length} files, ${errors} errors, ${warnings} warnings`);
	const report = await (await eslint.loadFormatter('stylish')).format(results);
	if (report !== '') console.log(report);
	return errors + warnings;
}

async function main(): Promise<void> {
	const temporary = mkdtempSync(path.join(tmpdir(), 'perculus-scan-'));
	try {
		const caught = await checkRules(scanner(temporary), temporary);
		console.log(`Rules\n  at work: ${caught} deliberate faults were found, as they should be`);
		const sources = await scan('Sources', PROJECT, SOURCES);
		const published = await packAndUnpack(temporary);
		const found = sources + (await scan('Package', published, PUBLISHED));
		console.log(found === 0 ? 'Nothing found.' : `${found} findings.`);
		if (found > 0) process.exitCode = 1;
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
