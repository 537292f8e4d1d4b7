import type { IDataObject } from 'n8n-workflow';

import { autoMap, withColumn } from '../../../nodes/Perculus/batch/autoMap';
import { SESSION_CATALOGUE } from '../../../nodes/Perculus/session/fields';

const map = (json: object, isTool = false) =>
	autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool }).record;
const notes = (json: object) =>
	autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool: false }).notes;
const VIEW = {
	session_guid: '1B27EB7F-0000-4000-8000-000000000001',
	creation_date: '2027-01-01T00:00:00Z',
};

describe('Keys of an item', () => {
	const item = {
		start_date: 'by id',
		'Start Date': 'by label',
		startDate: 'by spelling',
		START_DATE: 'second',
		Start: 'by alias',
	};
	const keys = Object.keys(item) as (keyof typeof item)[];
	const pick = (order: (keyof typeof item)[]) =>
		map(Object.fromEntries(order.map((key) => [key, item[key]])));

	it.each([
		[keys, 'by id'],
		[[...keys].reverse(), 'by id'],
		[['START_DATE', 'Start Date'], 'by label'],
		[['Start Date', 'START_DATE'], 'by label'],
		[['START_DATE', 'startDate'], 'second'],
		[['Start', 'startDate'], 'by spelling'],
	] as [(keyof typeof item)[], string][])(
		'prefers the id, then label, spelling and alias among %j',
		(order, start_date) => {
			expect(pick(order)).toEqual({ start_date });
		},
	);

	it.each([
		{ name: 'Algebra', session_name: 'Algebra, first lesson' },
		{ 'Session Name': 'Algebra, first lesson', Name: 'Algebra' },
		{ NAME: 'Algebra', sessionName: 'Algebra, first lesson' },
	])('a more specific heading wins over a general one: %j', (json) => {
		expect(map(json)).toEqual({ name: 'Algebra, first lesson' });
	});

	it('general headings are preferred in the same order: id, label, spelling', () => {
		expect(map({ NAME: 'c', Name: 'b', name: 'a' })).toEqual({ name: 'a' });
		expect(map({ NAME: 'c', Name: 'b' })).toEqual({ name: 'b' });
	});

	describe.each([
		['null', null],
		['empty text', ''],
		['spaces', ' \u00a0\n'],
		['an empty list', []],
		['a list of empty values', [null, '']],
	])('Empty values: %s', (_what, empty) => {
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
		])('ignores an empty value at any rank and in any order: %j', (json, record) =>
			expect(map(json)).toEqual(record),
		);
	});

	it('ignores keys that name no field, and never reads or changes a prototype', () => {
		const json = JSON.parse(
			'{"__proto__": {"name": "x", "duration": 5}, "constructor": {"options": {}}, "row": 7, "": 1}',
		) as object;
		expect(map(json)).toEqual({});
		expect(map(Object.create({ name: 'inherited', options: { allow_rating: true } }))).toEqual({});
		expect(({} as { duration?: number }).duration).toBeUndefined();
	});

	it("a tool ignores the agent's own keys, such as name, but uses labels, such as Name", () => {
		const json = { name: 'perculus_tool', chatInput: 'hi', toolCallId: '1', duration: 60 };
		expect(map(json, true)).toEqual({ duration: 60 });
		expect(map({ ...json, Name: 'Algebra' }, true)).toEqual({ duration: 60, name: 'Algebra' });
		expect(map(json)).toEqual({ name: 'perculus_tool', duration: 60 });
	});

	it('the fields of a rejected item are read from its session, also in a tool', () => {
		const json = { name: 'perculus_tool', session: { name: 'Algebra' }, rejection: { code: 12 } };
		expect(map(json, true)).toEqual({ name: 'Algebra' });
	});

	it.each([
		{ name: 'Algebra', session: { name: 'x' } },
		{ name: 'Algebra', session: 'x', rejection: {} },
		{ name: 'Algebra', session: { name: 'x' }, rejection: null },
	])('fields are read from the item itself unless this node rejected it: %j', (json) => {
		expect(map(json)).toEqual({ name: 'Algebra' });
	});
});

describe('Session GUID', () => {
	const columns = {
		session_guid: 'a',
		'Session GUID': 'b',
		sessionGuid: 'c',
		'Session ID': 'd',
		GUID: 'e',
	};
	const names = Object.keys(columns) as (keyof typeof columns)[];

	it('the Session GUID is read by id, label, spelling and alias, in this order', () => {
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

	it("the sessionId of a chat isn't used as the Session GUID", () => {
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

describe('Items that come back', () => {
	const session = { session_guid: 'x', name: 'Algebra' };
	const rejection = { source: 'check', reason: 'validation_error', code: null };

	it('an item from Rejected is read from its session', () => {
		const item = {
			outcome: 'rejected',
			rejection,
			candidates: ['y'],
			session,
			input: { name: 'z' },
		};
		expect(map({ ...item, GUID: 'z' })).toEqual(session);
	});

	it('an item from the Error output is read from its session, also beside other keys', () => {
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
	])('an item from another node with similar keys is read from its own keys: %j', (item) =>
		expect(map(item)).toEqual({ name: 'z' }),
	);

	it('an item from Approved only has the fields of its session', () => {
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

describe('Unused columns', () => {
	const unused = (json: object, isTool = false) =>
		autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool }).unused?.();

	it('columns that name no field are unused, empty or not', () => {
		const row = { Name: '', Titel: 'x', options: {}, 'options.chat': {}, Wann: '', GUID: 1 };
		expect(unused(row)).toEqual(['Titel', 'Wann']);
	});

	it("columns of the agent and the chat aren't listed as unused", () => {
		const row = { chatInput: 'x', name: 'y', toolCallId: 'z', sessionId: 'a', Titel: 'b' };
		expect(unused(row, true)).toEqual(['Titel']);
	});

	it('columns whose alias does not accept their object are unused', () => {
		expect(unused({ start: { date: 'x' }, Name: 'y', guid: { id: 1 } })).toEqual(['start', 'guid']);
	});

	it('the unused columns of a rejected item are those of its session', () => {
		expect(unused({ rejection: {}, session: { Titel: 'x' }, Wann: 'y' })).toEqual(['Titel']);
	});
});

describe('Objects inside the item', () => {
	const inside = (json: object) =>
		autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool: false }).inside?.();

	it.each([
		[{ headers: { host: 'x' }, body: { Name: 'Algebra', startDate: 'y' } }, 'body'],
		[{ query: { guid: 'x' }, body: { name: 'Algebra', duration: 5 } }, 'body'],
		[{ id: 5, properties: { name: 'Algebra' } }, 'properties'],
		[{ name: 'Algebra', other: { name: 'x' } }, undefined],
		[{ body: { titel: 'x', name: '' } }, undefined],
		[{ body: 'text', list: [{ name: 'x' }] }, undefined],
		[{}, undefined],
	])('the object with the fields in %j is %j', (json, key) => expect(inside(json)).toBe(key));
});

describe('Attendee items of this node', () => {
	const person = { email: 'a@x.example', name: 'Ada', surname: 'L' };

	it.each([
		{ outcome: 'saved', session_guid: 'x', ...person },
		{ outcome: 'would_save', session_guid: 'x', ...person },
		{ session_guid: 'x', attendance_code: 'y', Name: 'Ada', ...person },
		{
			outcome: 'rejected',
			rejection: { code: 51 },
			session_guid: 'x',
			attendee: { name: 'Ada' },
		},
	])('an attendee item of this node only provides the Session GUID: %j', (item) => {
		expect(map(item)).toEqual({ session_guid: 'x' });
	});

	it('session fields set beside an attendee are used', () => {
		const item = {
			outcome: 'saved',
			session_guid: 'x',
			...person,
			session_name: 'New',
			duration: 5,
		};
		expect(map(item)).toEqual({ session_guid: 'x', name: 'New', duration: 5 });
	});

	it("an item with another outcome isn't treated as an attendee", () => {
		expect(map({ outcome: 'won', session_guid: 'x', name: 'y' })).toEqual({
			session_guid: 'x',
			name: 'y',
		});
	});
});

describe('Aliases', () => {
	it.each([
		[{ start: { date: '2031-03-04' } }, {}],
		[{ guid: { value: 'x' }, name: 'y' }, { name: 'y' }],
		[{ start: { date: 'x' }, 'Start Date': 'y' }, { start_date: 'y' }],
		[{ start: { dateTime: 'x' } }, { start_date: { dateTime: 'x' } }],
		[
			{ start: { dateTime: 'x', timeZone: 'Europe/Berlin' } },
			{ start_date: { dateTime: 'x', timeZone: 'Europe/Berlin' } },
		],
		[{ 'Starts at': 'x' }, { start_date: 'x' }],
	])('an alias only accepts an object that is a calendar date: %j', (json, record) => {
		expect(map(json)).toEqual(record);
	});

	it('an alias also accepts a Date', () => {
		const start = new Date(0);
		expect(map({ start })).toEqual({ start_date: start });
	});
});

describe('Lists with one value', () => {
	it.each([
		[{ start_date: ['2031-03-04T10:00:00Z'] }, { start_date: '2031-03-04T10:00:00Z' }],
		[{ start_date: '["2031-03-04T10:00:00Z"]' }, { start_date: '2031-03-04T10:00:00Z' }],
		[{ session_reference: ['D-1', ''] }, { session_reference: 'D-1' }],
		[{ session_reference: ['D-1', 'D-2'] }, { session_reference: ['D-1', 'D-2'] }],
		[{ duration: [90] }, { duration: 90 }],
		[{ tags: ['math'] }, { tags: ['math'] }],
		[{ name: '["Algebra"]' }, { name: '["Algebra"]' }],
	])('unwraps a list with one value, and keeps two values, tags and names: %j', (json, record) => {
		expect(map(json)).toEqual(record);
	});
});

describe('Columns of values', () => {
	const columns = (json: object) =>
		autoMap(json as IDataObject, SESSION_CATALOGUE, { isTool: false }).columns;

	it.each([
		[{ guid: 'x' }, { session_guid: 'guid' }],
		[{ guid: 'x', 'Session GUID': 'y' }, { session_guid: 'Session GUID' }],
		[{ session_guid: 'x', guid: 'y' }, undefined],
	])('the column of a value is known if it is not the id: %j', (json, known) => {
		expect(columns(json)).toEqual(known);
	});

	it.each([
		['guid', "Session GUID must be so (column 'guid')"],
		['session guid', 'Session GUID must be so'],
		[undefined, 'Session GUID must be so'],
	])('an issue names the column unless it is the label: %s', (column, issue) => {
		const named = column === undefined ? undefined : { session_guid: column };
		expect(withColumn('Session GUID must be so', 'session_guid', named, 'Session GUID')).toBe(
			issue,
		);
	});
});

describe('Earlier labels of fields', () => {
	it.each([
		['Planned Length (Minutes)', 'options.session_duration'],
		['Originally Planned (Minutes)', 'options.session_duration'],
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
	])('the earlier label %s maps to %s', (label, id) => {
		expect(map({ [label]: 'yes' })).toEqual({ [id]: 'yes' });
	});
});

describe('Options', () => {
	const chat = { offMessageModule: true };

	it('options are mapped key by key, without nulls and unknown keys', () => {
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
	])('options may be JSON text, flat keys, labels or a mix of them: %j', (json) => {
		expect(map(json)).toEqual({
			'options.allow_rating': true,
			'options.chat.offMessageModule': true,
		});
	});

	it('a flat key wins over a nested one, so that a column can change an option', () => {
		const json = { options: { allow_rating: true }, 'Ask for a Rating': 'no' };
		expect(map(json)).toEqual({ 'options.allow_rating': 'no' });
	});

	it.each([
		[{ options: { allow_recording: false } }, { allow_recording: false }],
		[{ options: '{"allow_recording": false}' }, { allow_recording: false }],
		[{ options: { inaccessible_replay: 'yes' } }, { inaccessible_replay: 'yes' }],
		[{ options: { offMessageModule: true } }, { 'options.chat.offMessageModule': true }],
		[{ options: { chat: { allow_rating: true } } }, { 'options.allow_rating': true }],
		[{ options: { allow_recording: false }, allow_recording: true }, { allow_recording: true }],
		[{ allow_rating: false }, { 'options.allow_rating': false }],
		[{ offMessageModule: true }, { 'options.chat.offMessageModule': true }],
	])('options at the wrong level are accepted: %j', (json, record) => {
		expect(map(json)).toEqual(record);
		expect(notes(json)).toBeUndefined();
	});

	it.each([
		{ options: { ALLOW_RATING: true, Chat: { offmessagemodule: true } } },
		{ Options: { allowRating: true, CHAT: { off_message_module: true } } },
		{ OPTIONS: { 'Ask for a Rating': true, chat: { 'Turn Off Chat': true } } },
	])('options may be in any case and spelling: %j', (json) => {
		expect(map(json)).toEqual({
			'options.allow_rating': true,
			'options.chat.offMessageModule': true,
		});
	});

	it('unknown options are reported, five of them by name', () => {
		const options = { record: true, chat: { off: 1, empty: '' }, name: 'x', lang: null };
		expect(notes({ options })).toEqual([
			"Not used, because a session has no such setting: 'options.record', 'options.chat.off', 'options.name'.",
		]);
		const many = Object.fromEntries(Array.from('abcdefg', (key) => [key, 1]));
		expect(notes({ options: many })).toEqual([expect.stringContaining("'options.e' and 2 more.")]);
		expect(notes({ options: JSON.stringify({ record: true }) })).toHaveLength(1);
		expect(notes({ options: {} })).toBeUndefined();
	});

	it.each([
		{ ...VIEW, options: { newer: true, offMessageModule: true } },
		{ outcome: 'would_create', options: { newer: true } },
		{ rejection: {}, session: { options: { newer: true } } },
	])('options of an item from this node or the API are not checked: %j', (json) => {
		expect(notes(json)).toBeUndefined();
		expect(map(json)).not.toHaveProperty(['options.chat.offMessageModule']);
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
	])('options of the wrong type are passed on to be reported: %j', (json, record) => {
		expect(map(json)).toEqual(record);
	});

	it.each([null, '', ' ', [], undefined, {}, '{}', { chat: null, duration: '' }])(
		'empty options map to no field: %j',
		(options) => expect(map({ options })).toEqual({}),
	);

	it('options named __proto__ are ignored', () => {
		const options = JSON.parse(
			'{"__proto__": {"allow_rating": true}, "chat": {"__proto__": {"offMessageModule": true}}}',
		) as object;
		expect(map({ options })).toEqual({});
		expect(map({ options: '{"__proto__": {"allow_rating": true}}' })).toEqual({});
	});

	it('options may be nested 100,000 levels deep', () => {
		let deep: object = {};
		for (let depth = 0; depth < 100_000; depth++) deep = { chat: deep };
		expect(map({ options: deep, name: 'Algebra' })).toEqual({ name: 'Algebra' });
	});

	it('omits session_duration in the options of an API response, but keeps one from a column', () => {
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
