import type { IDataObject } from 'n8n-workflow';

import { matchResults } from '../../../../nodes/Perculus/batch/match/matchResults';
import type { MatchRules } from '../../../../nodes/Perculus/batch/match/matchRules';
import type { RejectedResult } from '../../../../nodes/Perculus/transport/batchBody';

/** Something that is known by its number, else by a reference of its own, else by its name and size. */
interface Book {
	number?: string;
	reference?: string;
	name: string;
	size: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const lower = (value: unknown) => text(value)?.toLowerCase();

const BOOKS: MatchRules<Book> = {
	exactKeys: [
		{ sent: ({ number }) => lower(number), got: ({ number }) => lower(number), isIdentity: true },
		{
			sent: ({ reference }) => lower(reference),
			got: ({ reference }) => lower(reference),
			isIdentity: false,
		},
	],
	sentName: ({ name }) => name,
	gotName: ({ name }) => text(name),
	sentValues: ({ name, size }) => new Map(Object.entries({ name, size })),
	readAnswer: () => ({
		values: ({ model }) =>
			new Map(Object.entries(model).map(([key, one]) => [key, text(one) ?? null])),
		sentPart: ({ size }) => size,
		gotPart: ({ model }) => text(model.size),
	}),
	mayBeRenamed: () => true,
};

const refuse = (model: IDataObject): RejectedResult => ({ model, code: 1, details: [] });

function match(books: Book[], approved: IDataObject[], refused: IDataObject[] = []) {
	const { results, unmatched } = matchResults(books, approved, refused.map(refuse), BOOKS);
	const said = results.map((result) => {
		if (!result) return 'missing';
		const kind = result.kind === 'approved' ? String(result.view.id) : 'refused';
		return result.basis === 'certain' ? kind : `${kind}, ${result.basis}`;
	});
	return unmatched.length === 0 ? said : [...said, `${unmatched.length} unmatched`];
}

const same = { name: 'Dune', size: 'large' };

describe('exact keys', () => {
	it('are tried in order, before anything that is told', () => {
		const books: Book[] = [
			{ ...same, number: 'N1' },
			{ ...same, reference: 'first' },
			{ ...same, reference: 'second' },
			same,
		];
		const answered = [
			{ id: 'd', ...same },
			{ id: 'c', ...same, reference: 'SECOND', number: 'x3' },
			{ id: 'b', ...same, reference: 'First', number: 'x2' },
			{ id: 'a', name: 'Another', number: 'n1', reference: 'second' },
		];
		expect(match(books, answered)).toEqual(['a', 'b', 'c', 'd']);
	});

	it('tell lookalikes of other fates apart', () => {
		const books = ['r1', 'r2', 'r3'].map((reference) => ({ ...same, reference }));
		expect(
			match(
				books,
				[{ id: 'b', ...same, reference: 'r2' }],
				[
					{ ...same, reference: 'r3' },
					{ ...same, reference: 'r1' },
				],
			),
		).toEqual(['refused', 'b', 'refused']);
	});

	it('leave to the rest what does not come back with them', () => {
		const books = [
			{ ...same, reference: 'r1' },
			{ ...same, size: 'small', reference: 'r2' },
		];
		expect(
			match(books, [
				{ id: 'b', name: 'Dune', size: 'small' },
				{ id: 'a', ...same },
			]),
		).toEqual(['a', 'b']);
	});

	it('keep apart what tells different ones', () => {
		expect(
			match([{ ...same, reference: 'r1' }], [{ id: 'a', number: 'x', reference: 'r2' }]),
		).toEqual(['missing', '1 unmatched']);
	});

	it('that are an identity are never overruled by a name', () => {
		expect(match([{ ...same, number: 'n1' }], [{ id: 'a', ...same, number: 'n2' }])).toEqual([
			'missing',
			'1 unmatched',
		]);
	});

	it('of which the answer says two things leave a mark', () => {
		expect(
			match([{ ...same, number: 'n1' }], [{ id: 'a', number: 'n1' }], [{ number: 'N1' }]),
		).toEqual(['a, lookalike', '1 unmatched']);
	});
});
