import fc from 'fast-check';

import { loose, tidy } from '../../../nodes/Perculus/values/tidy';

const CASES: Array<[string, string, string]> = [
	['Maths', 'Maths', 'maths'],
	['  Higher   Maths\t', 'Higher Maths', 'highermaths'],
	['Cafe\u0301', 'Caf\u00e9', 'cafe\u0301'.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '')],
	['R&D', 'R&D', 'rd'],
	['ＡＢ', 'AB', 'ab'],
	['\u{1F393}', '\u{1F393}', ''],
	['', '', ''],
];

it.each(CASES)('%j is %j when tidied, and %j when loosened', (text, tidied, loosened) => {
	expect([tidy(text), loose(text)]).toEqual([tidied, loosened]);
});

const text = fc.string({
	unit: fc.constantFrom('a', 'B', 'é', 'e\u0301', ' ', '\t', '-', '9', 'ﬁ'),
});

it('is the same whether it was tidied before or not', () => {
	fc.assert(
		fc.property(text, (one) => {
			expect(tidy(tidy(one))).toBe(tidy(one));
			expect(loose(tidy(one))).toBe(loose(one));
		}),
	);
});

it('takes a text of megabytes of words', () => {
	const words = 'ab '.repeat(4_000_000);
	expect(tidy(words)).toHaveLength(words.length - 1);
	expect(loose(words)).toBe('ab'.repeat(4_000_000));
});
