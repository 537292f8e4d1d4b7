import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import type { RejectedResult } from '../../../../nodes/Perculus/transport/batchBody';
import {
	approvedView,
	draftOf,
	guidOf,
	matchResults,
	refusal,
	refusedModel,
	type Manner,
	type Result,
	type Shape,
	type Truth,
} from './matchResults.answer';
import { classify, type Answered } from './matchResults.judge';

interface Case {
	drafts: SessionDraft[];
	truths: Truth[];
	answered: Answered[];
}

/** Few values, so that items are often alike. */
const request = fc.record(
	{
		name: fc.constantFrom('Maths', 'Maths', ' Maths', 'Maths  ', 'Caf\u00e9', 'Cafe\u0301'),
		start_date: fc.constantFrom('2027-03-05T11:00:00Z', '2027-03-05T14:00:00Z'),
		duration: fc.constantFrom(60, 90),
		lang: fc.constantFrom('tr-TR', 'en-US'),
		timezone: fc.constantFrom('Europe/Istanbul', 'Europe/London'),
		tags: fc.constantFrom('a', 'b'),
		description: fc.constantFrom('one', 'two'),
		options: fc.constantFrom<IDataObject>(
			{ allow_rating: false },
			{ chat: { offMessageModule: true } },
			{ chat: { offMessageModule: false } },
		),
	},
	{ requiredKeys: ['name', 'start_date', 'duration'] },
);

const item = fc.record({
	request,
	isUpdate: fc.boolean(),
	truth: fc.constantFrom<Truth>('approved', 'approved', 12, 35),
	shape: fc.constantFrom<Shape>('view', 'entity', 'view', 'entity', 'null'),
	hasFreshGuid: fc.boolean(),
});

const manner: fc.Arbitrary<Manner> = fc.record({
	names: fc.constantFrom('kept', 'trimmed', 'collapsed', 'nfc'),
	start: fc.constant('digits'),
	echoesDescription: fc.boolean(),
	lang: fc.constantFrom('tr-TR', 'en-US'),
	timezone: fc.constant('Europe/Istanbul'),
});

const foreign = draftOf(-1, { name: 'Stranger', start_date: '2027-03-05T14:00:00Z', duration: 60 });
const unmatched = fc.subarray<Answered>([
	{ index: -1, view: approvedView(foreign, guidOf(900)) },
	{ index: -1, refusal: refusal(refusedModel(foreign, 'view'), 35) },
	{ index: -1, refusal: refusal({ the_guid: guidOf(901), name: null }, 30) },
]);

/** A batch, what the server did with it, and its answer. */
function caseOf(most: number, isWhole: boolean): fc.Arbitrary<Case> {
	return fc
		.record({
			items: fc.array(item, { minLength: 1, maxLength: most, size: 'max' }),
			updates: fc.constantFrom(0, 0, 0.3),
			manner,
			omitted: isWhole ? fc.constant<number[]>([]) : fc.array(fc.nat(most - 1), { maxLength: 2 }),
			unmatched: isWhole ? fc.constant<Answered[]>([]) : unmatched,
			order: fc.array(fc.nat(), { minLength: most + 3, maxLength: most + 3 }),
		})
		.map(({ items, updates, order, omitted, ...answer }) => {
			const drafts = items.map(({ request: sent, isUpdate }, i) =>
				draftOf(i, isUpdate && updates ? { session_guid: guidOf(i), duration: 90 } : { ...sent }),
			);
			const own = items.map(({ truth, shape, hasFreshGuid }, i): Answered => {
				const draft = drafts[i] as SessionDraft;
				const guid = guidOf(draft.guid === undefined ? 100 + i : i);
				if (truth === 'approved')
					return { index: i, view: approvedView(draft, guid, answer.manner) };
				const fresh = hasFreshGuid ? guidOf(500 + i) : null;
				return {
					index: i,
					refusal: refusal(refusedModel(draft, shape, answer.manner, fresh), truth),
				};
			});
			const answered = [...own.filter(({ index }) => !omitted.includes(index)), ...answer.unmatched]
				.map((result, i) => ({ result, rank: order[i] ?? 0 }))
				.sort((a, b) => a.rank - b.rank)
				.map(({ result }) => result);
			return { drafts, truths: items.map(({ truth }) => truth), answered };
		});
}

function run({ drafts, answered }: Case) {
	return matchResults(
		drafts,
		answered.flatMap(({ view }) => (view ? [view] : [])),
		answered.flatMap(({ refusal: one }): RejectedResult[] => (one ? [one] : [])),
	);
}

const outcomeKeyOf = (result: Result): Truth =>
	result.kind === 'approved' ? 'approved' : (result.code ?? 0);

const RUNS = Number(process.env.FC_RUNS ?? 1500);

describe('any batch and any answer', () => {
	it('gives every item one result or none, and every result to one item or none', () => {
		fc.assert(
			fc.property(caseOf(30, false), (one) => {
				const { results, missing, unmatched: left } = run(one);
				expect(results.size + missing.length).toBe(one.drafts.length);
				expect(missing.some((draft) => results.has(draft))).toBe(false);
				expect(results.size + left.length).toBe(one.answered.length);
				const given = [...results.values()];
				const guids = given.flatMap((result) =>
					result.kind === 'approved' ? [result.view.session_guid] : [],
				);
				expect(new Set(guids).size).toBe(guids.length);
				const approved = one.answered.filter(({ view }) => view).length;
				expect(guids.length).toBeLessThanOrEqual(approved);
			}),
			{ numRuns: RUNS },
		);
	});

	it.each([30, 6])('is right wherever it does not say otherwise: up to %d items', (most) => {
		fc.assert(
			fc.property(caseOf(most, false), (one) => {
				const { results } = run(one);
				for (const [draft, result] of results)
					if (!result.ambiguous) expect(outcomeKeyOf(result)).toBe(one.truths[draft.index]);
			}),
			{ numRuns: RUNS },
		);
	});

	it.each([true, false])(
		'marks what nobody could know, and nothing else (all answered: %s)',
		(whole) => {
			fc.assert(
				fc.property(caseOf(5, whole), (one) => {
					const { results, missing } = run(one);
					const possible = classify(one.drafts, one.answered);
					for (const draft of one.drafts) {
						const outcomeKeys = possible.get(draft) as Set<Truth | undefined>;
						const [only] = outcomeKeys;
						const result = results.get(draft);
						const isKnown = outcomeKeys.size === 1 && only !== undefined;
						if (isKnown)
							expect(result && [outcomeKeyOf(result), result.ambiguous]).toEqual([only, false]);
						else expect(missing.includes(draft) || result?.ambiguous).toBe(true);
					}
				}),
				{ numRuns: RUNS },
			);
		},
	);
});
