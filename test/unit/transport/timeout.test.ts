import { timeoutOf } from '../../../nodes/Perculus/transport/client';

describe('Timeout', () => {
	it.each([
		[1, 1],
		[1.9, 1],
		['30', 30],
		[3600, 3600],
		[3601, 3600],
		[120_000, 3600],
		[2_147_483, 3600],
		[2_147_484, 3600],
		[3_600_000, 3600],
		[Infinity, 3600],
		['1e9', 3600],
		[0, 120],
		[0.5, 120],
		[-5, 120],
		[NaN, 120],
		['two minutes', 120],
		['', 120],
		[null, 120],
		[undefined, 120],
		[{}, 120],
		[[], 120],
	])('the timeout %j is read as %d seconds', (given, seconds) => {
		expect(timeoutOf(given)).toBe(seconds);
	});
});
