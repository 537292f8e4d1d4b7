/**
 * Sessions with references against the local Perculus server, and what was requested for them, in a process of its own.
 * Prints the rows of a table as JSON.
 */
import { runPerculus } from '../engine/harness';
import { startPerculusServer, type PerculusServer } from '../perculus-server';
import { sessions } from './scenarios';

/** Items, and how many other sessions with references the account has. */
const CASES = [
	[20, 0],
	[20, 5000],
	[1000, 0],
	[1000, 5000],
] as const;

export const LOOKUPS = ['references', 'among', 'outcome', 'searches', 'pages', 'batches', 'time'];

/** One run: searches for one reference, pages of all sessions with any, batches, and the time of the node. */
async function run(perculus: PerculusServer, count: number, outcome: string): Promise<string[]> {
	perculus.requests.length = 0;
	// All of one length: a search by 'booking-1' would also find 'booking-10'.
	const references = Array.from({ length: count }, (_, i) => `booking-${100_000 + i}`);
	const items = sessions(count).map((row, i) => ({ ...row, session_reference: references[i] }));
	const done = await runPerculus({ items, server: perculus, timezone: 'Europe/Istanbul' });
	const expected = done.approved.filter(({ json }) => json.outcome === outcome);
	if (expected.length !== count) throw new Error(`${expected.length} of ${count} ${outcome}`);
	const searches = perculus.requestsTo('search').map(({ body }) => JSON.stringify(body));
	const ofOne = searches.filter((body) => body.includes('"ref:booking-')).length;
	const counts = [ofOne, searches.length - ofOne, perculus.batches().length].map(String);
	return [...counts, `${done.executionMs} ms`];
}

async function main(): Promise<void> {
	const rows: string[][] = [];
	for (const [items, others] of CASES) {
		const perculus = await startPerculusServer();
		for (let i = 0; i < others; i++) perculus.preload({ tags: `ref:other-${i}` });
		// The same items twice: their sessions are created, then found.
		for (const outcome of ['created', 'updated']) {
			const cells = await run(perculus, items, outcome);
			rows.push([String(items), `${others} others`, outcome, ...cells]);
		}
		await perculus.stop();
	}
	process.stdout.write(JSON.stringify(rows));
}

if (require.main === module) void main();
