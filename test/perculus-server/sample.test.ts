import {
	ACCESS_KEY,
	SAMPLE_CLOCK,
	SAMPLE_CREATED_GUID,
	SAMPLE_REQUEST,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
	SECRET_KEY,
	bearerToken,
	startPerculusServer,
	type JsonObject,
	type PerculusServer,
} from '.';
import { batch, call, SIGNED } from './testClient';

/** The options of the vendor's view, written out: the server's own table must not judge itself. */
const viewOptions = (sessionDuration: number) => ({
	allow_rating: true,
	preparation_time: 15,
	session_duration: sessionDuration,
	chat: {
		offMessageModule: false,
		offGeneralMsging: false,
		offGeneralMsgLimitForUser: false,
		offSpecialMsging: false,
		offSpecialMsgToAdmin: false,
		offSpecialMsgToUser: false,
		offNewMsgSound: false,
		offClearForReplay: false,
		onNewMsgSoundInAll: false,
		onNewMsgNotifyInAll: false,
	},
	duration: { allowExtendTime: true, useRemainingTime: false },
	allow_users_stream_self_cam_mic: true,
	hide_user_streams: false,
	enable_attendance_check: true,
	enable_simultaneous_interpretation: false,
	enable_simultaneous_interpretation_for_users: false,
	start_active: false,
	return_url: '',
	allow_reactions: true,
	enable_recording_auto_start: null,
	skip_approval_on_join: null,
	enable_session_auto_start: null,
	enable_session_auto_finish: null,
});

describe("the vendor's sample", () => {
	let server: PerculusServer;

	beforeAll(async () => {
		server = await startPerculusServer({
			clock: () => SAMPLE_CLOCK,
			newGuid: () => SAMPLE_CREATED_GUID.toLowerCase(),
		});
	});
	afterAll(() => server.stop());
	beforeEach(() => {
		server.reset();
		server.preload(SAMPLE_STORED);
	});

	it.each(['/xapi/v2', '/api/groups/xapi'])('is answered as documented under %s', async (base) => {
		const stored = server.sessions.get(SAMPLE_STORED_GUID);
		const reply = await call(server, 'POST', `${base}/session/batch`, SAMPLE_REQUEST);
		expect(reply.status).toBe(207);
		const { approved, rejected } = reply.body;
		// `description` is null in the sample though one was sent.
		expect(approved).toEqual([
			{
				session_guid: SAMPLE_CREATED_GUID,
				name: 'CS201',
				description: null,
				tags: null,
				start_date: '2025-08-05T12:00:00+03:00',
				timezone: 'Europe/Istanbul',
				duration: 120,
				lang: 'en-US',
				status: 1,
				replay_status: 0,
				options: viewOptions(120),
				creation_date: SAMPLE_CLOCK,
				updating_date: SAMPLE_CLOCK,
			},
			{
				session_guid: SAMPLE_STORED_GUID,
				name: 'Web Development 101',
				description: null,
				tags: null,
				start_date: '2025-08-05T12:00:00+03:00',
				timezone: 'Europe/Istanbul',
				duration: 100,
				lang: 'en-US',
				status: 1,
				replay_status: 0,
				options: viewOptions(100),
				creation_date: stored?.creation_date,
				updating_date: SAMPLE_CLOCK,
			},
		]);
		expect(stored?.creation_date).not.toBe(SAMPLE_CLOCK);
		expect(rejected.map(({ state }) => state)).toEqual([
			{ code: 30, details: 'session_not_found' },
			{ code: 12, details: ['Invalid session start date.'] },
		]);
	});

	it('rejects the update with the 41 keys of the entity', async () => {
		const model = (await batch(server, SAMPLE_REQUEST)).body.rejected[0]?.model as JsonObject;
		expect(Object.keys(model)).toHaveLength(41);
		expect(model).toMatchObject({
			session_id: 0,
			the_guid: SAMPLE_UNKNOWN_GUID,
			start_date: '1970-01-01T00:00:00+00:00',
			duration: 100,
			planned_duration: 100,
			lang: 'en-US',
			status: 1,
			timezone: 'Europe/Istanbul',
			replay_access: 'on',
			name: null,
			groups: [],
		});
		expect(model).not.toHaveProperty('session_guid');
		expect(JSON.parse(model.ui_options as string)).toMatchObject({
			allow_rating: true,
			Chat: { OffMessageModule: false, OnNewMsgNotifyInAll: false },
			Duration: { AllowExtendTime: true, UseRemainingTime: false },
		});
	});

	it('rejects the create with the 11 keys of the request view', async () => {
		const { options, ...model } = (await batch(server, SAMPLE_REQUEST)).body.rejected[1]
			?.model as JsonObject;
		expect(model).toEqual({
			session_guid: null,
			name: 'TR102',
			description: null,
			tags: null,
			start_date: '2020-08-05T14:00:00+00:00',
			duration: 120,
			lang: 'tr-TR',
			allow_recording: true,
			inaccessible_replay: false,
			timezone: 'Europe/Istanbul',
		});
		const nulls = Object.keys(viewOptions(0)).map((key) => [key, null]);
		expect(options).toEqual({ ...Object.fromEntries(nulls), allow_rating: false });
	});
});

describe('the bearer', () => {
	let server: PerculusServer;

	beforeAll(async () => {
		server = await startPerculusServer();
	});
	afterAll(() => server.stop());

	it("is the API notes' test vector", () => {
		expect(bearerToken(ACCESS_KEY, SECRET_KEY)).toBe(
			'0123456789abcdef0123456789abcdef|cda303c98ba06986db54ce62598a5a9e8e5dd39c457807d44e8daf21c6e89800',
		);
	});

	it.each([
		['POST', '/xapi/v2/session/batch', 400],
		['GET', `/api/groups/xapi/session/${SAMPLE_STORED_GUID}`, 404],
		['GET', '/somewhere/else', 404],
	])('is required on %s %s', async (method, path, status) => {
		for (const Authorization of ['', `Bearer ${ACCESS_KEY}`]) {
			const reply = await call(server, method, path, undefined, { Authorization });
			expect([reply.status, reply.body.code]).toEqual([401, 14]);
		}
		expect((await call(server, method, path, undefined, SIGNED)).status).toBe(status);
	});
});
