import fc from 'fast-check';

import { tidy } from '../../../nodes/Perculus/values/text';

it.each<[string, string]>([
	['Maths', 'Maths'],
	['  Higher   Maths\t', 'Higher Maths'],
	['Cafe\u0301', 'Caf\u00e9'],
	['D-4711\u200b', 'D-4711'],
	['R&D', 'R&D'],
	['R&amp;D &lt;1&gt; &quot;a&quot; &#39;b&#x27; &apos;', "R&D <1> \"a\" 'b' '"],
	['T&#252;rk&#231;e', 'Türkçe'],
	['AT&amp;amp;T', 'AT&T'],
	['&Uuml; &#99999999; &#x110000;', '&Uuml; &#99999999; &#x110000;'],
	['', ''],
])('tidies %j to %j', (text, tidied) => {
	expect(tidy(text)).toBe(tidied);
});

const text = fc.string({
	unit: fc.constantFrom('a', 'B', 'é', 'e\u0301', ' ', '\t', '-', '9', 'ﬁ'),
});

it('leaves a tidy text unchanged', () => {
	fc.assert(fc.property(text, (one) => expect(tidy(tidy(one))).toBe(tidy(one))));
});

it('tidies a text of 12 MB', () => {
	const words = 'ab '.repeat(4_000_000);
	expect(tidy(words)).toHaveLength(words.length - 1);
});
