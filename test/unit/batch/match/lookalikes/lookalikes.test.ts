import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import { create, match, refusal, refusedModel, SHAPES, view } from '../matchResults.answer';

describe('lookalikes', () => {
	const FIELDS: Array<[string, IDataObject, IDataObject]> = [
		['tags', { tags: 'a' }, { tags: 'b' }],
		['tags of one', { tags: 'a' }, {}],
		['language', { lang: 'tr-TR' }, { lang: 'en-US' }],
		['language of one, not the default', { lang: 'ar-SA' }, {}],
		['zone', { timezone: 'Europe/London' }, { timezone: 'Europe/Istanbul' }],
		['an option', { options: { allow_rating: true } }, { options: { allow_rating: false } }],
		[
			'a nested option',
			{ options: { chat: { offMessageModule: true } } },
			{ options: { chat: { offMessageModule: false } } },
		],
		['start', { start_date: '2027-03-05T15:00:00Z' }, {}],
		['duration', { duration: 90 }, {}],
		['description, echoed of one', { description: 'one' }, { description: 'two' }],
	];
	it.each(
		FIELDS.flatMap(([name, one, other]) =>
			SHAPES.map((shape) => [name, shape, one, other] as const),
		),
	)('are told apart by %s (%s)', (_, shape, one, other) => {
		for (const requests of [
			[one, other],
			[other, one],
		]) {
			const drafts = requests.map((request, i) => create(i, request));
			const [a, b] = drafts as [SessionDraft, SessionDraft];
			const rejected = [refusal(refusedModel(a, shape))];
			expect(match(drafts, [view(b, 101)], rejected).items).toEqual([
				'rejected 12',
				'approved 101',
			]);
		}
	});

	it('with mixed fates are marked, each of them', () => {
		const drafts = [create(0), create(1), create(2, { tags: 'other' })];
		const [a, b, c] = drafts as [SessionDraft, SessionDraft, SessionDraft];
		const rejected = [refusal(refusedModel(a, 'view')), refusal(refusedModel(c, 'view'), 35)];
		expect(match(drafts, [view(b, 101)], rejected).items).toEqual([
			'approved 101 ?',
			'rejected 12 ?',
			'rejected 35',
		]);
	});

	it('refused for different reasons are marked, too', () => {
		const drafts = [create(0), create(1)];
		const rejected = [12, 35].map((code) => refusal(refusedModel(create(0), 'view'), code));
		expect(match(drafts, [], rejected).items).toEqual(['rejected 12 ?', 'rejected 35 ?']);
	});

	it('of one fate are kept in order and in number', () => {
		const drafts = [create(0), create(1), create(2)];
		const approved = [101, 100, 102].map((n) => view(create(0), n));
		expect(match(drafts, approved, [])).toEqual({
			items: ['approved 101', 'approved 100', 'approved 102'],
			unmatched: [],
		});
	});

	it('with one result too few are marked; with one too many, the other is a stranger', () => {
		const drafts = [create(0), create(1)];
		expect(match(drafts, [view(create(0), 100)], [])).toEqual({
			items: ['approved 100 ?', 'missing'],
			unmatched: [],
		});
		const three = [100, 101, 102].map((n) => view(create(0), n));
		expect(match(drafts, three, [])).toEqual({
			items: ['approved 100', 'approved 101'],
			unmatched: ['approved 102'],
		});
	});

	it('are marked, too, when one of them is refused without a model', () => {
		expect(match([create(0), create(1)], [view(create(0), 100)], [refusal(null)]).items).toEqual([
			'approved 100 ?',
			'rejected 12 ?',
		]);
	});

	it.each(['b,c', 'b , c', '#b #c', 'B,C'])(
		'are told apart though tags come back as %j',
		(tags) => {
			const drafts = [create(0, { tags: 'a' }), create(1, { tags: 'b, c' })];
			const [a, b] = drafts as [SessionDraft, SessionDraft];
			const rejected = [refusal({ ...refusedModel(b, 'view'), tags })];
			expect(match(drafts, [view(a, 100)], rejected).items).toEqual([
				'approved 100',
				'rejected 12',
			]);
		},
	);

	it('are told apart though the server spells their zone in another way', () => {
		const more = { timezone: 'Asia/Calcutta' };
		const drafts = [create(0, { ...more, tags: 'a' }), create(1, { ...more, tags: 'b' })];
		const [a, b] = drafts as [SessionDraft, SessionDraft];
		const timezone = 'Asia/Kolkata';
		const rejected = [refusal({ ...refusedModel(a, 'view'), timezone })];
		expect(match(drafts, [{ ...view(b, 101), timezone }], rejected).items).toEqual([
			'rejected 12',
			'approved 101',
		]);
	});

	it('are told apart though the tags of several come back changed', () => {
		const drafts = ['a', 'b, c', 'd, e'].map((tags, i) => create(i, { tags }));
		const [a, b, c] = drafts as [SessionDraft, SessionDraft, SessionDraft];
		const rejected = [refusal({ ...refusedModel(c, 'view'), tags: '#d #e' })];
		const approved = [{ ...view(b, 101), tags: '#b #c' }, view(a, 100)];
		expect(match(drafts, approved, rejected).items).toEqual([
			'approved 100',
			'approved 101',
			'rejected 12',
		]);
	});
});

it('come out as in the example of docs/lookalikes.md, whatever the order', () => {
	const english = create(0, { lang: 'en-US' });
	const unsaid = create(1);
	const turkish = create(2, { lang: 'tr-TR' });
	const rejected = [refusal(refusedModel(turkish, 'view'), 35)];
	for (const drafts of [
		[english, unsaid, turkish],
		[turkish, unsaid, english],
		[unsaid, english, turkish],
	])
		for (const approved of [
			[view(english, 100), view(turkish, 101)],
			[view(turkish, 101), view(english, 100)],
		]) {
			const { items } = match(drafts, approved, rejected);
			expect(items[drafts.indexOf(english)]).toBe('approved 100');
			expect(items.filter((item) => item.endsWith(' ?')).sort()).toEqual([
				'approved 101 ?',
				'rejected 35 ?',
			]);
		}
});
