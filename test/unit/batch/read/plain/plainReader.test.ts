import { plainReader } from '../../../../../nodes/Perculus/batch/read/plain/plainReader';

/** Reads the field `a` of each item, in a text; tells what came out, and for which items n8n was asked. */
function read(values: unknown[], evaluate: (value: unknown, index: number) => unknown) {
	const asked: number[] = [];
	const reader = plainReader(['a ', ['a']], (index) => {
		asked.push(index);
		return evaluate(values[index], index);
	});
	const texts = values.map((a, index) => {
		try {
			return reader(index, { a } as never);
		} catch (error) {
			return `threw ${(error as Error).message}`;
		}
	});
	return { texts, asked };
}

const asN8n = (value: unknown) => `a ${String(value)}`;

describe('a reader of plain parts', () => {
	it('asks for the first value of every kind, and for no other', () => {
		expect(read(['x', 'y', 1, 2, true, true, 'z', 3], asN8n)).toEqual({
			texts: ['a x', 'a y', 'a 1', 'a 2', 'a true', 'a true', 'a z', 'a 3'],
			asked: [0, 2, 4],
		});
	});

	it('takes an empty value for no proof of one that is not', () => {
		const hidden = () => 'a ';
		expect(read(['', '', null, 'x', 'y'], hidden)).toEqual({
			texts: ['a ', 'a ', 'a ', 'a ', 'a '],
			asked: [0, 2, 3, 4],
		});
	});

	it('asks for all the rest, once n8n says something else', () => {
		const withoutNo = (value: unknown) => `a ${value === false ? '' : String(value)}`;
		expect(read(['x', 'y', false, 'z', 'w'], withoutNo)).toEqual({
			texts: ['a x', 'a y', 'a ', 'a z', 'a w'],
			asked: [0, 2, 3, 4],
		});
	});

	it('asks for every item, once n8n has thrown', () => {
		const refused = () => {
			throw new Error('refused');
		};
		expect(read(['x', 'y', 'x'], refused)).toEqual({
			texts: ['threw refused', 'threw refused', 'threw refused'],
			asked: [0, 1, 2],
		});
	});

	it('goes on by itself after an item that is left to n8n', () => {
		expect(read(['x', ['y'], 'z'], asN8n)).toEqual({ texts: ['a x', 'a y', 'a z'], asked: [0, 1] });
	});

	it('keeps the kinds of several references apart', () => {
		const asked: number[] = [];
		const items = [
			{ a: 'x', b: 1 },
			{ a: 1, b: 'x' },
			{ a: 'y', b: 'y' },
		];
		const reader = plainReader([['a'], ['b']], (index) => {
			asked.push(index);
			return Object.values(items[index] ?? {}).join('');
		});
		expect(items.map((item, index) => reader(index, item))).toEqual(['x1', '1x', 'yy']);
		expect(asked).toEqual([0, 1]);
	});
});
