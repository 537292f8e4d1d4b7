/**
 * `npm run bench`: what the node takes beyond the least any client could do, in n8n's own engine, against a bare server
 * in another process. Every figure that is compared comes from this one run.
 * `--only=sessions`, `attendees`, `growth` or `lookups`: only these tables.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { renderTable } from '../demo/table';
import { LOOKUPS } from './lookups';
import { TABLES, type Table } from './scenarios';

const ROUNDS = 3;
const RUNS = '5';

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

/** Of an odd number of values. */
const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[(values.length - 1) / 2] ?? NaN;
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (value: number) => `${value.toFixed(2)} ×`;

/** Runs all scenarios of a table at all sizes; the samples of each, by scenario and size. */
async function measure(title: string, { sizes, server, scenarios }: Table) {
	const results = new Map<string, number[]>();
	const bare = script('bareServer.js', ...(server ?? []));
	const [port] = (await once(bare.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
	try {
		// In turns, and each time in a process of its own: a process may be lucky, and a machine have its moments.
		for (const size of sizes)
			for (let round = 0; round < ROUNDS; round++)
				for (const name of Object.keys(scenarios)) {
					const args = [title, name, String(size), RUNS, `http://127.0.0.1:${String(port).trim()}`];
					const samples = await outputOf<number[]>('sample.js', ...args);
					const key = `${name} ${size}`;
					results.set(key, [...(results.get(key) ?? []), ...samples]);
				}
	} finally {
		bare.kill();
	}
	return results;
}

/** Times beside the floor, and growth from the smallest to the largest size. */
async function tableOf(title: string, table: Table): Promise<string> {
	const { sizes, scenarios } = table;
	const [smallest = NaN, largest = NaN] = [sizes[0], sizes.at(-1)];
	const results = await measure(title, table);
	const time = (name: string, size: number) => median(results.get(`${name} ${size}`) ?? []);
	const rows = Object.keys(scenarios).map((name) => {
		const cells = sizes.map((size) => {
			const ratio = time(name, size) / time('floor', size);
			const isBeside = name !== 'floor' && !Number.isNaN(ratio);
			return ms(time(name, size)) + (isBeside ? `, ${times(ratio)} the floor` : '');
		});
		const growth = time(name, largest) / time(name, smallest) / (largest / smallest);
		return [name, ...cells, `${times(growth)} linear`];
	});
	const head = [title, ...sizes.map((size) => `${size} items`), 'growth'];
	return renderTable(head, rows);
}

async function main(): Promise<void> {
	const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
	try {
		compile();
		console.log(`Node.js ${process.version}; medians of the node's time, as n8n measures it`);
		for (const [title, table] of Object.entries(TABLES))
			if ((only ?? table.group) === table.group) console.log(`\n${await tableOf(title, table)}`);
		if ((only ?? 'lookups') === 'lookups')
			console.log(`\n${renderTable(LOOKUPS, await outputOf<string[][]>('lookups.js'))}`);
	} finally {
		rmSync(COMPILED, { recursive: true, force: true });
	}
}

void main();
