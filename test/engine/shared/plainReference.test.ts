import fc from 'fast-check';

import { item, reference } from '../harness/arbitraries';
import { compareExpressions } from '../harness/judge';

describe('plain references', () => {
	it('agree with n8n on every item and every form the editor writes', async () => {
		let answered = 0;
		const lists = { minLength: 4, maxLength: 8 };
		await fc.assert(
			fc.asyncProperty(
				fc.array(reference, lists),
				fc.array(item, lists),
				async (references, items) => {
					const expressions = references.map((one) => `=${one}`);
					const compared = await compareExpressions(expressions, items);
					answered += compared.filter(({ isAsked }) => !isAsked).length;
				},
			),
			{ numRuns: 60 },
		);
		expect(answered).toBeGreaterThan(100);
	});

	it('ask n8n once for each kind of value, and for every item whose value is not plain', async () => {
		const asked = async (text: string) =>
			(await compareExpressions([text], ITEMS)).map((one) => one.isAsked);
		const ITEMS = [
			{ a: 'x', list: [1] },
			{ a: 'y', list: ['y'] },
			{ a: 1, list: [] },
			{},
			{ a: 2 },
			{ a: 'z', list: [2] },
			{},
		];
		expect(await asked('={{ $json.a }}')).toEqual([true, false, true, true, false, false, false]);
		expect(await asked('={{ $json.list[0] }}')).toEqual([
			true,
			true,
			true,
			true,
			true,
			false,
			true,
		]);
		expect(await asked('={{ $json.list }}')).toEqual([true, true, true, true, false, true, false]);
		expect(await asked('={{ $json.binding }}')).toEqual(Array(7).fill(true));
	});
});
