/**
 * `npm run bench`: what the node costs beyond the least any client could do, in n8n's own engine, against a bare
 * server in another process. Every figure that is compared comes from this one run.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { renderTable } from '../demo/table';
import { attendeeTables } from './attendees/tables';
import { growthTable } from './growth/tables';
import { lookupTable } from './lookups/tables';
import type { Sample } from './sample';
import { SCENARIOS, type Scenario } from './names';

const SIZES = [100, 1000, 10_000, 50_000];
const ROUNDS = 3;
/** n8n's expressions take their time: one run says enough. */
const SLOW: Scenario = 'five computed expressions';
const runsOf = (scenario: Scenario, size: number) =>
	scenario === SLOW && size >= 10_000 ? 1 : size >= 50_000 ? 5 : 9;

/** Compiled, as the package is shipped, and below node_modules so that modules are found from there; each run its own. */
const COMPILED = join(__dirname, '..', '..', 'node_modules', '.cache', `bench-${process.pid}`);

function compile(): void {
	const tsc = require.resolve('typescript/bin/tsc');
	const project = join(__dirname, '..', 'tsconfig.json');
	execFileSync(process.execPath, [tsc, '-p', project, '--noEmit', 'false', '--outDir', COMPILED], {
		stdio: 'inherit',
	});
}

function script(name: string, ...args: string[]): ChildProcess {
	return spawn(process.execPath, ['--expose-gc', join(COMPILED, 'test', 'bench', name), ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
}

/** What a script prints, as JSON. */
async function outputOf<T>(name: string, ...args: string[]): Promise<T> {
	const child = script(name, ...args);
	let out = '';
	child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}`);
	return JSON.parse(out) as T;
}

async function startServer(
	name: string,
	...args: string[]
): Promise<{ url: string; stop(): void }> {
	const child = script(name, ...args);
	const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
	return { url: `http://127.0.0.1:${port.toString().trim()}`, stop: () => child.kill() };
}

function add(results: Map<string, Sample>, key: string, { times, heap }: Sample): void {
	const known = results.get(key);
	results.set(key, {
		times: [...(known?.times ?? []), ...times],
		heap: Math.max(known?.heap ?? 0, heap),
	});
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2
		? (sorted[middle] ?? NaN)
		: ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (value: number) => `${value.toFixed(2)} ×`;
const mb = (value: number) => `${(value / 1e6).toFixed(0)} MB`;

async function sessionTables(): Promise<void> {
	const server = await startServer('bareServer.js');
	try {
		const results = new Map<string, Sample>();
		for (const size of SIZES) {
			// In turns, and each time in a process of its own: a process may be lucky, and a machine have its moments.
			for (let round = 0; round < ROUNDS; round++) {
				for (const scenario of SCENARIOS) {
					if (scenario === SLOW && round > 0) continue;
					const args = [scenario, String(size), String(runsOf(scenario, size)), server.url];
					add(results, `${scenario} ${size}`, await outputOf<Sample>('sample.js', ...args));
				}
			}
		}
		const time = (scenario: Scenario, size: number) =>
			median(results.get(`${scenario} ${size}`)?.times ?? []);
		const heap = (scenario: Scenario, size: number) =>
			results.get(`${scenario} ${size}`)?.heap ?? NaN;

		const sizes = SIZES.map((size) => `${size} items`);
		const speed = SCENARIOS.map((scenario) => {
			const growth = time(scenario, 50_000) / time(scenario, 1000) / 50;
			const ratio = (size: number) =>
				scenario === 'floor'
					? ''
					: `, ${times(time(scenario, size) / time('floor', size))} the floor`;
			return [
				scenario,
				...SIZES.map((size) => ms(time(scenario, size)) + ratio(size)),
				`${times(growth)} linear`,
			];
		});
		console.log(renderTable(['', ...sizes, 'growth, 1,000 to 50,000'], speed));

		const memory = SCENARIOS.map((scenario) => [
			scenario,
			...SIZES.map((size) => mb(heap(scenario, size))),
			times(heap(scenario, 50_000) / heap('floor', 50_000)),
		]);
		const head = ['Heap in use after a run', ...sizes, 'of the floor, 50,000'];
		console.log(`\n${renderTable(head, memory)}`);
	} finally {
		server.stop();
	}
}

/** With `--only=sessions`, `attendees`, `lookups` or `growth`: these tables alone. */
async function main(): Promise<void> {
	const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
	const isWanted = (tables: string) => only === undefined || only === tables;
	const bench = { outputOf, startServer, median, ms, times };
	try {
		compile();
		console.log(
			`Node.js ${process.version}; medians; times of the node alone, as n8n measures them\n`,
		);
		if (isWanted('sessions')) await sessionTables();
		if (isWanted('attendees')) for (const table of await attendeeTables(bench)) console.log(table);
		if (isWanted('lookups')) console.log(await lookupTable(bench));
		if (isWanted('growth')) console.log(await growthTable(bench));
	} finally {
		rmSync(COMPILED, { recursive: true, force: true });
	}
}

void main();
