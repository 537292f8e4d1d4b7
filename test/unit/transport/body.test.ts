import { SESSION_CATALOGUE } from '../../../nodes/Perculus/session/fields';
import { detailsOf, readModel, resultsOf } from '../../../nodes/Perculus/transport/body';

const nested = (levels: number): unknown =>
	JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);

describe('Session in a response', () => {
	it('a session is returned as it is', () => {
		const view = { session_guid: 'A', name: 'B', options: { chat: { offMessageModule: true } } };
		expect(readModel(view)).toBe(view);
	});

	it.each([null, 'text', 7, [], undefined])('reads %j as no session', (value) => {
		expect(readModel(value)).toBeNull();
	});

	it('omits objects and nested lists from fields with plain values', () => {
		const view = {
			session_guid: { toString: 1 },
			duration: { valueOf: 1 },
			name: [['x']],
			lang: 'x',
		};
		expect(readModel(view, SESSION_CATALOGUE.plainKeys)).toEqual({ lang: 'x' });
	});

	it('joins a list of texts in a field with plain values', () => {
		const view = { tags: ['math', 7], name: [null], options: { more: ['a'] }, other: ['a'] };
		expect(readModel(view, SESSION_CATALOGUE.plainKeys)).toEqual({
			tags: 'math,7',
			options: { more: ['a'] },
			other: ['a'],
		});
	});

	it('omits values that are nested too deep', () => {
		expect(readModel({ name: 'x', options: nested(2), more: nested(10_000) })).toEqual({
			name: 'x',
			options: nested(2),
		});
	});

	it('omits the key __proto__ and objects that have it', () => {
		const view = readModel(
			JSON.parse('{"name":"x","__proto__":{"y":1},"o":{"__proto__":{"y":1}}}'),
		);
		expect(Object.keys(view ?? {})).toEqual(['name']);
		expect(({} as { y?: number }).y).toBeUndefined();
	});
});

describe('Details', () => {
	it('details in any form are read as a list of texts', () => {
		expect(detailsOf(['a', ['b', { Message: 'c' }], { field: ['d'] }, null, 5])).toEqual([
			'a',
			'b',
			'c',
			'field: d',
			'5',
		]);
	});

	it('details are limited in depth, length and number', () => {
		expect(detailsOf(nested(10_000))).toEqual([]);
		expect(detailsOf('x'.repeat(1_000_000))).toEqual(['x'.repeat(500)]);
		expect(detailsOf(Array(1000).fill('x'))).toHaveLength(50);
	});

	it('details are cut between words, so that no part of a key is left', () => {
		expect(detailsOf(`${'x '.repeat(245)}${'k'.repeat(32)}|${'h'.repeat(64)}`)).toEqual([
			'x '.repeat(245).trim(),
		]);
	});

	it('details are limited in total length, and not cut within an emoji', () => {
		const all = detailsOf(Array.from({ length: 50 }, (_, i) => `${i} ${'x'.repeat(400)}`));
		expect(all.join('').length).toBeLessThanOrEqual(5000);
		expect(all.length).toBeGreaterThan(10);
		expect(detailsOf(`${'x'.repeat(499)}🎓`)).toEqual(['x'.repeat(499)]);
	});
});

it('invalid results are read as results without a session', () => {
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
