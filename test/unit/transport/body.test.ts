import { SESSION_CATALOGUE } from '../../../nodes/Perculus/session/fields';
import { detailsOf, readModel, resultsOf } from '../../../nodes/Perculus/transport/body';

const nested = (levels: number): unknown =>
	JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);

describe('a session in an answer', () => {
	it('is taken as it is where it is one', () => {
		const view = { session_guid: 'A', name: 'B', options: { chat: { offMessageModule: true } } };
		expect(readModel(view)).toBe(view);
	});

	it.each([null, 'text', 7, [], undefined])('is none: %j', (value) => {
		expect(readModel(value)).toBeNull();
	});

	it('loses values that are no plain ones where only those belong', () => {
		const view = {
			session_guid: { toString: 1 },
			duration: { valueOf: 1 },
			name: [['x']],
			lang: 'x',
		};
		expect(readModel(view, SESSION_CATALOGUE.plainKeys)).toEqual({ lang: 'x' });
	});

	it('has a list of texts as the text that it stands for, where only such belong', () => {
		const view = { tags: ['math', 7], name: [null], options: { more: ['a'] }, other: ['a'] };
		expect(readModel(view, SESSION_CATALOGUE.plainKeys)).toEqual({
			tags: 'math,7',
			options: { more: ['a'] },
			other: ['a'],
		});
	});

	it('loses what is nested beyond measure', () => {
		expect(readModel({ name: 'x', options: nested(2), more: nested(10_000) })).toEqual({
			name: 'x',
			options: nested(2),
		});
	});

	it('loses keys that copying would turn into a prototype', () => {
		const view = readModel(
			JSON.parse('{"name":"x","__proto__":{"y":1},"o":{"__proto__":{"y":1}}}'),
		);
		expect(Object.keys(view ?? {})).toEqual(['name']);
		expect(({} as { y?: number }).y).toBeUndefined();
	});
});

describe('details', () => {
	it('are sentences, whatever their form', () => {
		expect(detailsOf(['a', ['b', { Message: 'c' }], { field: ['d'] }, null, 5])).toEqual([
			'a',
			'b',
			'c',
			'field: d',
			'5',
		]);
	});

	it('are bounded', () => {
		expect(detailsOf(nested(10_000))).toEqual([]);
		expect(detailsOf('x'.repeat(1_000_000))).toEqual(['x'.repeat(500)]);
		expect(detailsOf(Array(1000).fill('x'))).toHaveLength(50);
	});

	it('are cut between words, so that no part of a key is left', () => {
		expect(detailsOf(`${'x '.repeat(245)}${'k'.repeat(32)}|${'h'.repeat(64)}`)).toEqual([
			'x '.repeat(245).trim(),
		]);
	});

	it('are bounded all together, and not cut in the middle of an emoji', () => {
		const all = detailsOf(Array.from({ length: 50 }, (_, i) => `${i} ${'x'.repeat(400)}`));
		expect(all.join('').length).toBeLessThanOrEqual(5000);
		expect(all.length).toBeGreaterThan(10);
		expect(detailsOf(`${'x'.repeat(499)}🎓`)).toEqual(['x'.repeat(499)]);
	});
});

it('junk among the results is read as results without a session', () => {
	const junk = [null, 1, 'x', [], { state: 5 }, { model: 'x', state: { code: '12' } }];
	expect(resultsOf({ approved: junk.slice(0, 4), rejected: junk })).toEqual({
		approved: [null, null, null, null],
		rejected: [
			...Array<unknown>(4).fill({ model: null, code: null, details: [] }),
			{ model: null, code: null, details: ['5'] },
			{ model: null, code: 12, details: [] },
		],
	});
});
