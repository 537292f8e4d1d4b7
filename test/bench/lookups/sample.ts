/**
 * Sessions with references against the local Perculus server, and what was asked for them, in a process of its own.
 * Arguments: items, how many other sessions with references there are. Prints Lookups as JSON.
 */
import { runPerculus } from '../../engine/harness';
import { type PerculusServer, startPerculusServer } from '../../perculus-server';
import { inputOf } from '../scenarios';

/** What one run asked for. */
export interface Asked {
	/** Searches for one reference. */
	searches: number;
	/** Pages of sessions with any reference. */
	pages: number;
	batches: number;
	/** Milliseconds of the node. */
	time: number;
}

/** The same items twice: their sessions are made, and found. */
export interface Lookups {
	created: Asked;
	updated: Asked;
}

const isOfOne = (body: unknown) => {
	const tags = String((body as { tags?: unknown } | null)?.tags ?? '');
	return /^ref:./.test(tags);
};

async function run(perculus: PerculusServer, count: number, outcome: string): Promise<Asked> {
	perculus.requests.length = 0;
	const input = inputOf('auto-mapping', count);
	const items = input.items.map((row, i) => ({
		...row,
		session_reference: `booking-${100_000 + i}`,
	}));
	const { approved, executionMs } = await runPerculus({ ...input, items, server: perculus });
	const expected = approved.filter(({ json }) => json.outcome === outcome);
	if (expected.length !== count) throw new Error(`${expected.length} of ${count} ${outcome}`);
	const searches = perculus.requestsTo('search');
	const ofOne = searches.filter(({ body }) => isOfOne(body)).length;
	return {
		searches: ofOne,
		pages: searches.length - ofOne,
		batches: perculus.batches().length,
		time: executionMs,
	};
}

async function main(): Promise<void> {
	const [items, others] = process.argv.slice(2).map(Number) as [number, number];
	const perculus = await startPerculusServer();
	for (let i = 0; i < others; i++) perculus.preload({ tags: `ref:other-${i}` });
	const created = await run(perculus, items, 'created');
	const updated = await run(perculus, items, 'updated');
	process.stdout.write(JSON.stringify({ created, updated } satisfies Lookups));
	await perculus.stop();
}

void main();
