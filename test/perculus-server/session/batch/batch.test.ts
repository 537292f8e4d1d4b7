import { batch, call, type Rejected } from '../../testClient';
import { startPerculusServer, type JsonObject, type PerculusServer, type Switches } from '../..';

const NOW = '2030-01-15T10:00:00.000Z';
const GUID = 'AAAAAAAA-0000-4000-8000-00000000000A';
const OTHER = 'BBBBBBBB-0000-4000-8000-00000000000B';

const create = (fields: object = {}) => ({
	name: 'Algebra',
	start_date: '2030-06-01T09:00:00Z',
	duration: 60,
	...fields,
});

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date(NOW) });
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: GUID, name: 'Stored', description: 'kept', tags: 'a,b' });
});

async function approvedOne(item: object, switches: Partial<Switches> = {}): Promise<JsonObject> {
	server.set(switches);
	const { body } = await batch(server, [item]);
	expect(body).toMatchObject({ rejected: [] });
	return body.approved[0] as JsonObject;
}

async function rejectedOne(item: unknown, switches: Partial<Switches> = {}): Promise<Rejected> {
	server.set(switches);
	const { body } = await batch(server, [item]);
	expect(body).toMatchObject({ approved: [] });
	return body.rejected[0] as Rejected;
}

describe('status and body', () => {
	const bad = { session_guid: OTHER, duration: 60 };

	it('tells all, some or none', async () => {
		expect((await batch(server, [create()])).status).toBe(200);
		expect((await batch(server, [create(), bad])).status).toBe(207);
		const none = await batch(server, [bad, bad]);
		expect(none.status).toBe(400);
		expect(none.body.rejected).toHaveLength(2);
	});

	it('allFailedBody: code13', async () => {
		server.set({ allFailedBody: 'code13' });
		const { status, body } = await batch(server, [bad]);
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: 13, details: [{ state: { code: 30 } }] });
		expect((await batch(server, [create(), bad])).body.rejected).toHaveLength(1);
	});

	it.each([['{"name":1}'], ['"text"'], ['null'], ['[{'], ['']])(
		'refuses the body %s as a whole',
		async (body) => {
			const reply = await batch(server, body);
			expect([reply.status, reply.body.code]).toEqual([400, 19]);
		},
	);

	it('emptyBatch', async () => {
		expect((await batch(server, [])).body).toEqual({ approved: [], rejected: [] });
		server.set({ emptyBatch: 'refused' });
		expect((await batch(server, [])).status).toBe(400);
	});

	it('batchLimit and batchLimitStatus', async () => {
		server.set({ batchLimit: 1 });
		const refused = await batch(server, [create(), create()]);
		expect([refused.status, refused.body.code]).toEqual([400, 38]);
		server.set({ batchLimitStatus: 413 });
		expect((await batch(server, [create(), create()])).status).toBe(413);
		expect(server.sessions.size).toBe(1);
		expect((await batch(server, [create()])).status).toBe(200);
	});
});

describe('creates', () => {
	it('have the documented defaults', async () => {
		expect(await approvedOne(create({ session_guid: null }))).toMatchObject({
			lang: 'tr-TR',
			timezone: 'Europe/Istanbul',
			tags: null,
			start_date: '2030-06-01T09:00:00+03:00',
		});
		const last = [...server.sessions.values()].at(-1);
		expect(last).toMatchObject({ allow_recording: true, inaccessible_replay: false });
	});

	it('take other defaults from switches', async () => {
		const view = await approvedOne(create(), {
			defaultLang: 'en-US',
			defaultTimezone: 'Asia/Kolkata',
		});
		expect(view).toMatchObject({
			lang: 'en-US',
			start_date: '2030-06-01T09:00:00+05:30',
			creation_date: '2030-01-15T15:30:00+05:30',
		});
	});

	it('take options in part', async () => {
		const options = { allow_rating: false, chat: { offNewMsgSound: true }, session_duration: 7 };
		const view = await approvedOne(create({ options }));
		expect(view.options).toMatchObject({
			allow_rating: false,
			allow_reactions: true,
			session_duration: 7,
			chat: { offNewMsgSound: true, offMessageModule: false },
		});
		expect(Object.keys(view.options as JsonObject)).toHaveLength(17);
	});

	it('autoStartKey', async () => {
		const sent = {
			page: 'enable_recording_auto_start_default',
			view: 'enable_recording_auto_start',
		};
		const shown = async (key: string, autoStartKey: Switches['autoStartKey']) => {
			const view = await approvedOne(create({ options: { [key]: true } }), { autoStartKey });
			return (view.options as JsonObject).enable_recording_auto_start;
		};
		expect(await shown(sent.page, 'both')).toBe(true);
		expect(await shown(sent.view, 'both')).toBe(true);
		expect(await shown(sent.page, 'view')).toBe(null);
		expect(await shown(sent.view, 'view')).toBe(true);
		expect(await shown(sent.page, 'documented')).toBe(true);
		expect(await shown(sent.view, 'documented')).toBe(null);
	});

	it.each([
		[{ name: undefined }, 'Session name is required.'],
		[{ name: '  ' }, 'Session name is required.'],
		[{ start_date: null }, 'Session start date is required.'],
		[{ duration: undefined }, 'Session duration is required.'],
		[{ duration: 4 }, 'Session duration must be between 5 and 360.'],
		[{ duration: 361 }, 'Session duration must be between 5 and 360.'],
		[{ timezone: 'Mars/Olympus' }, 'Invalid timezone.'],
		[{ start_date: '2030-01-15T12:59:59Z' }, 'Invalid session start date.'],
	])('are rejected with %j', async (fields, text) => {
		const { state } = await rejectedOne(create(fields));
		expect(state).toEqual({ code: 12, details: [text] });
	});

	it('are rejected with all their problems at once', async () => {
		expect((await rejectedOne({})).state.details).toHaveLength(3);
	});

	it('langs and nameMax', async () => {
		server.set({ langs: ['tr-TR'], nameMax: 3 });
		const { state } = await rejectedOne(create({ lang: 'xx' }));
		expect(state.details).toEqual(['Session name is too long.', 'Invalid language.']);
	});

	it('names: trimmed, collapsed, nfc', async () => {
		const name = ' Cafe\u0301  au  lait ';
		const named = async (names: Switches['names']) =>
			(await approvedOne(create({ name }), { names })).name;
		expect(await named('kept')).toBe(name);
		expect(await named('trimmed')).toBe('Cafe\u0301  au  lait');
		expect(await named('collapsed')).toBe('Cafe\u0301 au lait');
		expect(await named('nfc')).toBe(' Caf\u00e9  au  lait ');
	});

	it('descriptionEchoed', async () => {
		const item = create({ description: 'about' });
		expect((await approvedOne(item)).description).toBe(null);
		expect((await approvedOne(item, { descriptionEchoed: true })).description).toBe('about');
	});

	it('guidCase and newGuid', async () => {
		const newGuid = () => OTHER.toLowerCase();
		expect((await approvedOne(create(), { newGuid })).session_guid).toBe(OTHER);
		expect((await approvedOne(create(), { guidCase: 'lower' })).session_guid).toBe(
			OTHER.toLowerCase(),
		);
		const mixed = (await approvedOne(create(), { guidCase: 'mixed' })).session_guid as string;
		expect([OTHER, OTHER.toLowerCase()]).not.toContain(mixed);
		expect(mixed.toUpperCase()).toBe(OTHER);
		expect(server.sessions.has(OTHER)).toBe(true);
	});
});

describe('start dates', () => {
	const started = async (start_date: string, switches: Partial<Switches> = {}, zone?: string) =>
		(await approvedOne(create({ start_date, ...(zone && { timezone: zone }) }), switches))
			.start_date;

	it.each([
		['2030-06-01T09:00:00Z', 'Europe/Istanbul', '2030-06-01T09:00:00+03:00'],
		['2030-06-01T09:00:25.699Z', 'Europe/Istanbul', '2030-06-01T09:00:25.699+03:00'],
		['2030-06-01T09:00:00.1234567Z', 'UTC', '2030-06-01T09:00:00.1234567+00:00'],
		['2030-06-01T09:00:00Z', 'America/St_Johns', '2030-06-01T09:00:00-02:30'],
		['2030-12-01T09:00:00Z', 'America/New_York', '2030-12-01T09:00:00-05:00'],
		['2030-06-01T09:00:00Z', 'Asia/Kathmandu', '2030-06-01T09:00:00+05:45'],
		// Skipped by the clocks: the digits stay, with the offset before the change.
		['2030-03-10T02:30:00Z', 'America/New_York', '2030-03-10T02:30:00-05:00'],
		['2030-03-10T03:00:00Z', 'America/New_York', '2030-03-10T03:00:00-04:00'],
	])('keep the digits of %s in %s', async (sent, zone, shown) => {
		expect(await started(sent, {}, zone)).toBe(shown);
	});

	it('repeatedHour', async () => {
		const sent = '2030-11-03T01:30:00Z';
		expect(await started(sent, {}, 'America/New_York')).toMatch(/-04:00$/);
		expect(await started(sent, { repeatedHour: 'second' }, 'America/New_York')).toMatch(/-05:00$/);
	});

	it('offset', async () => {
		const sent = '2030-06-01T09:00:00+02:00';
		expect(await started(sent)).toBe('2030-06-01T09:00:00+03:00');
		expect(await started(sent, { offset: 'convert' })).toBe('2030-06-01T10:00:00+03:00');
		expect(await started(sent, { offset: 'utcDigits' })).toBe('2030-06-01T07:00:00+03:00');
		// None of them touches a Z.
		expect(await started('2030-06-01T09:00:00Z')).toBe('2030-06-01T09:00:00+03:00');
	});

	it('acceptsNoOffset and acceptsDateOnly', async () => {
		for (const start_date of ['2030-06-01T09:00:00', '2030-06-01'])
			expect((await rejectedOne(create({ start_date }))).state.code).toBe(12);
		const switches = { acceptsNoOffset: true, acceptsDateOnly: true };
		expect(await started('2030-06-01T09:00:00', switches)).toBe('2030-06-01T09:00:00+03:00');
		expect(await started('2030-06-01')).toBe('2030-06-01T00:00:00+03:00');
	});

	it('are past by real instants in the zone of the session', async () => {
		// 10:00Z by the server's clock: 09:59 in New York is yet to come, 12:59 in Istanbul is over.
		const soon = create({ start_date: '2030-01-15T09:59:00Z' });
		expect((await rejectedOne(soon)).state.code).toBe(12);
		await approvedOne({ ...soon, timezone: 'America/New_York' });
	});

	it('pastToleranceMs and clockSkewMs', async () => {
		const late = create({ start_date: '2030-01-15T12:59:00Z' });
		await approvedOne(late, { pastToleranceMs: 60_000 });
		await approvedOne(late, { pastToleranceMs: 0, clockSkewMs: -60_000 });
		await rejectedOne(late, { clockSkewMs: -59_000 });
	});

	it.each(['2030-02-30T09:00:00Z', '2030-13-01T09:00:00Z', 'soon', '', '2030-06-01T25:00:00Z'])(
		'do not include %j',
		async (start_date) => {
			expect((await rejectedOne(create({ start_date }))).state.details).toEqual([
				'start_date: Invalid value.',
			]);
		},
	);
});

describe('updates', () => {
	it('change what was sent, and nothing else', async () => {
		const before = { ...server.sessions.get(GUID) };
		const view = await approvedOne({ session_guid: GUID.toLowerCase(), duration: 100 });
		expect(view).toMatchObject({ session_guid: GUID, name: 'Stored', tags: 'a,b', duration: 100 });
		expect(server.sessions.get(GUID)).toMatchObject({
			...before,
			duration: 100,
			options: { ...before.options, session_duration: 100 },
			updating_date: '2030-01-15T13:00:00+03:00',
		});
	});

	it('read a start in the stored zone', async () => {
		server.preload({ session_guid: GUID, timezone: 'Asia/Tokyo' });
		const view = await approvedOne({ session_guid: GUID, start_date: '2030-07-01T08:00:00Z' });
		expect(view).toMatchObject({ start_date: '2030-07-01T08:00:00+09:00', timezone: 'Asia/Tokyo' });
	});

	it('reject a past start', async () => {
		const past = { session_guid: GUID, start_date: '2029-07-01T08:00:00Z' };
		const { model, state } = await rejectedOne(past);
		expect(state).toEqual({ code: 12, details: ['Invalid session start date.'] });
		expect(model).toMatchObject({ session_guid: GUID });
	});

	it('zoneChange', async () => {
		const preset = { session_guid: GUID, start_date: '2030-07-01T08:00:00Z' };
		const moved = async (zoneChange: Switches['zoneChange']) => {
			server.preload(preset);
			const item = { session_guid: GUID, timezone: 'Asia/Tokyo' };
			return (await approvedOne(item, { zoneChange })).start_date;
		};
		expect(await moved('digits')).toBe('2030-07-01T08:00:00+09:00');
		expect(await moved('instant')).toBe('2030-07-01T14:00:00+09:00');
	});

	it('optionsOnUpdate', async () => {
		const changed = async (optionsOnUpdate: Switches['optionsOnUpdate']) => {
			server.preload({
				session_guid: GUID,
				options: { allow_rating: false, chat: { offMessageModule: true } },
			});
			const options = { start_active: true, chat: { offNewMsgSound: true } };
			return (await approvedOne({ session_guid: GUID, options }, { optionsOnUpdate })).options;
		};
		expect(await changed('merge')).toMatchObject({
			allow_rating: false,
			start_active: true,
			chat: { offMessageModule: true, offNewMsgSound: true },
		});
		expect(await changed('replace')).toMatchObject({
			allow_rating: true,
			start_active: true,
			chat: { offMessageModule: false, offNewMsgSound: true },
		});
	});

	it('nullFields', async () => {
		const item = { session_guid: GUID, tags: null, options: { allow_rating: null } };
		const preset = { session_guid: GUID, tags: 'a,b', options: { allow_rating: false } };
		server.preload(preset);
		expect(await approvedOne(item)).toMatchObject({
			tags: 'a,b',
			options: { allow_rating: false },
		});
		expect(await approvedOne(item, { nullFields: 'clear' })).toMatchObject({
			tags: null,
			options: { allow_rating: true },
		});
		expect((await rejectedOne({ session_guid: GUID, name: null })).state.code).toBe(12);
	});

	it('emptyGuid', async () => {
		const item = create({ session_guid: '' });
		await approvedOne(item);
		expect(server.sessions.size).toBe(2);
		expect((await rejectedOne(item, { emptyGuid: 'reject' })).state.code).toBe(12);
		expect((await rejectedOne(item, { emptyGuid: 'notFound' })).state.code).toBe(30);
		expect(server.sessions.size).toBe(2);
	});

	it('malformedGuid', async () => {
		const item = { session_guid: 'nonsense', duration: 60 };
		expect((await rejectedOne(item)).state.code).toBe(30);
		expect((await rejectedOne(item, { malformedGuid: 'malformed' })).state.code).toBe(12);
	});

	it('duplicateGuid', async () => {
		const items = [
			{ session_guid: GUID, duration: 70 },
			{ session_guid: GUID.toLowerCase(), duration: 80 },
		];
		const fates = async (duplicateGuid: Switches['duplicateGuid']) => {
			server.set({ duplicateGuid });
			const { approved, rejected } = (await batch(server, items)).body;
			return [approved.map(({ duration }) => duration), rejected.map(({ state }) => state.code)];
		};
		expect(await fates('apply')).toEqual([[70, 80], []]);
		expect(await fates('once')).toEqual([[80], []]);
		expect(await fates('rejectLater')).toEqual([[70], [12]]);
		expect(await fates('rejectAll')).toEqual([[], [12, 12]]);
	});
});

describe('rejected items', () => {
	const past = create({ start_date: '2020-01-01T00:00:00Z' });
	const unknown = { session_guid: OTHER, duration: 60 };
	const shape = ({ model }: Rejected) =>
		model === null ? 'null' : 'the_guid' in model ? 'B' : 'session_guid' in model ? 'A' : '?';

	it.each(['A', 'B', 'null'] as const)('have shape %s by switch', async (wanted) => {
		const switches = { createRejectedShape: wanted, updateRejectedShape: wanted };
		expect(shape(await rejectedOne(past, switches))).toBe(wanted);
		expect(shape(await rejectedOne(unknown, switches))).toBe(wanted);
	});

	it('updateValidationShape and createLicenseShape', async () => {
		const invalid = { session_guid: GUID, duration: 1 };
		expect(shape(await rejectedOne(invalid))).toBe('A');
		expect(shape(await rejectedOne(invalid, { updateValidationShape: 'B' }))).toBe('B');
		expect(shape(await rejectedOne(create(), { licenseLimit: 0 }))).toBe('B');
		expect(shape(await rejectedOne(create(), { createLicenseShape: 'A' }))).toBe('A');
	});

	it('createEntityGuid', async () => {
		const guid = async (createEntityGuid: Switches['createEntityGuid']) =>
			(await rejectedOne(past, { createRejectedShape: 'B', createEntityGuid })).model?.the_guid;
		expect(await guid('fresh')).toMatch(/^[0-9A-F-]{36}$/);
		expect(await guid('null')).toBe(null);
		expect(await guid('zero')).toBe('00000000-0000-0000-0000-000000000000');
	});

	it('licenseLimit counts creates over all requests', async () => {
		server.set({ licenseLimit: 2 });
		expect((await batch(server, [create()])).status).toBe(200);
		const { approved, rejected } = (await batch(server, [create(), create()])).body;
		expect([approved.length, rejected[0]?.state.code]).toEqual([1, 35]);
		expect((await batch(server, [{ session_guid: GUID, duration: 9 }])).status).toBe(200);
	});

	it('refuse', async () => {
		const refuse: Switches['refuse'] = ({ name }) => (name === 'Algebra' ? { code: 32 } : null);
		expect((await rejectedOne(create(), { refuse })).state).toEqual({
			code: 32,
			details: 'refused',
		});
		await approvedOne(create({ name: 'Biology' }));
	});

	it('details', async () => {
		const details = async (shape: Switches['details']) => {
			server.set({ details: shape });
			const { rejected } = (await batch(server, [past, unknown])).body;
			return rejected.map(({ state }) => state.details);
		};
		expect(await details('string')).toEqual(['session_not_found', 'Invalid session start date.']);
		expect(await details('array')).toEqual([
			['session_not_found'],
			['Invalid session start date.'],
		]);
		expect(await details('objects')).toMatchObject([
			[{ Message: 'session_not_found' }],
			[{ Field: 'start_date', Message: 'Invalid session start date.' }],
		]);
		expect(await details('absent')).toEqual([undefined, undefined]);
	});

	it('language', async () => {
		const { state } = await rejectedOne(past, { language: 'tr' });
		expect(state).toEqual({ code: 12, details: ['Geçersiz oturum başlangıç tarihi.'] });
	});
});

describe('the order and number of results', () => {
	const many = Array.from({ length: 8 }, (_, at) => create({ name: `N${at}` }));
	const bad = [
		create({ name: 'P1', duration: 1 }),
		{ session_guid: OTHER, name: 'U1' },
		create({ name: 'P2', duration: 1 }),
		{ session_guid: OTHER, name: 'U2' },
	];
	const names = async (switches: Partial<Switches>) => {
		server.set(switches);
		const { approved, rejected } = (await batch(server, [...many, ...bad])).body;
		return [approved.map(({ name }) => name), rejected.map(({ model }) => model?.name)];
	};
	const asked = many.map(({ name }) => name);

	it('order', async () => {
		expect(await names({})).toEqual([asked, ['U1', 'U2', 'P1', 'P2']]);
		expect(await names({ order: 'request' })).toEqual([asked, ['P1', 'U1', 'P2', 'U2']]);
		expect(await names({ order: 'reversed' })).toEqual([
			[...asked].reverse(),
			['U2', 'P2', 'U1', 'P1'],
		]);
		const once = await names({ order: 'shuffled', seed: 5 });
		expect(once[0]).not.toEqual(asked);
		expect([...(once[0] ?? [])].sort()).toEqual(asked);
		expect(await names({ seed: 5 })).toEqual(once);
		expect(await names({ seed: 6 })).not.toEqual(once);
	});

	it('stranger', async () => {
		const [approved] = await names({ stranger: 2 });
		expect(approved).toHaveLength(10);
		expect([...server.sessions.values()].filter(({ name }) => name.startsWith('Str'))).toEqual([]);
	});

	it('omit', async () => {
		const [approved = [], rejected = []] = await names({ omit: 3 });
		expect(approved.length + rejected.length).toBe(9);
		const omit: Switches['omit'] = (item, index) => item.name === 'N1' || index === 2;
		expect((await names({ omit }))[0]).toEqual(asked.filter((name) => !/N[12]/.test(name ?? '')));
		// Left out of the answer, yet applied.
		expect(server.sessions.size).toBe(1 + 16);
	});
});

describe('values of a wrong type', () => {
	it.each([
		{ name: 5 },
		{ description: {} },
		{ tags: ['a', 'b'] },
		{ start_date: 1_900_000_000_000 },
		{ duration: '60' },
		{ duration: 60.5 },
		{ lang: 1 },
		{ timezone: [] },
		{ allow_recording: 'yes' },
		{ inaccessible_replay: 1 },
		{ options: [] },
		{ options: { allow_rating: 'true' } },
		{ options: { preparation_time: 1.5 } },
		{ options: { chat: { offMessageModule: 1 } } },
		{ options: { duration: 60 } },
		{ session_guid: 7 },
	])('%j is malformed', async (fields) => {
		const items = [create(), create(fields)];
		const { body } = await batch(server, items);
		expect(body.approved).toHaveLength(1);
		expect(body.rejected).toMatchObject([{ state: { code: 12 } }]);

		const before = server.sessions.size;
		server.set({ malformed: 'wholeBody12' });
		expect(await batch(server, items)).toMatchObject({ status: 400, body: { code: 12 } });
		server.set({ malformed: 'wholeBody19' });
		expect(await batch(server, items)).toMatchObject({ status: 400, body: { code: 19 } });
		server.set({ malformed: 'modelBinding' });
		const typed = await batch(server, items);
		expect(typed.status).toBe(400);
		expect(typed.body).not.toHaveProperty('code');
		expect(typed.text).toContain('$[1]');
		expect(typed.headers.get('content-type')).toContain('application/problem+json');
		expect(server.sessions.size).toBe(before);
	});

	it('an item that is no object is malformed', async () => {
		for (const item of [null, 5, 'text', []]) expect((await rejectedOne(item)).state.code).toBe(12);
	});

	it('numericStrings', async () => {
		const item = create({ duration: '60' });
		expect((await approvedOne(item, { numericStrings: true })).duration).toBe(60);
	});

	it('malformedEcho', async () => {
		const item = create({ tags: ['a'] });
		expect((await rejectedOne(item)).model?.tags).toBe(null);
		expect((await rejectedOne(item, { malformedEcho: 'raw' })).model?.tags).toEqual(['a']);
	});

	it('strictOptionNames and strictFieldNames', async () => {
		const item = create({ colour: 'red', options: { shape: 1, chat: { loud: true } } });
		await approvedOne(item);
		const options = (await rejectedOne(item, { strictOptionNames: true })).state.details;
		expect(options).toEqual([
			'options.shape: Unknown option.',
			'options.chat.loud: Unknown option.',
		]);
		const both = (await rejectedOne(item, { strictFieldNames: true })).state.details;
		expect(both).toHaveLength(3);
	});

	it('names like __proto__ harm nothing', async () => {
		const text = `[{"name":"A","start_date":"2030-06-01T09:00:00Z","duration":60,"__proto__":{"x":1},
			"options":{"__proto__":{"allow_rating":false},"constructor":1}}]`;
		const { approved } = (await batch(server, text)).body;
		expect(approved[0]?.options).toMatchObject({ allow_rating: true });
		expect(({} as { x?: number }).x).toBeUndefined();
	});
});

describe('clocks', () => {
	it('stamps', async () => {
		server.set({ clock: () => '2030-01-15T10:00:00.120400Z' });
		expect((await approvedOne(create())).creation_date).toBe('2030-01-15T13:00:00.1204+03:00');
		server.set({ stamps: 'ticksUtc' });
		expect((await approvedOne(create())).creation_date).toBe('2030-01-15T10:00:00.1204000Z');
	});

	it('clockSkewMs moves the stamps and the Date header', async () => {
		server.set({ clockSkewMs: 3_600_000 });
		const { body, headers } = await batch(server, [create()]);
		expect(body.approved[0]?.creation_date).toBe('2030-01-15T14:00:00+03:00');
		expect(headers.get('date')).toBe('Tue, 15 Jan 2030 11:00:00 GMT');
	});

	it('dateHeader', async () => {
		server.set({ dateHeader: false });
		expect((await batch(server, [create()])).headers.get('date')).toBe(null);
	});

	it('are read once for all items of a request', async () => {
		let reads = 0;
		server.set({ clock: () => new Date(Date.parse(NOW) + 1000 * reads++) });
		const { approved } = (await batch(server, [create(), create()])).body;
		expect(new Set(approved.flatMap((view) => [view.creation_date, view.updating_date])).size).toBe(
			1,
		);
	});
});

describe('size', () => {
	it('answers 50,000 items in linear time', async () => {
		const items = (count: number) =>
			Array.from({ length: count }, (_, at) =>
				create({
					name: `Class ${at}`,
					timezone: ['Europe/Istanbul', 'America/New_York', 'Asia/Kolkata'][at % 3],
					start_date: new Date(Date.UTC(2030, 5, 1) + at * 900_000).toISOString(),
				}),
			);
		const timed = async (count: number) => {
			const body = JSON.stringify(items(count));
			const before = performance.now();
			const reply = await call(server, 'POST', '/xapi/v2/session/batch', body);
			expect(reply.body.approved).toHaveLength(count);
			return performance.now() - before;
		};
		await timed(1000);
		const small = await timed(5000);
		const large = await timed(50_000);
		console.log(`5,000 items: ${small.toFixed(0)} ms; 50,000 items: ${large.toFixed(0)} ms`);
		// Generous: it is to catch quadratic work, which would make it a hundred times.
		expect(large / small).toBeLessThan(30);
	}, 60_000);
});
