import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { MUTANTS, type Mutant } from './mutants';

/**
 * Shows that the engine tests notice when behaviour breaks: applies each mutant to the working tree, runs the tests that
 * it names, and restores the file. The tests have to pass without mutants.
 *
 *     tsx test/mutants/run.ts [id …] [--list]
 */
const ROOT = join(__dirname, '..', '..');

/** The part of jest's JSON report that is read here. */
interface Report {
	numFailedTests: number;
	numPassedTests: number;
	numRuntimeErrorTestSuites: number;
}

/** A mutant that isn't killed says why. */
type Verdict = { isKilled: true } | { isKilled: false; why: string };

const fails = (why: string): Verdict => ({ isKilled: false, why });

/** Restores the file that is changed at the moment. */
let restore = (): void => undefined;

async function runJest(tests: readonly string[]): Promise<{ code: number | null; output: string }> {
	const jest = spawn('npx', ['jest', '-w', '1', '--json', ...tests], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	let output = '';
	jest.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	const code = await new Promise<number | null>((resolve, reject) => {
		jest.on('error', reject).on('close', resolve);
	});
	return { code, output };
}

/** Jest also exits with 1 when the code doesn't load, and with 0 when no test has the name: neither is a verdict. */
function judge(code: number | null, output: string): Verdict {
	const json = output.slice(output.indexOf('{"num'));
	if (!json.startsWith('{')) return fails('jest gave no report');
	const report = JSON.parse(json) as Report;
	if (report.numRuntimeErrorTestSuites > 0) return fails('the tests do not load');
	if (report.numFailedTests + report.numPassedTests === 0) return fails('no test has this name');
	return code !== 0 && report.numFailedTests > 0 ? { isKilled: true } : fails('SURVIVED');
}

async function tryMutant({ file, find, replace, tests }: Mutant): Promise<Verdict> {
	const paths = [file, ...tests.filter((argument) => argument.endsWith('.test.ts'))];
	const missing = paths.find((path) => !existsSync(join(ROOT, path)));
	if (missing !== undefined) return fails(`${missing} not found`);
	const path = join(ROOT, file);
	const source = readFileSync(path, 'utf8');
	const times = source.split(find).length - 1;
	if (times === 0) return fails(`'find' not found in ${file}`);
	if (times > 1) return fails(`'find' is ambiguous: ${times} times in ${file}`);

	restore = () => writeFileSync(path, source);
	try {
		writeFileSync(
			path,
			source.replace(find, () => replace),
		);
		const { code, output } = await runJest(tests);
		return judge(code, output);
	} finally {
		restore();
		restore = () => undefined;
	}
}

function selectMutants(ids: readonly string[]): readonly Mutant[] {
	const unknown = ids.filter((id) => !MUTANTS.some((mutant) => mutant.id === id));
	if (unknown.length > 0) throw new Error(`Unknown mutants: ${unknown.join(', ')}`);
	return ids.length > 0 ? MUTANTS.filter(({ id }) => ids.includes(id)) : MUTANTS;
}

async function main(): Promise<number> {
	const [, , ...given] = process.argv;
	const mutants = selectMutants(given.filter((argument) => argument !== '--list'));
	if (given.includes('--list')) {
		for (const { id, rule, what } of mutants) console.log(`${rule}\t${id}\t${what}`);
		return 0;
	}
	let killed = 0;
	for (const mutant of mutants) {
		const verdict = await tryMutant(mutant);
		if (verdict.isKilled) killed++;
		console.log(
			verdict.isKilled
				? `killed    ${mutant.id}`
				: `${verdict.why}: ${mutant.id} (rule ${mutant.rule}) ${mutant.what}`,
		);
	}
	console.log(`${killed} of ${mutants.length} mutants killed.`);
	return killed === mutants.length ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		restore();
		process.exit(1);
	});
}
main()
	.then((code) => (process.exitCode = code))
	.catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
