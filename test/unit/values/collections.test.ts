import { memoize } from '../../../nodes/Perculus/values/collections';

describe('Memoized function', () => {
	/** Halves even numbers, and records the calls. */
	function halves(size: number) {
		const asked: number[] = [];
		const half = memoize((n: number) => {
			asked.push(n);
			return n % 2 === 0 ? n / 2 : undefined;
		}, size);
		return { asked, half };
	}

	it('the function is called once for each key, also if it returns undefined', () => {
		const { asked, half } = halves(10);
		expect([4, 3, 4, 3].map(half)).toEqual([2, undefined, 2, undefined]);
		expect(asked).toEqual([4, 3]);
	});

	it('the function remembers at most as many results as its size', () => {
		const { asked, half } = halves(2);
		expect([2, 4, 6, 6, 2].map(half)).toEqual([1, 2, 3, 3, 1]);
		expect(asked).toEqual([2, 4, 6, 2]);
	});
});
