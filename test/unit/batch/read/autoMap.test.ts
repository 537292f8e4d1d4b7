import type { IDataObject } from 'n8n-workflow';

import { autoMap } from '../../../../nodes/Perculus/batch/read/autoMap';

const map = (json: object, isTool = false) => autoMap(json as IDataObject, { isTool }).record;
const VIEW = {
	session_guid: '1B27EB7F-0000-4000-8000-000000000001',
	creation_date: '2027-01-01T00:00:00Z',
};

describe('the keys of an item', () => {
	const item = {
		name: 'by id',
		Name: 'by label',
		'Session Name': 'by spelling',
		session_name: 'second',
	};
	const keys = Object.keys(item) as (keyof typeof item)[];
	const pick = (order: (keyof typeof item)[]) =>
		map(Object.fromEntries(order.map((key) => [key, item[key]])));

	it.each([
		[keys, 'by id'],
		[[...keys].reverse(), 'by id'],
		[['session_name', 'Name'], 'by label'],
		[['Name', 'session_name'], 'by label'],
		[['session_name', 'Session Name'], 'second'],
	] as [(keyof typeof item)[], string][])('%j: id, then label, then spelling', (order, name) => {
		expect(pick(order)).toEqual({ name });
	});

	it('that are empty still count: an id left empty is not filled from a spelling', () => {
		expect(map({ 'Session Name': 'Algebra', name: '' })).toEqual({ name: '' });
	});

	it('that name nothing are left alone, prototypes untouched', () => {
		const json = JSON.parse(
			'{"__proto__": {"name": "x", "duration": 5}, "constructor": {"options": {}}, "row": 7, "": 1}',
		) as object;
		expect(map(json)).toEqual({});
		expect(map(Object.create({ name: 'inherited', options: { allow_rating: true } }))).toEqual({});
		expect(({} as { duration?: number }).duration).toBeUndefined();
	});

	it('of the agent are not taken in a tool, their labels are', () => {
		const json = { name: 'perculus_tool', chatInput: 'hi', toolCallId: '1', duration: 60 };
		expect(map(json, true)).toEqual({ duration: 60 });
		expect(map({ ...json, Name: 'Algebra' }, true)).toEqual({ duration: 60, name: 'Algebra' });
		expect(map(json)).toEqual({ name: 'perculus_tool', duration: 60 });
	});

	it('of a rejected session are its own, also in a tool', () => {
		const json = { name: 'perculus_tool', session: { name: 'Algebra' }, rejection: { code: 12 } };
		expect(map(json, true)).toEqual({ name: 'Algebra' });
	});

	it.each([
		{ name: 'Algebra', session: { name: 'x' } },
		{ name: 'Algebra', session: 'x', rejection: {} },
		{ name: 'Algebra', session: { name: 'x' }, rejection: null },
	])('are read from the item itself unless this node rejected it: %j', (json) => {
		expect(map(json)).toEqual({ name: 'Algebra' });
	});
});

describe('options', () => {
	const chat = { offMessageModule: true };

	it('are taken key by key; nulls and unknown keys are not', () => {
		const options = {
			allow_rating: false,
			return_url: null,
			start_active: undefined,
			unknown: true,
			chat: { ...chat, offGeneralMsging: null, unknown: true },
			duration: { useRemainingTime: 'yes' },
		};
		expect(map({ options })).toEqual({
			'options.allow_rating': false,
			'options.chat.offMessageModule': true,
			'options.duration.useRemainingTime': 'yes',
		});
	});

	it.each([
		[{ options: '{"allow_rating": true, "chat": {"offMessageModule": true}}' }],
		[{ options: { allow_rating: true, chat: '{"offMessageModule": true}' } }],
		[{ options: { allow_rating: true }, 'options.chat': chat }],
		[{ options: { allow_rating: true }, 'options.chat.offMessageModule': true }],
		[{ 'options.allow_rating': true, 'options.chat': JSON.stringify(chat) }],
		[{ 'Ask for a Rating': true, 'options.chat.off_message_module': true }],
	])('may be JSON text, flat keys, labels, or some of each: %j', (json) => {
		expect(map(json)).toEqual({
			'options.allow_rating': true,
			'options.chat.offMessageModule': true,
		});
	});

	it('that a flat key gives win over nested ones: that is how a column changes a session', () => {
		const json = { options: { allow_rating: true }, 'Ask for a Rating': 'no' };
		expect(map(json)).toEqual({ 'options.allow_rating': 'no' });
	});

	it.each([
		[{ options: 'abc' }, { options: 'abc' }],
		[{ options: '{"allow_rating": ' }, { options: '{"allow_rating": ' }],
		[{ options: '[1]' }, { options: '[1]' }],
		[{ options: 5 }, { options: 5 }],
		[{ options: [{ allow_rating: true }] }, { options: [{ allow_rating: true }] }],
		[{ options: { chat: 'abc' } }, { 'options.chat': 'abc' }],
		[{ options: { duration: 90 } }, { 'options.duration': 90 }],
		[{ options: { chat: true, duration: [1] } }, { 'options.chat': true, 'options.duration': [1] }],
	])('of the wrong type are handed on, to be told: %j', (json, record) => {
		expect(map(json)).toEqual(record);
	});

	it.each([null, '', ' ', [], undefined, {}, '{}', { chat: null, duration: '' }])(
		'that hold nothing are nothing: %j',
		(options) => expect(map({ options })).toEqual({}),
	);

	it('do not reach a prototype', () => {
		const options = JSON.parse(
			'{"__proto__": {"allow_rating": true}, "chat": {"__proto__": {"offMessageModule": true}}}',
		) as object;
		expect(map({ options })).toEqual({});
		expect(map({ options: '{"__proto__": {"allow_rating": true}}' })).toEqual({});
	});

	it('may be nested as deep as can be', () => {
		let deep: object = {};
		for (let depth = 0; depth < 100_000; depth++) deep = { chat: deep };
		expect(map({ options: deep, name: 'Algebra' })).toEqual({ name: 'Algebra' });
	});

	it('of a session that the API answered: the length it repeats is left out, one set beside it is not', () => {
		const options = { session_duration: 60, allow_rating: true };
		expect(map({ ...VIEW, options })).toEqual({
			session_guid: VIEW.session_guid,
			'options.allow_rating': true,
		});
		expect(map({ ...VIEW, options, 'options.session_duration': 45 })).toHaveProperty(
			['options.session_duration'],
			45,
		);
		expect(map({ session_guid: VIEW.session_guid, options })).toHaveProperty(
			['options.session_duration'],
			60,
		);
	});
});
