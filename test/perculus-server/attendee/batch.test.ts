import { attendeeBatch, type Rejected } from '../testClient';
import { SAMPLE_STORED_GUID as SESSION, SAMPLE_USER_GUID as USER, startPerculusServer } from '..';
import type { JsonObject, PerculusServer } from '..';

const CODE = '5786FF4C-4A93-45A2-BAF1-9461F376E8C5';
const NOBODY = '7FD2B7AB-DFBE-4B35-A217-EC11791A4A80';
const guest = (fields: object = {}) => ({
	email: 'Doe@example.com',
	name: 'John',
	surname: 'Doe',
	...fields,
});

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date('2030-01-15T10:00:00Z') });
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: SESSION });
	const own = { name: 'Ada', surname: 'Byron', email: 'ada@account.example', role: 'e' };
	server.preloadUser({ user_guid: USER, ...own, mobile: '+90 1' });
	server.preloadAttendee(SESSION, { attendance_code: CODE, email: 'old@example.com', role: 'e' });
});

async function saved(item: object): Promise<JsonObject> {
	const { status, body } = await attendeeBatch(server, SESSION, [item]);
	expect({ status, rejected: body.rejected }).toEqual({ status: 200, rejected: [] });
	return body.approved[0] as JsonObject;
}

async function refused(item: unknown): Promise<Rejected> {
	const { status, body } = await attendeeBatch(server, SESSION, [item]);
	expect({ status, approved: body.approved }).toEqual({ status: 400, approved: [] });
	return body.rejected[0] as Rejected;
}

const there = () => server.attendeesOf(SESSION);

describe('a guest, by e-mail', () => {
	it('is inserted with role u and no mobile', async () => {
		expect(await saved(guest())).toEqual({
			session_guid: SESSION,
			user_guid: null,
			attendee_id: expect.any(Number),
			attendance_code: expect.stringMatching(/^[0-9A-F-]{36}$/),
			name: 'John',
			surname: 'Doe',
			email: 'Doe@example.com',
			role: 'u',
			mobile: null,
			avatar: null,
			creation_date: '2030-01-15T13:00:00+03:00',
			updating_date: '2030-01-15T13:00:00+03:00',
		});
		expect(there()).toHaveLength(2);
	});

	it('is updated when added again, in any case', async () => {
		const first = await saved(guest({ role: 'a' }));
		server.set({ clock: () => new Date('2030-01-16T10:00:00Z') });
		const second = await saved(guest({ email: 'DOE@example.com', name: 'Jane' }));
		expect(second).toMatchObject({
			attendance_code: first.attendance_code,
			name: 'Jane',
			role: 'a',
			email: 'DOE@example.com',
			creation_date: first.creation_date,
			updating_date: '2030-01-16T13:00:00+03:00',
		});
		expect(there()).toHaveLength(2);
	});

	it.each([
		[{ name: undefined }, ['Attendee name is required.']],
		[{ surname: ' ' }, ['Attendee surname is required.']],
		[{ role: 'x' }, ['Invalid role.']],
		[{ email: 'doe' }, ['Invalid email.']],
		[{ mobile: 5 }, ['mobile: Invalid value.']],
		[{ email: '' }, ['One of attendance_code, user_guid and email is required.']],
	])('%j is code 12', async (fields, details) => {
		expect((await refused(guest(fields))).state).toEqual({ code: 12, details });
		expect(there()).toHaveLength(1);
	});

	it('takes the three roles, and the two older ones', async () => {
		for (const role of ['u', 'e', 'a', 'e+', 'e-'])
			expect(await saved(guest({ role }))).toMatchObject({ role });
	});
});

describe('a user', () => {
	it("is inserted with the user's own values", async () => {
		expect(await saved({ user_guid: USER.toLowerCase() })).toMatchObject({
			user_guid: USER,
			name: 'Ada',
			surname: 'Byron',
			email: 'ada@account.example',
			role: 'e',
			mobile: '+90 1',
		});
	});

	it('is inserted with what is sent in their place, and updated when added again', async () => {
		const first = await saved({ user_guid: USER, role: 'a', email: 'other@example.com' });
		expect(first).toMatchObject({ role: 'a', email: 'other@example.com', name: 'Ada' });
		const second = await saved({ user_guid: USER, mobile: '+90 2' });
		expect(second).toMatchObject({ ...first, mobile: '+90 2' });
		expect(there()).toHaveLength(2);
	});

	it('who is a guest already is the same attendee', async () => {
		const first = await saved(guest({ email: 'ADA@account.example' }));
		expect(await saved({ user_guid: USER })).toMatchObject({
			attendance_code: first.attendance_code,
			user_guid: USER,
		});
	});

	it.each([NOBODY, `${USER.slice(0, -1)}x`])('%s is refused alone: code 52', async (user_guid) => {
		const { status, body } = await attendeeBatch(server, SESSION, [{ user_guid }, guest()]);
		expect(status).toBe(207);
		expect(body.rejected).toEqual([
			{ model: { user_guid }, state: { code: 52, details: 'user_not_found' } },
		]);
		expect(body.approved).toHaveLength(1);
	});
});

describe('an attendance code', () => {
	it('updates what is sent, and keeps the rest', async () => {
		const item = { attendance_code: CODE.toLowerCase(), mobile: '+90 3' };
		const view = { attendance_code: CODE, mobile: '+90 3', role: 'e', email: 'old@example.com' };
		expect(await saved(item)).toMatchObject(view);
		expect(await saved({ ...item, email: 'new@example.com' })).toMatchObject({
			email: 'new@example.com',
		});
		expect(await saved(guest({ email: 'old@example.com' }))).not.toMatchObject(view);
	});

	it.each([NOBODY, 'code-x'])('%s never inserts: code 40', async (attendance_code) => {
		const { state } = await refused({ attendance_code, ...guest() });
		expect(state).toEqual({ code: 40, details: 'Attendee not found.' });
		expect(there()).toHaveLength(1);
	});
});

it('an e-mail of another attendee is code 51', async () => {
	await saved(guest());
	const email = guest().email.toLowerCase();
	expect((await refused({ attendance_code: CODE, email })).state.code).toBe(51);
	await saved({ user_guid: USER });
	expect((await refused({ user_guid: USER, email })).state.code).toBe(51);
	const other = server.preloadUser({ email: 'ada@account.example' });
	expect((await refused({ user_guid: other.user_guid })).state.code).toBe(51);
	// One's own, in another case, is none.
	await saved({ attendance_code: CODE, email: 'OLD@example.com' });
});

it('sessions have their own attendees', async () => {
	const other = server.preload({}).session_guid;
	await saved(guest());
	expect((await attendeeBatch(server, other, [{ attendance_code: CODE, role: 'a' }])).status).toBe(
		400,
	);
	expect((await attendeeBatch(server, other, [guest()])).status).toBe(200);
	expect([there().length, server.attendeesOf(other).length]).toEqual([2, 1]);
});

it('an unknown session is 404 with code 30, a deleted one too', async () => {
	const gone = server.preload({ status: -1 }).session_guid;
	for (const guid of [NOBODY, 'x', gone]) {
		const reply = await attendeeBatch(server, guid, [guest()]);
		expect([reply.status, reply.body.code]).toEqual([404, 30]);
	}
});

it.each([['{"email":"a@b"}'], ['[{'], ['']])('refuses the body %s as a whole', async (body) => {
	const reply = await attendeeBatch(server, SESSION, body);
	expect([reply.status, reply.body.code]).toEqual([400, 19]);
});
