import type { IDataObject } from 'n8n-workflow';

import { autoMap } from '../../../../nodes/Perculus/batch/read/autoMap';
import { SESSION_CATALOGUE } from '../../../../nodes/Perculus/resources/session/fields';

const map = (json: object, isTool = false) =>
	autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool }).record;
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

	describe.each([
		['nothing', null],
		['no text', ''],
		['spaces', ' \u00a0\n'],
		['an empty list', []],
		['a list of nothing', [null, '']],
	])('that are empty (%s) take no part, at any rank and in any order', (_what, empty) => {
		it.each([
			[{ session_guid: empty, 'Session GUID': 'x' }, { session_guid: 'x' }],
			[{ 'Session GUID': 'x', session_guid: empty }, { session_guid: 'x' }],
			[{ Name: empty, 'Session Name': 'x' }, { name: 'x' }],
			[{ name: empty, Name: empty, session_name: 'x' }, { name: 'x' }],
			[{ session_name: empty, 'Session Name': 'x' }, { name: 'x' }],
			[{ name: empty }, {}],
			[{ tags: empty, Tags: ['a'] }, { tags: ['a'] }],
			[
				{ 'options.allow_rating': empty, options: { allow_rating: false } },
				{ 'options.allow_rating': false },
			],
			[
				{ 'Ask for a Rating': empty, options: { allow_rating: 'no' } },
				{ 'options.allow_rating': 'no' },
			],
			[{ options: { allow_rating: empty, chat: { offNewMsgSound: empty } } }, {}],
			[
				{ 'options.chat': empty, options: { chat: { offNewMsgSound: true } } },
				{ 'options.chat.offNewMsgSound': true },
			],
			[
				{ options: empty, 'options.chat': { offNewMsgSound: true } },
				{ 'options.chat.offNewMsgSound': true },
			],
		])('%j', (json, record) => expect(map(json)).toEqual(record));
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

describe('the GUID of a session', () => {
	const columns = {
		session_guid: 'a',
		'Session GUID': 'b',
		sessionGuid: 'c',
		'Session ID': 'd',
		GUID: 'e',
	};
	const names = Object.keys(columns) as (keyof typeof columns)[];

	it('is taken by id, label, spelling and alias, in this order', () => {
		for (const [rank, name] of names.entries()) {
			const row = Object.fromEntries(
				names
					.slice(rank)
					.reverse()
					.map((one) => [one, columns[one]]),
			);
			expect(map(row)).toEqual({ session_guid: name === 'Session ID' ? 'e' : columns[name] });
		}
	});

	it('is not the conversation of a chat', () => {
		const chat = {
			sessionId: '1B27EB7F-0000-4000-8000-000000000001',
			action: 'sendMessage',
			chatInput: 'hi',
		};
		expect(map(chat)).toEqual({});
		expect(map(chat, true)).toEqual({});
		expect(map({ ...chat, GUID: 'x' })).toEqual({ session_guid: 'x' });
		expect(map({ sessionId: 'x' })).toEqual({ session_guid: 'x' });
	});
});

describe('an item that comes back', () => {
	const session = { session_guid: 'x', name: 'Algebra' };
	const rejection = { source: 'check', reason: 'validation_error', code: null };

	it('from Rejected is read where its session stands', () => {
		const item = {
			outcome: 'rejected',
			rejection,
			candidates: ['y'],
			session,
			input: { name: 'z' },
		};
		expect(map({ ...item, GUID: 'z' })).toEqual(session);
	});

	it('from the Error output likewise, whatever n8n merges into it', () => {
		const details = { reason: 'unauthorized', outcome: 'rejected', retryable: false, session };
		const item = { error: 'No', message: 'No', details };
		expect(map(item)).toEqual(session);
		expect(map({ name: 'z', duration: 60, ...item })).toEqual(session);
	});

	it.each([
		{ error: 'x', details: session, name: 'z' },
		{ error: 'x', details: { session }, name: 'z' },
		{ details: { reason: 'x', session }, name: 'z' },
		{ error: 'x', details: { reason: 'x', session: 'y' }, name: 'z' },
	])('from another node is its own: %j', (item) => expect(map(item)).toEqual({ name: 'z' }));

	it('from Approved has no fields but those of its session', () => {
		const view = {
			...VIEW,
			name: 'Algebra',
			start_date: 'x',
			timezone: 'y',
			duration: 60,
			lang: 'tr-TR',
		};
		const { creation_date: _, ...fields } = view;
		const about = { outcome: 'created', recovered: true, warnings: ['x'], input: { tags: 'z' } };
		expect(map({ ...view, status: 1, ...about })).toEqual(fields);
	});
});

describe('columns that were not used', () => {
	const unused = (json: object, isTool = false) =>
		autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool }).unused?.();

	it('are those that name no field, empty or not', () => {
		const row = { Name: '', Titel: 'x', options: {}, 'options.chat': {}, Wann: '', GUID: 1 };
		expect(unused(row)).toEqual(['Titel', 'Wann']);
	});

	it("are not the agent's, nor the chat's", () => {
		const row = { chatInput: 'x', name: 'y', toolCallId: 'z', sessionId: 'a', Titel: 'b' };
		expect(unused(row, true)).toEqual(['Titel']);
	});

	it('are those of the session, where that is read', () => {
		expect(unused({ rejection: {}, session: { Titel: 'x' }, Wann: 'y' })).toEqual(['Titel']);
	});
});

describe('labels that fields had before', () => {
	it.each([
		['Planned Length (Minutes)', 'options.session_duration'],
		['Chat: Off', 'options.chat.offMessageModule'],
		['Chat: No Public Messages', 'options.chat.offGeneralMsging'],
		['Chat: No Message Limit', 'options.chat.offGeneralMsgLimitForUser'],
		['Chat: No Private Messages', 'options.chat.offSpecialMsging'],
		['Turn Off Messages to Admins', 'options.chat.offSpecialMsgToAdmin'],
		['Turn Off Private to Admins', 'options.chat.offSpecialMsgToAdmin'],
		['Chat: No Private to Admins', 'options.chat.offSpecialMsgToAdmin'],
		['Chat: No Private to Users', 'options.chat.offSpecialMsgToUser'],
		['Chat: No Sound', 'options.chat.offNewMsgSound'],
		['Chat: No Clearing for Replay', 'options.chat.offClearForReplay'],
		['Chat: Sound for Everybody', 'options.chat.onNewMsgSoundInAll'],
		['Chat: Notify Everybody', 'options.chat.onNewMsgNotifyInAll'],
		['Time: Allow Extending', 'options.duration.allowExtendTime'],
		['Time: Use Remaining Time', 'options.duration.useRemainingTime'],
		['Participants on Camera', 'options.allow_users_stream_self_cam_mic'],
		['Hide Participant Streams', 'options.hide_user_streams'],
		['Auto-Start Recording Default', 'options.enable_recording_auto_start_default'],
	])('%s is taken for %s', (label, id) => {
		expect(map({ [label]: 'yes' })).toEqual({ [id]: 'yes' });
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
