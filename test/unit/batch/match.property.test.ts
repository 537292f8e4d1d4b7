import { simulate } from './match.simulator';

/** The command line of match.simulator.ts runs as many as wanted. */
const RUNS = 3_000;

it.each([
	['as in life', false, 0.97],
	['hostile', true, 0.75],
] as const)('matching is right, or says that it may not be: answers %s', (_, isHostile, least) => {
	const tally = simulate(RUNS, 7, isHostile);
	expect(tally.items).toBeGreaterThan(20_000);
	expect([tally.wrongGuid, tally.wrongFate]).toEqual([0, 0]);
	// A result was lost, and somebody else's refusal is there instead.
	expect(tally.undecidable / tally.items).toBeLessThanOrEqual(1 / 100_000);
	// Marking everything would be no use.
	expect(tally.right / tally.items).toBeGreaterThan(least);
});
