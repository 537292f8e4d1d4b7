import fc from 'fast-check';

import {
	looseReferenceKey,
	referenceIssue,
	referenceKey,
	referencesIn,
	tagsWithoutReferences,
	tagsWithReference,
} from '../../../nodes/Perculus/lookup/reference';

describe('references among tags', () => {
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
	])('%j has %j', (tags, expected) => {
		expect(referencesIn(tags)).toEqual(expected);
	});

	it('keeps the tags of others as they are, to the letter', () => {
		expect(tagsWithoutReferences(' math , algebra')).toBe(' math , algebra');
	});

	it('takes every reference away, and nothing else', () => {
		expect(tagsWithoutReferences('a, ref:1 ,b,REF:2,preref:3')).toBe('a,b,preref:3');
		expect(tagsWithoutReferences('ref:1')).toBe('');
	});

	it('writes a reference once, after the others', () => {
		expect(tagsWithReference('a,ref:old,b', 'new')).toBe('a,b,ref:new');
		expect(tagsWithReference(undefined, ' new ')).toBe('ref:new');
		expect(tagsWithReference('', 'new')).toBe('ref:new');
		expect(tagsWithReference('a,ref:new', 'new')).toBe('a,ref:new');
	});

	it('reads back what it has written', () => {
		const reference = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
			.filter((text) => referenceIssue(text) === undefined);
		const tags = fc
			.array(fc.stringMatching(/^[a-z][a-z ]{0,6}[a-z]$/))
			.map((list) => list.join(','));
		fc.assert(
			fc.property(reference, tags, (text, others) => {
				const written = tagsWithReference(others, text);
				expect(referencesIn(written).map(referenceKey)).toEqual([referenceKey(text)]);
				expect(tagsWithReference(written, text)).toBe(written);
			}),
		);
	});
});

describe('comparing references', () => {
	it('takes one Unicode form and no outer spaces, but letters as given', () => {
		expect(referenceKey(' Cafe\u0301 ')).toBe(referenceKey('Caf\u00e9'));
		expect(referenceKey('A')).not.toBe(referenceKey('a'));
		expect(looseReferenceKey('A')).toBe(looseReferenceKey('a'));
	});
});

describe('what cannot be a reference', () => {
	it.each([
		['', /is empty/],
		['   ', /is empty/],
		['a,b', /comma/],
		['a\nb', /line break/],
		['a\u0000', /control character/],
		['x'.repeat(101), /longer than 100/],
	])('%j', (text, expected) => {
		expect(referenceIssue(text)).toMatch(expected);
	});

	it.each(['1', 'deal-4711', 'Zeile 7', 'x'.repeat(100), '😀'.repeat(100)])('%j can', (text) => {
		expect(referenceIssue(text)).toBeUndefined();
	});
});
