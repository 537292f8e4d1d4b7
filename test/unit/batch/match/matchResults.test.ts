import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import { sessionDraft } from '../../sessionDraft';
import {
	create,
	guidOf,
	match,
	matchResults,
	PLAIN,
	refusal,
	refusedModel,
	SHAPES,
	update,
	view,
	type Manner,
	type Shape,
} from './matchResults.answer';

describe('updates', () => {
	it.each(SHAPES)('are paired by GUID, in whatever order and shape they come: %s', (shape) => {
		const drafts = [update(1), update(2), update(3), create(4)];
		const [a, b, c, d] = drafts as [SessionDraft, SessionDraft, SessionDraft, SessionDraft];
		expect(
			match(
				drafts,
				[view(d, 100), view(c, 3)],
				[refusal(refusedModel(b, shape), 30), refusal(refusedModel(a, shape), 12)],
			),
		).toEqual({
			items: ['rejected 12', 'rejected 30', 'approved 3', 'approved 100'],
			unmatched: [],
		});
	});

	it.each([
		['upper case', guidOf(1).toUpperCase()],
		['lower case', guidOf(1).toLowerCase()],
		['braces', `{${guidOf(1)}}`],
	])('are known by a GUID in %s', (_, session_guid) => {
		expect(match([update(1)], [{ ...view(update(1), 1), session_guid }], []).items).not.toContain(
			'missing',
		);
		const model = { the_guid: session_guid, name: null };
		expect(match([update(1)], [], [refusal(model, 30)]).items).toEqual(['rejected 30']);
	});

	it('never give their result to a create, nor a second one of theirs', () => {
		const drafts = [update(1, { name: 'Maths' }), create(2)];
		const [first] = drafts as [SessionDraft];
		const own = { ...view(create(2), 1), duration: 90 };
		expect(match(drafts, [own, own], [])).toEqual({
			items: [`approved 1`, 'missing'],
			unmatched: ['approved 1'],
		});
		expect(match(drafts, [own], [refusal(refusedModel(first, 'entity'), 30)]).items).toEqual([
			'approved 1 ?',
			'missing',
		]);
	});
});

describe('creates', () => {
	it.each<Shape>(SHAPES)('are told by what was sent, in whatever order: %s', (shape) => {
		const names = ['Maths', 'Physics', 'Music', 'Sports'];
		const drafts = names.map((name, i) => create(i, { name }));
		const [a, b, c, d] = drafts as [SessionDraft, SessionDraft, SessionDraft, SessionDraft];
		const rejected = [
			refusal(refusedModel(d, shape, PLAIN, guidOf(999)), 35),
			refusal(refusedModel(b, shape)),
		];
		expect(match(drafts, [view(c, 102), view(a, 100)], rejected)).toEqual({
			items: ['approved 100', 'rejected 12', 'approved 102', 'rejected 35'],
			unmatched: [],
		});
	});

	it.each<[string, Manner['names'], string]>([
		['trimmed', 'trimmed', ' Maths '],
		['with single spaces', 'collapsed', 'Higher   Maths'],
		['in another Unicode form', 'nfc', 'Cafe\u0301'],
	])('are known by a name that comes back %s', (_, names, name) => {
		const drafts = [create(0, { name }), create(1, { name, duration: 90 })];
		const [a, b] = drafts as [SessionDraft, SessionDraft];
		const manner = { ...PLAIN, names };
		const rejected = [refusal(refusedModel(a, 'entity', manner))];
		expect(match(drafts, [view(b, 101, manner)], rejected).items).toEqual([
			'rejected 12',
			'approved 101',
		]);
	});

	it('are told apart by spaces in their names where the server keeps them, and marked where not', () => {
		const drafts = [create(0, { name: 'Maths' }), create(1, { name: 'Maths ' })];
		const [a, b] = drafts as [SessionDraft, SessionDraft];
		const answer = (names: Manner['names']) =>
			match(
				drafts,
				[view(b, 101, { ...PLAIN, names })],
				[refusal(refusedModel(a, 'entity', { ...PLAIN, names }))],
			).items;
		expect(answer('kept')).toEqual(['rejected 12', 'approved 101']);
		expect(answer('trimmed')).toEqual(['approved 101 ?', 'rejected 12 ?']);
	});

	it('are known whatever language and zone the server fills in', () => {
		const drafts = [create(0), create(1, { duration: 90, lang: 'en-US' })];
		const [a, b] = drafts as [SessionDraft, SessionDraft];
		const manner = { ...PLAIN, lang: 'ar-SA', timezone: 'Asia/Dubai' };
		const rejected = [refusal(refusedModel(a, 'entity', manner))];
		expect(match(drafts, [view(b, 101, manner)], rejected).items).toEqual([
			'rejected 12',
			'approved 101',
		]);
	});

	it('are paired by elimination where one changed result faces one item', () => {
		const drafts = [create(0, { tags: 'a' }), create(1, { tags: 'b' }), create(2, { tags: 'c' })];
		const [a, b, c] = drafts as [SessionDraft, SessionDraft, SessionDraft];
		const changed = { ...view(b, 101), tags: 'something else' };
		expect(
			match(drafts, [changed, view(a, 100)], [refusal(refusedModel(c, 'view'))]).items,
		).toEqual(['approved 100', 'approved 101', 'rejected 12']);
	});
});

describe('refusals without a model', () => {
	const drafts = [create(0, { name: 'A' }), create(1, { name: 'B' }), update(2)];
	const [a] = drafts as [SessionDraft];

	it('belong to the items that are left', () => {
		expect(match(drafts, [view(a, 100)], [refusal(null, 35), refusal(null, 35)])).toEqual({
			items: ['approved 100', 'rejected 35', 'rejected 35'],
			unmatched: [],
		});
	});

	it('are marked where they differ', () => {
		const rejected = [refusal(null, 35), refusal({}, 30)];
		expect(match(drafts, [view(a, 100)], rejected).items).toEqual([
			'approved 100',
			'rejected 35 ?',
			'rejected 30 ?',
		]);
	});

	it('are nobody’s where they are fewer or more than the items that are left', () => {
		expect(match(drafts, [view(a, 100)], [refusal(null, 35)])).toEqual({
			items: ['approved 100', 'missing', 'missing'],
			unmatched: ['rejected 35'],
		});
	});
});

describe('what is missing, and what fits nothing', () => {
	const drafts = [create(0, { name: 'A' }), create(1, { name: 'B' }), update(2)];
	const [a, b] = drafts as [SessionDraft, SessionDraft];

	it('is left without a result, and told as a stranger', () => {
		const foreign = view(create(9, { name: 'Foreign' }), 900);
		const rejected = [refusal(refusedModel(update(8), 'entity'), 30)];
		expect(match(drafts, [foreign, view(a, 100)], rejected)).toEqual({
			items: ['approved 100', 'missing', 'missing'],
			unmatched: ['approved 900', 'rejected 30'],
		});
	});

	it('gives a session to one item only, even if the answer has it twice', () => {
		const twice = [view(a, 100), view(a, 100)];
		expect(match([a, create(1, { name: 'A' }), b], twice, [])).toEqual({
			items: ['approved 100 ?', 'missing', 'missing'],
			unmatched: ['approved 100'],
		});
	});
});

describe('a session that the answer gives to two items', () => {
	it('is given to one', () => {
		const drafts = [create(0, { name: 'A' }), create(1, { name: 'B' })];
		const [a, b] = drafts as [SessionDraft, SessionDraft];
		const { items } = match(drafts, [view(a, 7), view(b, 7)], []);
		expect(items.filter((item) => item === 'approved 7')).toHaveLength(1);
	});
});

describe('an approval that tells nothing about its session', () => {
	it('leaves unknown whether a refusal that tells nothing is the item’s', () => {
		const draft = sessionDraft({
			name: 'A',
			start_date: '2030-01-01T10:00:00Z',
			duration: 60,
		});
		const { results, missing } = matchResults(
			[draft],
			[[]],
			[{ model: null, code: 12, details: [] }],
		);
		expect(results.size).toBe(0);
		expect(missing).toEqual([draft]);
	});
});
