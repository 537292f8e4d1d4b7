import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import {
	approvedView,
	create,
	guidOf,
	matchResults,
	PLAIN,
	refusal,
	refusedModel,
} from './matchResults.answer';

const FEW = 5_000;
const TIMES = 4;
const MANY = TIMES * FEW;
/** Time for many items at once, against as many in four runs: eight times the time for four times the items. */
const MOST = 2;
const ROUNDS = 4;

const startOf = (i: number) =>
	new Date(Date.UTC(2027, 0, 1) + i * 60_000).toISOString().replace('.000Z', 'Z');

const RUNS: Array<[string, (i: number) => SessionDraft]> = [
	['all distinct', (i) => create(i, { name: `Maths ${i}` })],
	['all alike', (i) => create(i)],
	['two kinds of lookalikes', (i) => create(i, { tags: i % 2 ? 'a' : 'b' })],
	['one name, distinct tags', (i) => create(i, { tags: `tag ${i}` })],
	['one name, distinct starts', (i) => create(i, { start_date: startOf(i) })],
	[
		'one name, fields left out here and there',
		(i) =>
			create(i, {
				...(i % 2 && { lang: i % 3 ? 'tr-TR' : 'en-US' }),
				...(i % 5 && { tags: `tag ${i % 50}` }),
				...(i % 7 && { options: { allow_rating: i % 4 > 0 } }),
			}),
	],
	[
		'one name, as many sets of options as items',
		(i) =>
			create(i, {
				options: Object.fromEntries(
					Array.from({ length: 15 }, (_, bit) => [`option_${bit}`, true] as const).filter(
						(__, bit) => i & (1 << bit),
					),
				),
			}),
	],
	[
		'chains of items of which each fits two results',
		(i) =>
			create(
				i,
				i % 2 ? { lang: `x-${i >> 1}` } : { options: { return_url: `https://x/${i >> 1}` } },
			),
	],
];

/** Time on the processor, which others do not lengthen as they do the time on the clock. */
function timeOf(run: () => void): number {
	const from = process.cpuUsage();
	run();
	return process.cpuUsage(from).user;
}

function answerTo(drafts: readonly SessionDraft[], nameless: boolean) {
	const approved = drafts.filter((_, i) => i % 3 > 0 && !nameless);
	const rejected = drafts.filter((_, i) => i % 3 === 0 || nameless);
	return {
		approved: approved.map((draft) => approvedView(draft, guidOf(draft.index))).reverse(),
		rejected: rejected.map((draft) =>
			refusal(nameless ? null : refusedModel(draft, draft.index % 2 ? 'view' : 'entity', PLAIN)),
		),
	};
}

describe('pairing takes time in proportion to the items', () => {
	it.each([
		...RUNS.map(([name, make]) => [name, make, false] as const),
		['everything nameless', RUNS[1]?.[1] ?? create, true] as const,
	])(
		'%s',
		(_, make, nameless) => {
			const sampleOf = (count: number) => {
				const drafts = Array.from({ length: count }, (__, i) => make(i));
				const { approved, rejected } = answerTo(drafts, nameless);
				const run = () => matchResults(drafts, approved, rejected);
				expect(run().results.size).toBe(count);
				return run;
			};
			const [few, many] = [sampleOf(FEW), sampleOf(MANY)];
			// The best of several runs, for the collector of garbage disturbs some of them.
			let [least, leastOfMany] = [Infinity, Infinity];
			for (let round = 0; round < ROUNDS && !(leastOfMany / least < MOST); round++) {
				least = Math.min(
					least,
					timeOf(() => {
						for (let i = 0; i < TIMES; i++) few();
					}),
				);
				leastOfMany = Math.min(leastOfMany, timeOf(many));
			}
			expect(leastOfMany / least).toBeLessThan(MOST);
		},
		60_000,
	);
});
