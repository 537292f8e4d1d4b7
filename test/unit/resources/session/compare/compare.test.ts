import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import {
	create,
	match,
	refusal,
	refusedModel,
	view,
} from '../../../batch/match/matchResults.answer';

describe('starts in the answer', () => {
	/** Three hours apart, so that each looks like the next one to who reads the offset in a wrong way. */
	const hours = ['09', '12', '15'];
	const drafts = hours.map((hour, i) => create(i, { start_date: `2027-03-05T${hour}:00:00Z` }));
	const [a, b, c] = drafts as [SessionDraft, SessionDraft, SessionDraft];

	it.each<[string, (hour: string) => string]>([
		['digits with seven decimals', (hour) => `2027-03-05T${hour}:00:00.0000000+03:00`],
		['digits without an offset', (hour) => `2027-03-05T${hour}:00:00`],
		['digits with a space and no seconds', (hour) => `2027-03-05 ${hour}:00`],
		[
			'the same instant in UTC',
			(hour) => `2027-03-05T${String(+hour - 3).padStart(2, '0')}:00:00Z`,
		],
		['the same instant elsewhere', (hour) => `2027-03-05T${+hour + 2}:00:00+05:00`],
		['an instant that was not meant', (hour) => `2027-03-05T${+hour + 3}:00:00+03:00`],
	])('are known as %s', (_, written) => {
		const show = (draft: SessionDraft, i: number) => ({
			...view(draft, 100 + i),
			start_date: written(hours[i] ?? ''),
		});
		const rejected = [refusal(refusedModel(b, 'view'))];
		expect(match(drafts, [show(c, 2), show(a, 0)], rejected).items).toEqual([
			'approved 100',
			'rejected 12',
			'approved 102',
		]);
	});

	it('are known as the digits in UTC of a start that was sent with its offset', () => {
		const sent = hours.map((hour, i) =>
			create(i, { start_date: `2027-03-05T${hour}:00:00+03:00` }),
		);
		const approved = [12, 9, 6].map((hour, i) => ({
			...view(create(0), 102 - i),
			start_date: `2027-03-05T${String(hour).padStart(2, '0')}:00:00+03:00`,
		}));
		expect(match(sent, approved, []).items).toEqual([
			'approved 100',
			'approved 101',
			'approved 102',
		]);
	});

	it('may come with the duration as text', () => {
		const both = [create(0), create(1, { duration: 90 })];
		const [one, other] = both as [SessionDraft, SessionDraft];
		const rejected = [refusal({ ...refusedModel(one, 'view'), duration: '60' })];
		expect(match(both, [{ ...view(other, 101), duration: '90' }], rejected).items).toEqual([
			'rejected 12',
			'approved 101',
		]);
	});
});
