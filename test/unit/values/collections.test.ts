import { memoize } from '../../../nodes/Perculus/values/collections';

describe('a function that remembers', () => {
	/** Halves even numbers, and tells what it was asked. */
	function halves(size: number) {
		const asked: number[] = [];
		const half = memoize((n: number) => {
			asked.push(n);
			return n % 2 === 0 ? n / 2 : undefined;
		}, size);
		return { asked, half };
	}

	it('is asked once for each key, also where there is no answer', () => {
		const { asked, half } = halves(10);
		expect([4, 3, 4, 3].map(half)).toEqual([2, undefined, 2, undefined]);
		expect(asked).toEqual([4, 3]);
	});

	it('keeps no more than its size', () => {
		const { asked, half } = halves(2);
		expect([2, 4, 6, 6, 2].map(half)).toEqual([1, 2, 3, 3, 1]);
		expect(asked).toEqual([2, 4, 6, 2]);
	});
});
