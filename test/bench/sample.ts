/**
 * One scenario at one size in a process of its own, so that nothing of another is in its memory.
 * Arguments: scenario, items, runs, url. Prints a Sample as JSON.
 */
import type { Scenario } from './names';
import { run } from './scenarios';

export interface Sample {
	/** Milliseconds of the node in each run, the first (cold) one left out. */
	times: number[];
	/** Largest heap seen after a collection of garbage, beyond what was in use before, in bytes. */
	heap: number;
}

async function main(): Promise<void> {
	const [scenario, items, runs, url] = process.argv.slice(2) as [Scenario, string, string, string];
	await run(scenario, 100, url);
	const times: number[] = [];
	let heap = 0;
	for (let i = 0; i <= Number(runs); i++) {
		global.gc?.();
		const before = process.memoryUsage().heapUsed;
		const done = await run(scenario, Number(items), url);
		heap = Math.max(heap, process.memoryUsage().heapUsed - before);
		if (done.approved.length !== Number(items))
			throw new Error(`${done.approved.length} of ${items} approved: ${done.thrown?.message}`);
		// Warm-up: the first run of a size compiles the code.
		if (i > 0) times.push(done.executionMs);
	}
	process.stdout.write(JSON.stringify({ times, heap } satisfies Sample));
}

void main();
