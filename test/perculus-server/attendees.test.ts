import { attendeeBatch, call } from './testClient';
import {
	SAMPLE_STORED_GUID as SESSION,
	SAMPLE_USER_GUID as USER,
	startPerculusServer,
	type JsonObject,
	type PerculusServer,
} from '.';

const CODE = '5786FF4C-4A93-45A2-BAF1-9461F376E8C5';
const NOBODY = '7FD2B7AB-DFBE-4B35-A217-EC11791A4A80';
const GUEST = { email: 'Doe@example.com', name: 'John', surname: 'Doe' };

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date('2030-01-15T10:00:00Z') });
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: SESSION });
	server.preloadUser({ user_guid: USER, name: 'Ada', email: 'ada@account.example', role: 'e' });
	server.preloadAttendee(SESSION, { attendance_code: CODE, email: 'old@example.com', role: 'e' });
});

async function approved(item: JsonObject): Promise<JsonObject> {
	const { status, body } = await attendeeBatch(server, SESSION, [item]);
	expect({ status, rejected: body.rejected }).toEqual({ status: 200, rejected: [] });
	return body.approved[0] as JsonObject;
}

it('adds a guest with role u and no mobile, and updates the guest in any case', async () => {
	const first = await approved(GUEST);
	expect(first).toEqual({
		session_guid: SESSION,
		user_guid: null,
		attendee_id: expect.any(Number),
		attendance_code: expect.stringMatching(/^[0-9A-F-]{36}$/),
		...GUEST,
		role: 'u',
		mobile: null,
		avatar: null,
		creation_date: '2030-01-15T13:00:00+03:00',
		updating_date: '2030-01-15T13:00:00+03:00',
	});
	const again = await approved({ ...GUEST, email: 'DOE@example.com', role: 'a' });
	expect(again).toMatchObject({ attendance_code: first.attendance_code, role: 'a' });
});

it("adds a user with the user's own values where none are sent", async () => {
	expect(await approved({ user_guid: USER.toLowerCase(), email: 'x@example.com' })).toMatchObject({
		user_guid: USER,
		name: 'Ada',
		email: 'x@example.com',
		role: 'e',
	});
});

it('updates by attendance code, keeping what was not sent', async () => {
	expect(await approved({ attendance_code: CODE.toLowerCase(), mobile: '+90 3' })).toMatchObject({
		attendance_code: CODE,
		mobile: '+90 3',
		role: 'e',
		email: 'old@example.com',
	});
});

it.each<[string, JsonObject, number]>([
	['a guest without a name', { email: 'a@example.com' }, 12],
	['nobody', { name: 'A' }, 12],
	['an unknown role', { ...GUEST, role: 'x' }, 12],
	['an unknown user', { user_guid: NOBODY }, 52],
	['a malformed user', { user_guid: `${USER.slice(0, -1)}x` }, 52],
	['an unknown attendance code', { attendance_code: NOBODY, ...GUEST }, 40],
])('answers %s with a code of its own', async (_, item, code) => {
	const { body } = await attendeeBatch(server, SESSION, [item, GUEST]);
	expect(body.rejected).toMatchObject([{ model: item, state: { code } }]);
	expect(body.approved).toHaveLength(1);
});

it('answers an email address that somebody else has with code 51', async () => {
	server.preloadAttendee(SESSION, { email: 'taken@example.com' });
	const item = { attendance_code: CODE, email: 'TAKEN@example.com' };
	const { status, body } = await attendeeBatch(server, SESSION, [item]);
	expect([status, body.rejected[0]?.state.code]).toEqual([400, 51]);
});

it.each([CODE.toLowerCase(), 'OLD@example.com', 'old%40example.com'])(
	'gets and deletes the attendee %s',
	async (id) => {
		const one = async (method: string) =>
			await call(server, method, `/api/groups/xapi/session/${SESSION}/attendee/${id}`);
		expect(await one('GET')).toMatchObject({ status: 200, body: { attendance_code: CODE } });
		expect(await one('DELETE')).toMatchObject({ status: 204, text: '' });
		expect(await one('GET')).toMatchObject({ status: 404, body: { code: 40 } });
	},
);

it.each<[JsonObject, number]>([
	[{}, 2],
	[{ email: 'OLD@example.com' }, 1],
	[{ user_id: USER }, 1],
	[{ name: 'ad' }, 1],
	[{ role: 'u' }, 0],
	[{ page_size: 1, page_number: 2 }, 1],
])('finds attendees by %j', async (filter, count) => {
	await approved({ user_guid: USER });
	const path = `/xapi/v2/session/${SESSION}/attendee/search`;
	expect((await call<unknown[]>(server, 'POST', path, filter)).body).toHaveLength(count);
});

it('answers an unknown or deleted session with code 30', async () => {
	const gone = server.preload({ status: -1 }).session_guid;
	for (const guid of [NOBODY, gone])
		expect(await attendeeBatch(server, guid, [GUEST])).toMatchObject({
			status: 404,
			body: { code: 30 },
		});
});
