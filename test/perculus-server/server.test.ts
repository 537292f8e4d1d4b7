import { request } from 'node:http';
import { ACCESS_KEY, bearerToken, SECRET_KEY, startPerculusServer } from '.';
import { SAMPLE_CLOCK, SAMPLE_CREATED_GUID, SAMPLE_REQUEST, SAMPLE_STORED } from './sample';
import {
	SAMPLE_STORED_GUID as GUID,
	SAMPLE_UNKNOWN_GUID,
	SAMPLE_USER_GUID as USER,
} from './sample';
import { filled } from './values';
import type { JsonObject, PerculusServer } from '.';

let server: PerculusServer;

beforeAll(async () => {
	const newGuid = () => SAMPLE_CREATED_GUID.toLowerCase();
	server = await startPerculusServer({ clock: () => SAMPLE_CLOCK, newGuid });
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload(SAMPLE_STORED);
});

const BEARER = `Bearer ${bearerToken(ACCESS_KEY, SECRET_KEY)}`;

type Rejected = { model: JsonObject; state: JsonObject };
type Lists = { approved: JsonObject[]; rejected: Rejected[] };

async function call<T = JsonObject>(method: string, path: string, sent?: unknown, bearer = BEARER) {
	const body = sent === undefined ? undefined : JSON.stringify(sent);
	const headers = { Authorization: bearer };
	const response = await fetch(server.url + path, { method, headers, body });
	const text = await response.text();
	return { status: response.status, body: (text && JSON.parse(text)) as T };
}

const batch = async (items: unknown, base = '/xapi/v2') =>
	await call<Lists>('POST', `${base}/session/batch`, items);

/** The options of the vendor's view, written out so that the server isn't compared with its own table. */
const viewOptions = (sessionDuration: number) => ({
	preparation_time: 15,
	session_duration: sessionDuration,
	return_url: '',
	...filled(true, 'allow_rating', 'allow_users_stream_self_cam_mic', 'enable_attendance_check'),
	...filled(true, 'allow_reactions'),
	...filled(false, 'hide_user_streams', 'enable_simultaneous_interpretation', 'start_active'),
	...filled(false, 'enable_simultaneous_interpretation_for_users'),
	...filled(null, 'enable_recording_auto_start', 'skip_approval_on_join'),
	...filled(null, 'enable_session_auto_start', 'enable_session_auto_finish'),
	chat: {
		...filled(false, 'offMessageModule', 'offGeneralMsging', 'offGeneralMsgLimitForUser'),
		...filled(false, 'offSpecialMsging', 'offSpecialMsgToAdmin', 'offSpecialMsgToUser'),
		...filled(false, 'offNewMsgSound', 'offClearForReplay'),
		...filled(false, 'onNewMsgSoundInAll', 'onNewMsgNotifyInAll'),
	},
	duration: { allowExtendTime: true, useRemainingTime: false },
});

describe("The vendor's sample", () => {
	it.each(['/xapi/v2', '/api/groups/xapi'])(
		'the sample request gets the documented response under %s',
		async (base) => {
			const created = server.sessions.get(GUID)?.creation_date;
			const { status, body } = await batch(SAMPLE_REQUEST, base);
			// `description` is null in the sample though one was sent.
			const view = {
				description: null,
				tags: null,
				start_date: '2025-08-05T12:00:00+03:00',
				timezone: 'Europe/Istanbul',
				lang: 'en-US',
				status: 1,
				replay_status: 0,
				creation_date: SAMPLE_CLOCK,
				updating_date: SAMPLE_CLOCK,
			};
			const [one, two] = [120, 100].map((duration) => {
				return { ...view, duration, options: viewOptions(duration) };
			});
			expect([status, body.approved]).toEqual([
				207,
				[
					{ ...one, session_guid: SAMPLE_CREATED_GUID, name: 'CS201' },
					{ ...two, session_guid: GUID, name: 'Web Development 101', creation_date: created },
				],
			]);
			expect(created).not.toBe(SAMPLE_CLOCK);
			expect(body.rejected.map(({ state }) => state)).toEqual([
				{ code: 30, details: 'session_not_found' },
				{ code: 12, details: ['Invalid session start date.'] },
			]);
		},
	);

	it('the rejected update has the entity as its model, and the rejected create the request view', async () => {
		const [update, create] = (await batch(SAMPLE_REQUEST)).body.rejected;
		expect(Object.keys(update?.model ?? {})).toHaveLength(41);
		expect(update?.model).toMatchObject({
			session_id: 0,
			the_guid: SAMPLE_UNKNOWN_GUID,
			start_date: '1970-01-01T00:00:00+00:00',
			duration: 100,
			planned_duration: 100,
			lang: 'en-US',
			replay_access: 'on',
			name: null,
			groups: [],
		});
		expect(JSON.parse(update?.model.ui_options as string)).toMatchObject({ allow_rating: true });
		const nulls = Object.keys(viewOptions(0)).map((key) => [key, null]);
		expect(create?.model).toEqual({
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
			options: { ...Object.fromEntries(nulls), allow_rating: false },
		});
	});
});

it.each(['POST /xapi/v2/session/batch', `GET /api/groups/xapi/session/${GUID}`, 'GET /elsewhere'])(
	'the server requires the bearer for %s',
	async (route) => {
		const hash = 'cda303c98ba06986db54ce62598a5a9e8e5dd39c457807d44e8daf21c6e89800';
		expect(BEARER).toBe(`Bearer ${ACCESS_KEY}|${hash}`);
		const [method = '', path = ''] = route.split(' ');
		for (const bearer of ['', `Bearer ${ACCESS_KEY}`])
			expect(await call(method, path, undefined, bearer)).toMatchObject({
				status: 401,
				body: { code: 14 },
			});
		expect((await call(method, path)).status).not.toBe(401);
	},
);

it('an update changes only the fields sent, and also session_duration with the duration', async () => {
	const sent = { duration: 90, options: { chat: { offNewMsgSound: true } } };
	const { body } = await batch([{ session_guid: GUID.toLowerCase(), ...sent }]);
	const options = viewOptions(90);
	Object.assign(options.chat, { offNewMsgSound: true });
	expect(body.approved).toMatchObject([{ name: 'Web Development 101', duration: 90, options }]);
});

it('durations outside of 5 to 360 are rejected, with HTTP 400 if all items are', async () => {
	const items = [4, 361].map((duration) => ({ ...SAMPLE_REQUEST[0], duration }));
	const { status, body } = await batch(items);
	expect([status, body.rejected.map(({ state }) => state.code)]).toEqual([400, [12, 12]]);
});

it('sessions are searched by name, tags and day, and a session is read and deleted', async () => {
	server.preload({ name: 'Algebra', start_date: '2030-03-03T23:30:00Z', tags: 'maths, easy' });
	const search = async (filter: unknown) =>
		(await call<JsonObject[]>('POST', '/xapi/v2/session/search', filter)).body;
	for (const filter of [{ name: 'ALGEBRA' }, { tags: 'easy' }, { begin_date: '2030-03-03' }])
		expect(await search(filter)).toMatchObject([{ name: 'Algebra' }]);
	const path = `/xapi/v2/session/${GUID}`;
	expect((await call('GET', path)).body).toEqual((await search({ name: 'Web' }))[0]);
	expect((await call('DELETE', path)).status).toBe(204);
	expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 30 } });
});

it('attendees of three kinds are saved, and read and deleted by each of their three ids', async () => {
	server.preloadUser({ user_guid: USER, name: 'Ada', email: 'ada@account.example', role: 'e' });
	const { attendance_code: code } = server.preloadAttendee(GUID, { email: 'Old@example.com' });
	const path = `/xapi/v2/session/${GUID}/attendee`;
	const { status, body } = await call<Lists>('POST', `${path}/batch`, [
		{ email: 'doe@example.com', name: 'John', surname: 'Doe' },
		{ user_guid: USER },
		{ attendance_code: code.toLowerCase(), mobile: '+90 3' },
		{ email: 'a@example.com' },
		{ user_guid: `${USER.slice(0, -1)}x` },
		{ attendance_code: USER, email: 'b@example.com', name: 'B', surname: 'B' },
		{ attendance_code: code, email: 'DOE@example.com' },
	]);
	expect([status, body.approved]).toMatchObject([
		207,
		[
			{ session_guid: GUID, user_guid: null, role: 'u', mobile: null, avatar: null },
			{ user_guid: USER, name: 'Ada', email: 'ada@account.example', role: 'e' },
			{ attendance_code: code, email: 'Old@example.com', mobile: '+90 3' },
		],
	]);
	expect(body.rejected.map(({ state }) => state.code)).toEqual([52, 40, 51, 12]);
	for (const id of [code.toLowerCase(), 'DOE%40example.com', USER]) {
		expect((await call('GET', `${path}/${id}`)).status).toBe(200);
		expect((await call('DELETE', `${path}/${id}`)).status).toBe(204);
		expect(await call('GET', `${path}/${id}`)).toMatchObject({ status: 404, body: { code: 40 } });
	}
});

it('a session has a report with its attendees after it is finished', async () => {
	server.preloadAttendee(GUID, { email: 'bob@example.com' });
	const path = `/xapi/v2/report/session/${GUID}/attendees`;
	for (const minute of ['05', '40'])
		server.attend(GUID, {
			email: 'BOB@example.com',
			joined: `2025-08-05T12:${minute}:00+03:00`,
			left: `2025-08-05T12:45:00+03:00`,
		});
	expect(await call('POST', path)).toMatchObject({ status: 404, body: { code: 31 } });
	server.finish(GUID, '2025-08-05T12:50:00+03:00');
	expect((await call('POST', path)).body).toMatchObject({
		duration: 3000,
		user_count: 1,
		error_code: 'NONE',
		actual_start_date: '2025-08-05T12:00:00+03:00',
		actual_finish_date: '2025-08-05T12:50:00+03:00',
		user_stats: [{ email: 'bob@example.com', duration_live: 2700, user_id: null }],
	});
});

it.each(['..', '%2e%2E/?x=1'])(
	"a DELETE of the attendee '%s' deletes the session itself",
	async (id) => {
		const { port } = new URL(server.url);
		const path = `/xapi/v2/session/${GUID}/attendee/${id}`;
		const headers = { Authorization: BEARER };
		await new Promise((done) => request({ port, method: 'DELETE', path, headers }, done).end());
		expect(server.sessions.has(GUID)).toBe(false);
	},
);
