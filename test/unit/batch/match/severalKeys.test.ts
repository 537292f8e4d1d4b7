import type { IDataObject } from 'n8n-workflow';

import { matchResults } from '../../../../nodes/Perculus/batch/match/matchResults';
import type { ExactKey, MatchRules } from '../../../../nodes/Perculus/batch/match/matchRules';
import type { RejectedResult } from '../../../../nodes/Perculus/transport/batchBody';

/** A thing that is known by several keys, as an attendee is. */
type Draft = { code?: string; mail?: string };

const key = (name: keyof Draft): ExactKey<Draft> => ({
	sent: (draft) => draft[name],
	got: (model) => model[name] as string | undefined,
	isIdentity: true,
});

const RULES: MatchRules<Draft> = {
	exactKeys: [key('code'), key('mail')],
	sentName: () => undefined,
	gotName: ({ mail }) => mail as string | undefined,
	sentValues: () => new Map(),
	readAnswer: () => ({ values: () => new Map(), sentPart: () => '', gotPart: () => undefined }),
	mayBeRenamed: () => true,
};

const refused = (model: IDataObject | null, code: number): RejectedResult => ({
	model,
	code,
	details: [],
});

/** What each draft got, a question mark where that is marked, and what fits none. */
function match(drafts: Draft[], approved: IDataObject[], rejected: RejectedResult[] = []) {
	const { results, unmatched } = matchResults(drafts, approved, rejected, RULES);
	return {
		items: results.map((result) => {
			if (!result) return 'missing';
			const what = result.kind === 'approved' ? result.view.n : result.code;
			return `${what}${result.basis === 'certain' ? '' : ` ${result.basis}`}`;
		}),
		unmatched: unmatched.map((result) =>
			result.kind === 'approved' ? result.view.n : result.code,
		),
	};
}

it('one thing named by two keys has a result for each of its items', () => {
	const twice = [
		{ n: 1, code: 'A', mail: 'a@x' },
		{ n: 2, code: 'A', mail: 'a@x' },
	];
	expect(match([{ code: 'A' }, { mail: 'a@x' }], twice)).toEqual({
		items: ['1', '2'],
		unmatched: [],
	});
	expect(match([{ mail: 'a@x' }, { code: 'A' }], twice).items).toEqual(['2', '1']);
});

it('a second result of an item is no other one’s, and marks it where it says another thing', () => {
	const own = { n: 1, code: 'A', mail: 'a@x' };
	expect(match([{ code: 'A' }, { mail: 'b@x' }], [own, own])).toMatchObject({
		items: ['1', 'missing'],
	});
	expect(
		match([{ code: 'A' }, { mail: 'b@x' }], [own], [refused({ code: 'A' }, 12)]).items,
	).toEqual(['1 lookalike', 'missing']);
});

it('a refusal that tells any key is nobody else’s', () => {
	const foreign = refused({ code: null, mail: 'z@x' }, 52);
	const approved = { n: 1, code: 'A', mail: 'a@x' };
	expect(match([{ mail: 'a@x' }, { mail: 'b@x' }], [approved], [foreign])).toEqual({
		items: ['1', 'missing'],
		unmatched: [52],
	});
	expect(match([{ mail: 'a@x' }, { mail: 'b@x' }], [approved], [refused(null, 52)])).toEqual({
		items: ['1', '52'],
		unmatched: [],
	});
});

it('what tells one key of several is not given to an item of another', () => {
	const rules = { ...RULES, gotName: () => undefined };
	const { results } = matchResults(
		[{ code: 'A' }, { code: 'B' }, { code: 'C' }],
		[{ n: 1, code: 'A' }],
		[refused({ mail: 'z@x' }, 40), refused({ mail: 'y@x' }, 40)],
		rules,
	);
	expect(results.filter((result) => result)).toHaveLength(1);
});
