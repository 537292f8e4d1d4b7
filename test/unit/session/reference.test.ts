import fc from 'fast-check';

import {
	foldReference,
	hasReferenceTag,
	readReference,
	referencesIn,
	tagsWithoutReference,
	tagsWithReference,
	tidyReference,
} from '../../../nodes/Perculus/session/reference';

describe('References among tags', () => {
	it.each([
		['ref:deal-1', ['deal-1']],
		['math, ref:deal-1 ,algebra', ['deal-1']],
		['REF: deal 1', ['deal 1']],
		['ref:a,ref:b', ['a', 'b']],
		['xref:a', []],
		['ref:', []],
		['ref: ', []],
		['math', []],
		['', []],
		[null, []],
		[undefined, []],
		[7, []],
	])('the tags %j have the references %j', (tags, expected) => {
		expect(referencesIn(tags)).toEqual(expected);
	});

	it.each([
		['ref:', true],
		['math, REF:a', true],
		['href:a', false],
		['', false],
		[null, false],
	])('detects a reference tag in %j: %j', (tags, expected) => {
		expect(hasReferenceTag(tags)).toBe(expected);
	});

	it.each([
		[' math , algebra', ' math , algebra'],
		['a, ref:1 ,b,REF:1,preref:1', 'a,b,preref:1'],
		['ref:1,ref:2', 'ref:2'],
		['ref:1', ''],
	])('removes only the reference: %j becomes %j', (tags, expected) => {
		expect(tagsWithoutReference(tags, '1')).toBe(expected);
	});

	it.each([
		['', 'ref:new'],
		['a,ref:new', 'a,ref:new'],
		['a,REF: new ,ref:new,b', 'a,b,ref:new'],
		['a,ref:old,b', 'a,b,ref:new,ref:old'],
		['ref:old,ref:new', 'ref:new,ref:old'],
		['a,ref:', 'a,ref:new'],
	])('writes the reference once, before other references: %j becomes %j', (tags, expected) => {
		expect(tagsWithReference(tags, ' new ')).toBe(expected);
	});

	it('reads back any reference that it has written', () => {
		const reference = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
			.filter((text) => 'value' in readReference(text));
		const tags = fc
			.array(fc.stringMatching(/^[a-z][a-z ]{0,6}[a-z]$/))
			.map((list) => list.join(','));
		fc.assert(
			fc.property(reference, tags, (text, others) => {
				const written = tagsWithReference(others, text);
				expect(referencesIn(written)).toEqual([tidyReference(text)]);
				expect(tagsWithReference(written, text)).toBe(written);
			}),
		);
	});
});

describe('Comparing references', () => {
	it('tidying unifies the Unicode form and outer spaces, and only folding ignores case', () => {
		expect(tidyReference(' Cafe\u0301 ')).toBe('Caf\u00e9');
		expect(tidyReference('A')).not.toBe(tidyReference('a'));
		expect(foldReference('A')).toBe(foldReference('a'));
	});
});

describe('Reading a reference', () => {
	it.each<[unknown, string]>([
		[' deal-4711 ', 'deal-4711'],
		[4711, '4711'],
		[['D-1'], 'D-1'],
		['D-4711\u200b', 'D-4711'],
		['Cafe\u0301', 'Caf\u00e9'],
		['x'.repeat(250), 'x'.repeat(250)],
		['😀1'.repeat(125), '😀1'.repeat(125)],
	])('accepts %j as a reference', (value, expected) => {
		expect(readReference(value)).toEqual({ value: expected });
	});

	it.each<[unknown, RegExp]>([
		['a,b', /comma/],
		['a\nb', /line break/],
		['x'.repeat(251), /at most 250/],
		['-', /letter or a digit/],
		[true, /must be text/],
		[['a', 'b'], /must be text/],
		[Number('7615917337495251231'), /must be text/],
	])('rejects %j as a reference', (value, expected) => {
		expect(readReference(value)).toMatchObject({ issue: expect.stringMatching(expected) });
	});
});
