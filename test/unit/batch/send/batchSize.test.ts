import { BatchSize } from '../../../../nodes/Perculus/batch/send/batchSize';

/** The sizes of the requests for some rows, where a request with a large one, or over the limit, is too large. */
function sizesOf(rows: number, large: number[], limit = Infinity, most = Infinity): number[] {
	const size = new BatchSize(most);
	const sizes: number[] = [];
	for (let next = 0; next < rows;) {
		const count = Math.min(size.next, rows - next);
		sizes.push(count);
		const end = next + count;
		if (count > limit || large.some((row) => row >= next && row < end)) {
			size.tooLarge(count);
			if (count > 1) continue;
		} else size.fits();
		next = end;
	}
	return sizes;
}

describe('how many sessions go into a request', () => {
	it('all, or as many as the user says', () => {
		expect(sizesOf(300, [])).toEqual([300]);
		expect(sizesOf(300, [], Infinity, 100)).toEqual([100, 100, 100]);
	});

	it('half as many until they fit, and no more than fit from then on', () => {
		expect(sizesOf(100, [], 30)).toEqual([100, 50, 25, 25, 25, 25]);
	});

	it('ever more again, after one that is too large by itself', () => {
		expect(sizesOf(60, [0])).toEqual([60, 30, 15, 8, 4, 2, 1, 1, 2, 4, 8, 16, 28]);
		expect(sizesOf(30, [0], Infinity, 8)).toEqual([8, 4, 2, 1, 1, 2, 4, 8, 8, 6]);
	});

	it('no more than the limit, once growing has met it', () => {
		expect(sizesOf(60, [0], 10)).toEqual([
			60, 30, 15, 8, 4, 2, 1, 1, 2, 4, 8, 16, 8, 8, 8, 8, 8, 4,
		]);
	});

	it('one alone where each is too large, and that once', () => {
		const all = Array.from({ length: 20 }, (_, row) => row);
		expect(sizesOf(20, all)).toEqual([20, 10, 5, 3, 2, ...Array<number>(20).fill(1)]);
	});
});
