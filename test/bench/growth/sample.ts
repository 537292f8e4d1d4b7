/**
 * One kind of growth at one size in a process of its own. Arguments: growth, items, runs, url. Prints a Sample as JSON.
 */
import type { IDataObject } from 'n8n-workflow';

import { runPerculus } from '../../engine/harness';
import type { Sample } from '../sample';
import { inputOf } from '../scenarios';
import type { Growth } from './names';

/** How many of a run's items share a name and a start. */
const ALIKE: Record<Growth, number> = {
	'all refused, no two alike': 1,
	'half refused, no two alike': 1,
	'half refused, all of one name and start': Infinity,
	'half refused, 50 of each name and start': 50,
};

/** Rows of which so many, one after the other, are alike but for what Perculus does not send back. */
function rowsOf(growth: Growth, count: number): IDataObject[] {
	const { items } = inputOf('auto-mapping', count);
	const alike = ALIKE[growth];
	return items.map((row, i) => {
		const first = alike === Infinity ? 0 : i - (i % alike);
		return { ...items[first], teacher: row.teacher, room: row.room };
	});
}

async function main(): Promise<void> {
	const [growth, count, runs, url] = process.argv.slice(2) as [Growth, string, string, string];
	const times: number[] = [];
	let heap = 0;
	for (let i = 0; i <= Number(runs); i++) {
		const items = rowsOf(growth, Number(count));
		global.gc?.();
		const before = process.memoryUsage().heapUsed;
		const input = { ...inputOf('auto-mapping', 1), items };
		const { approved, rejected, executionMs } = await runPerculus({ ...input, server: { url } });
		heap = Math.max(heap, process.memoryUsage().heapUsed - before);
		if (approved.length + rejected.length !== items.length || rejected.length * 2 < items.length)
			throw new Error(`${approved.length} approved and ${rejected.length} rejected of ${count}`);
		// Warm-up: the first run of a size compiles the code.
		if (i > 0) times.push(executionMs);
	}
	process.stdout.write(JSON.stringify({ times, heap } satisfies Sample));
}

void main();
