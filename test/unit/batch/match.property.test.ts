import { simulate } from './match.simulator';

/** On its command line, match.simulator.ts runs any number. */
const RUNS = 3_000;

it.each([
	['realistic', false, 0.97],
	['hostile', true, 0.75],
] as const)(
	'matching is right or marked as uncertain in simulated responses: %s',
	(_, isHostile, least) => {
		const tally = simulate(RUNS, 7, isHostile);
		expect(tally.items).toBeGreaterThan(20_000);
		expect([tally.wrongGuid, tally.wrongFate]).toEqual([0, 0]);
		// A result was lost, and the refusal of another session is there instead.
		expect(tally.undecidable / tally.items).toBeLessThanOrEqual(1 / 100_000);
		// Marking every item would be useless.
		expect(tally.right / tally.items).toBeGreaterThan(least);
	},
);
