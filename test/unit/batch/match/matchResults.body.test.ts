import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import { classify as judgeBody } from '../../../../nodes/Perculus/transport/classify';
import { create, match, refusedModel, update, view } from './matchResults.answer';

describe('bodies', () => {
	const drafts = [create(0, { name: 'A' }), create(1, { name: 'B' }), update(2)];
	const [a, b, c] = drafts as [SessionDraft, SessionDraft, SessionDraft];

	function matchBody(body: unknown, status = 207) {
		const answer = {
			kind: 'response',
			status,
			headers: {},
			body,
			sentAt: 0,
			receivedAt: 0,
		} as const;
		const reply = judgeBody(answer);
		if (reply.kind !== 'results') throw new Error(reply.kind);
		return match(drafts, reply.approved, reply.rejected);
	}

	it('of code 13 are read as refusals', () => {
		const details = [c, b, a].map((draft, i) => ({
			model: refusedModel(draft, 'entity'),
			state: { code: 30 + i, details: 'x' },
		}));
		expect(matchBody({ code: 13, details }, 400).items).toEqual([
			'rejected 32',
			'rejected 31',
			'rejected 30',
		]);
	});

	it.each([
		['a text', 'session_not_found'],
		['a list', ['One.', 'Two.']],
		['a validation model', [{ Field: 'Name', Message: 'Too long', Key: 'x', Parameters: [] }]],
		['null', null],
		['nothing', undefined],
		['an object', { name: ['Too long'] }],
		['a number', 5],
		['junk', [[null, [{}]], { a: { b: [] } }]],
	])('may have %s for details', (_, details) => {
		const rejected = [{ model: refusedModel(b, 'view'), state: { code: 12, details } }];
		expect(matchBody({ approved: [view(a, 100), view(c, 2)], rejected }).items).toEqual([
			'approved 100',
			'rejected 12',
			'approved 2',
		]);
	});

	const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as IDataObject;
	it.each<[string, unknown]>([
		['null', null],
		['a number', 7],
		['a text', 'x'],
		['a list', [[]]],
		['an empty object', {}],
		['a name that is none', { name: { toString: 1 }, start_date: [], duration: {} }],
		['a GUID that is none', { session_guid: 7, the_guid: {} }],
		['__proto__', JSON.parse('{"__proto__":{"name":"A"},"options":{"__proto__":{"x":1}}}')],
		['constructor', { name: 'constructor', constructor: 1, options: { constructor: null } }],
		['a very long name', { name: 'x'.repeat(1_000_000) }],
		['a name of signs only', { name: '\u0000\ud800!' }],
		['an impossible start', { name: 'A', start_date: '2027-99-99T99:99:99Z' }],
		['options that are no options', { name: 'A', options: [1, null], ui_options: '{"x":' }],
		['options that are text', { name: 'A', ui_options: '"x"', options: 'y' }],
		['options without a bottom', { name: 'A', start_date: 'x', options: deep }],
	])('may have %s for a session', (_, junk) => {
		const own = [view(a, 100), view(b, 101), view(c, 2)];
		for (const body of [
			{ approved: [junk, ...own], rejected: [] },
			{ approved: own, rejected: [junk, { model: junk, state: junk }] },
			{
				approved: [...own, junk, junk],
				rejected: [{ model: junk, state: { code: 1, details: junk } }],
			},
		]) {
			const { items } = matchBody(body);
			expect(items[1]).toBe('approved 101');
			expect(items[2]).toBe('approved 2');
		}
		for (const body of [{ approved: [junk, junk] }, { rejected: [junk, { model: junk }] }])
			expect(() => matchBody(body)).not.toThrow();
	});
});
