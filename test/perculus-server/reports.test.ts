import { call } from './testClient';
import { SAMPLE_STORED_GUID as GUID, SAMPLE_USER_GUID as USER, startPerculusServer } from '.';
import type { JsonObject, PerculusServer, Switches } from '.';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: GUID, name: 'Algebra', start_date: '2025-03-03T10:00:00Z' });
	server.preloadUser({ user_guid: USER, email: 'ada@example.com', role: 'e' });
	server.preloadAttendee(GUID, { user_guid: USER });
	for (const name of ['bob', 'eve']) server.preloadAttendee(GUID, { email: `${name}@example.com` });
	const visit = (email: string, joined: string, left: string) =>
		server.attend(GUID, {
			email,
			joined: `2025-03-03T${joined}:00+03:00`,
			left: `2025-03-03T${left}:00+03:00`,
		});
	visit('ada@example.com', '10:00', '10:30');
	visit('BOB@example.com', '10:05', '10:15');
	visit('bob@example.com', '10:20', '10:30');
	visit('walk-in@example.com', '10:10', '10:12');
});

async function report(path = '/attendees', switches: Partial<Switches> = {}, method = 'POST') {
	server.set(switches);
	return await call<JsonObject>(server, method, `/xapi/v2/report/session/${GUID}${path}`);
}

async function people(switches: Partial<Switches> = {}) {
	return (await report('/attendees', switches)).body.user_stats as JsonObject[];
}

it('answers both routes under both paths, from what was done', async () => {
	server.finish(GUID, '2025-03-03T10:30:00+03:00');
	const { status, body } = await report('');
	expect(status).toBe(200);
	expect(body).toMatchObject({
		session_name: 'Algebra',
		duration: 1800,
		duration_active: 1800,
		user_count: 3,
		error_code: 'NONE',
		actual_start_date: '2025-03-03T10:00:00+03:00',
		actual_finish_date: '2025-03-03T10:30:00+03:00',
	});
	const other = `/api/groups/xapi/report/session/${GUID.toLowerCase()}/attendees`;
	const { user_stats: stats, ...rest } = (await call<JsonObject>(server, 'POST', other)).body;
	expect(rest).toEqual(body);
	expect(stats).toMatchObject([
		{ email: 'ada@example.com', user_id: USER, duration_live: 1800, user_mode: 'e' },
		{
			email: 'bob@example.com',
			user_id: null,
			duration_live: 1200,
			first_attempt_live: '2025-03-03T10:05:00+03:00',
			last_exit_live: '2025-03-03T10:30:00+03:00',
		},
		{ email: 'walk-in@example.com', attendance_code: null, duration_live: 120 },
	]);
	expect(server.requestsTo('reportAttendees')).toHaveLength(1);
});

it('durationOnFinish: an early finish changes the duration of the session', async () => {
	server.finish(GUID, '2025-03-03T10:30:00+03:00');
	expect(server.sessions.get(GUID)?.duration).toBe(30);
	server.set({ durationOnFinish: 'planned' });
	server.finish(GUID, '2025-03-03T10:20:00+03:00');
	expect(server.sessions.get(GUID)?.duration).toBe(30);
});

it.each<[Partial<Switches>, number, number]>([
	[{}, 200, 405],
	[{ reportOtherMethod: 'page' }, 200, 404],
	[{ reportMethod: 'GET' }, 405, 200],
	[{ reportMethod: 'both' }, 200, 200],
])('reportMethod and reportOtherMethod: %j', async (switches, post, get) => {
	server.finish(GUID);
	expect((await report('', switches)).status).toBe(post);
	expect((await report('', switches, 'GET')).status).toBe(get);
});

it('reportNotReady: answers in five ways before the finish', async () => {
	const notReady = async (reportNotReady: Switches['reportNotReady']) =>
		await report('/attendees', { reportNotReady });
	expect(await notReady('code31')).toMatchObject({ status: 404, body: { code: 31 } });
	expect(await notReady('noContent')).toMatchObject({ status: 204, text: '' });
	expect(await notReady('emptyBody')).toMatchObject({ status: 200, text: '' });
	expect((await notReady('zeros')).body).toMatchObject({ user_count: 0, user_stats: [] });
	expect((await notReady('soFar')).body).toMatchObject({ user_count: 3, actual_finish_date: null });
});

it('reportLag: is not ready for so many requests after the finish', async () => {
	server.finish(GUID);
	const statuses = [];
	for (let at = 0; at < 3; at++) statuses.push((await report('', { reportLag: 2 })).status);
	expect(statuses).toEqual([404, 404, 200]);
});

it('answers each shape of people that the switches name', async () => {
	server.finish(GUID);
	const guest = server.attendeesOf(GUID)[1]?.attendance_code ?? '';
	const keys = async (userStats: Switches['userStats']) => Object.keys(await people({ userStats }));
	expect(await keys('byEmail')).toContain('walk-in@example.com');
	expect(await keys('byCode')).toContain(guest);
	server.set({ userStats: 'list' });
	expect((await people({ reportUserKey: 'user_guid' }))[0]).toMatchObject({ user_guid: USER });
	expect((await people({ liveUnit: 'minutes' }))[0]).toMatchObject({ duration_live: 30 });
	expect(await people({ reportEntries: 'perVisit' })).toHaveLength(4);
	server.set({ reportEntries: 'perPerson' });
	expect((await people({ reportAbsent: 'zeros' }))[3]).toMatchObject({
		email: 'eve@example.com',
		duration_live: 0,
		first_attempt_live: null,
	});
	const bob = async (reportGuests: Switches['reportGuests']) => (await people({ reportGuests }))[1];
	expect(await bob('withoutCode')).toMatchObject({ attendance_code: null });
	expect(await bob('withoutEmail')).toMatchObject({ email: null, attendance_code: guest });
});

it('answers what cannot be read, and codes', async () => {
	server.finish(GUID);
	expect((await report('', { reportErrorCode: 'PACK' })).body).toMatchObject({
		error_code: 'PACK',
	});
	expect((await report('/attendees', { reportBody: 'noPeople' })).body).not.toHaveProperty(
		'user_stats',
	);
	expect(await report('', { reportBody: 'text' })).toMatchObject({ status: 200 });
	const missing = `/xapi/v2/report/session/${GUID.replace('6', '7')}`;
	expect(await call(server, 'POST', missing)).toMatchObject({ status: 404, body: { code: 30 } });
});
