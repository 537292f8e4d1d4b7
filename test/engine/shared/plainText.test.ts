import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { item, literal, reference, usualReference } from '../harness/arbitraries';
import { compareExpressions } from '../harness/judge';

const DATES = [
	{ Day: '2035-03-05', Time: '14:00' },
	{ Day: '2035-03-06', Time: '9:30' },
];

/** The values of a text, which n8n judged on the way, and for which items n8n was asked. */
async function read(text: string, items: IDataObject[]) {
	const compared = await compareExpressions([text], items);
	return {
		values: compared.map(({ ours }) => (Array.isArray(ours) ? (ours[0] as unknown) : ours)),
		asked: compared.map(({ isAsked }) => isAsked),
	};
}

describe('texts of references', () => {
	it('agree with n8n on every item, every literal and every form of reference', async () => {
		const anyText = fc
			.array(fc.oneof(literal, reference, usualReference, usualReference), {
				minLength: 1,
				maxLength: 6,
			})
			.map((parts) => `=${parts.join('')}`);
		const usualText = fc
			.array(fc.oneof(fc.constantFrom(' ', '/', 'Course ', ', ', '\n'), usualReference), {
				minLength: 2,
				maxLength: 5,
			})
			.map((parts) => `=${parts.join('')}`);
		let answered = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(anyText, usualText), { minLength: 4, maxLength: 8 }),
				fc.array(item, { minLength: 4, maxLength: 10 }),
				async (texts, items) => {
					const compared = await compareExpressions(texts, items);
					answered += compared.filter(({ isAsked }) => !isAsked).length;
				},
			),
			{ numRuns: 100 },
		);
		expect(answered).toBeGreaterThan(200);
	});

	it('are read from the item, and n8n is asked once', async () => {
		expect(await read('={{ $json.Day }} {{ $json.Time }}', [...DATES, ...DATES])).toEqual({
			values: ['2035-03-05 14:00', '2035-03-06 9:30', '2035-03-05 14:00', '2035-03-06 9:30'],
			asked: [true, false, false, false],
		});
	});

	it('show numbers, yes and no as n8n does, and nothing for null, NaN and what is missing', async () => {
		const values = [1, 0, -0, 1e21, 0.1, NaN, true, false, null, undefined, '', ' x '];
		const shown = ['1', '0', '0', '1e+21', '0.1', '', 'true', 'false', '', '', '', ' x '];
		const items = [...values, ...values].map((a): IDataObject => (a === undefined ? {} : { a }));
		const { values: texts, asked } = await read('=[{{ $json.a }}]', items);
		expect(texts).toEqual([...shown, ...shown].map((text) => `[${text}]`));
		// Judged by n8n the first time, and agreed on.
		expect(asked.slice(values.length)).toEqual(values.map(() => false));
	});

	it('leave objects, lists and dates to n8n, item by item', async () => {
		const date = new Date(0);
		const items = [{ a: 'x' }, { a: ['y', 'z'] }, { a: { b: 1 } }, { a: date }, { a: 'w' }];
		expect(await read('=a {{ $json.a }}', items as never)).toEqual({
			values: ['a x', 'a y,z', 'a [object Object]', `a ${String(date)}`, 'a w'],
			asked: [true, true, true, true, false],
		});
	});

	it('never take what a value says for an expression', async () => {
		const items = [{ a: '{{ 1 + 1 }}' }, { a: '={{ 2 }}' }, { a: '}} {{ $json.a' }, { a: '\\{{' }];
		expect((await read('=={{ $json.a }}', items)).values).toEqual([
			'={{ 1 + 1 }}',
			'=={{ 2 }}',
			'=}} {{ $json.a',
			'=\\{{',
		]);
	});

	it('keep spaces and line breaks around, and count as a text with them', async () => {
		const items = [{ a: 1 }, { a: 2 }];
		expect((await read('= {{ $json.a }}', items)).values).toEqual([' 1', ' 2']);
		expect((await read('={{ $json.a }}\n', items)).values).toEqual(['1\n', '2\n']);
		expect((await read('={{ $json.a }}{{ $json.a }}', items)).values).toEqual(['11', '22']);
		expect((await read('={{ $json.a }}', items)).values).toEqual([1, 2]);
	});

	it('are texts without a reference, too', async () => {
		const items = [{}, {}, {}];
		expect(await read('=Course', items)).toEqual({
			values: ['Course', 'Course', 'Course'],
			asked: [true, false, false],
		});
		expect((await read('=', items)).values).toEqual(['', '', '']);
	});

	it('go to n8n for every item where n8n refuses or escapes', async () => {
		const items = [{ a: 1 }, { a: 2 }];
		for (const text of [
			'=Read .constructor {{ $json.a }}',
			'={{ $json.a }} {{ $json.binding }}',
			'=C:\\dir {{ $json.a }}',
			'=\\{{ $json.a }}',
			'={{ $json.a }} {{ $json.a + 1 }}',
			'={{ $json.a }} {{ $json.b',
			'=toString',
		])
			expect([text, (await read(text, items)).asked]).toEqual([text, [true, true]]);
	});
});
