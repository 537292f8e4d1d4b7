import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import { SESSION_FIELDS } from '../../../../../nodes/Perculus/resources/session/fields';
import { create, match, matchResults, refusal, refusedModel, view } from '../matchResults.answer';

const OPTIONS = SESSION_FIELDS.flatMap(({ kind, id }) =>
	kind === 'yesNo' && /^options\.\w+$/.test(id) ? [id.slice('options.'.length)] : [],
);
const NONE = Object.fromEntries(OPTIONS.map((id) => [id, false]));

/** As many sets of options as there are numbers; a server shows all options of each. */
const optionsOf = (n: number): IDataObject =>
	Object.fromEntries(OPTIONS.flatMap((id, bit) => (n & (1 << bit) ? [[id, true]] : [])));
const shown = (draft: SessionDraft): SessionDraft => ({
	...draft,
	request: { ...draft.request, options: { ...NONE, ...(draft.request.options as IDataObject) } },
});

/** Every third is refused, and the answer is in another order. */
function answerTo(drafts: readonly SessionDraft[]) {
	const approved = drafts
		.filter(({ index }) => index % 3 > 0)
		.map((one) => view(shown(one), one.index));
	const rejected = drafts
		.filter(({ index }) => index % 3 === 0)
		.map((one) => refusal(refusedModel(shown(one), 'entity')));
	return [approved.reverse(), rejected] as const;
}

const draftsOf = (count: number, rest: (i: number) => IDataObject = () => ({})) =>
	Array.from({ length: count }, (_, i) => create(i, { options: optionsOf(i), ...rest(i) }));

describe('items of one name with as many sets of options', () => {
	it('get each its own result while that takes no second', () => {
		const drafts = draftsOf(300);
		expect(match(drafts, ...answerTo(drafts)).items).toEqual(
			drafts.map(({ index }) => (index % 3 > 0 ? `approved ${index}` : 'rejected 12')),
		);
	});

	it('are paired in order and marked, each of them, when they are thousands', () => {
		const drafts = draftsOf(4_000);
		const [approved, rejected] = answerTo(drafts);
		const from = process.cpuUsage();
		const { results, missing, unmatched } = matchResults(drafts, approved, rejected);
		const seconds = process.cpuUsage(from).user / 1_000_000;

		expect([results.size, missing.length, unmatched.length]).toEqual([4_000, 0, 0]);
		expect([...results.values()].filter(({ ambiguous }) => !ambiguous)).toEqual([]);
		// Without a bound it takes fifteen.
		expect(seconds).toBeLessThan(5);
	});

	it('are paired within what all of them tell, then, too', () => {
		const lang = (i: number) => ({ lang: ['tr-TR', 'en-US', 'ar-SA'][i % 3] as string });
		const drafts = draftsOf(3_000, lang);
		const { results } = matchResults(drafts, ...answerTo(drafts));
		for (const [draft, result] of results)
			expect([draft.index, result.kind]).toEqual([
				draft.index,
				draft.request.lang === 'tr-TR' ? 'rejected' : 'approved',
			]);
	});

	it('leave the refusals without a model to the items that are left', () => {
		const drafts = draftsOf(3_000);
		const [approved] = answerTo(drafts);
		const { results, missing } = matchResults(drafts, approved, Array(1_000).fill(refusal(null)));
		expect([results.size, missing.length]).toEqual([3_000, 0]);
	});
});
