import { attendeeBatch, call } from '../testClient';
import { SAMPLE_STORED_GUID as SESSION, SAMPLE_USER_GUID as USER, startPerculusServer } from '..';
import type { JsonObject, PerculusServer, Switches } from '..';

const CODE = '5786FF4C-4A93-45A2-BAF1-9461F376E8C5';
const EMAIL = 'ada+1@Example.com';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: SESSION });
	server.preloadUser({ user_guid: USER, name: 'Ada', email: EMAIL, role: 'e' });
	server.preloadAttendee(SESSION, { user_guid: USER, attendance_code: CODE });
	server.preloadAttendee(SESSION, { name: 'Ben', surname: 'Adams', mobile: '5' });
	server.preloadAttendee(SESSION, { name: 'Cem', role: 'a', email: 'cem@example.com' });
});

const one = (method: string, id: string, session: string = SESSION, base = '/xapi/v2') =>
	call<JsonObject>(server, method, `${base}/session/${session}/attendee/${id}`);

async function find(filter: unknown, switches: Partial<Switches> = {}) {
	server.set(switches);
	const path = `/api/groups/xapi/session/${SESSION}/attendee/search`;
	return await call<JsonObject[]>(server, 'POST', path, filter);
}
const names = async (filter: unknown, switches: Partial<Switches> = {}) =>
	(await find(filter, switches)).body.map(({ name }) => name);

const IDS = [
	CODE,
	CODE.toLowerCase(),
	USER,
	USER.toLowerCase(),
	EMAIL,
	encodeURIComponent(EMAIL.toUpperCase()),
];
const NOT_FOUND = { status: 404, body: { code: 40, details: 'Attendee not found.' } };

it.each(IDS)('get by %s', async (id) => {
	const [ada] = (await find({ name: 'Ada' })).body;
	expect(ada).toMatchObject({ session_guid: SESSION, user_guid: USER, attendance_code: CODE });
	expect(await one('GET', id)).toMatchObject({ status: 200, body: ada });
	expect(await one('GET', id, SESSION.toLowerCase(), '/api/groups/xapi')).toMatchObject({
		status: 200,
	});
});

it.each(IDS)('delete by %s: 204 without a body, then 404 with code 40', async (id) => {
	expect(await one('DELETE', id)).toMatchObject({ status: 204, text: '' });
	expect(await one('DELETE', id)).toMatchObject(NOT_FOUND);
	for (const other of IDS) expect(await one('GET', other)).toMatchObject(NOT_FOUND);
	expect(server.attendeesOf(SESSION).map(({ name }) => name)).toEqual(['Ben', 'Cem']);
});

it('an attendee who was deleted may be added again', async () => {
	await one('DELETE', CODE);
	const { body } = await attendeeBatch(server, SESSION, [{ user_guid: USER }]);
	expect(body.approved[0]?.attendance_code).not.toBe(CODE);
});

it('ids that an attendee had before find nobody', async () => {
	await attendeeBatch(server, SESSION, [{ attendance_code: CODE, email: 'new@example.com' }]);
	expect(await one('GET', EMAIL)).toMatchObject(NOT_FOUND);
	expect((await one('GET', 'new@example.com')).status).toBe(200);
});

it('an unknown session is 404 with code 30', async () => {
	const other = server.preload({}).session_guid;
	expect(await one('GET', CODE, other)).toMatchObject(NOT_FOUND);
	await call(server, 'DELETE', `/xapi/v2/session/${other}`);
	for (const method of ['GET', 'DELETE'])
		expect(await one(method, CODE, other)).toMatchObject({ status: 404, body: { code: 30 } });
	const path = `/xapi/v2/session/${other}/attendee/search`;
	expect((await call(server, 'POST', path, {})).body.code).toBe(30);
});

it('pathIds: raw takes only what is not encoded', async () => {
	server.set({ pathIds: 'raw' });
	expect((await one('GET', EMAIL)).status).toBe(200);
	expect(await one('GET', encodeURIComponent(EMAIL))).toMatchObject(NOT_FOUND);
});

it('search answers all views, in the order in which they were added', async () => {
	expect(await names({})).toEqual(['Ada', 'Ben', 'Cem']);
	expect(await names(undefined)).toEqual(['Ada', 'Ben', 'Cem']);
	expect((await names({}, { searchOrder: 'shuffled', seed: 2 })).sort()).toEqual([
		'Ada',
		'Ben',
		'Cem',
	]);
	expect((await find([])).status).toBe(400);
});

it.each([
	[{ name: 'A' }, ['Ada']],
	[{ surname: 'dam' }, ['Ben']],
	[{ email: 'CEM@example.com' }, ['Cem']],
	[{ email: 'example.com' }, []],
	[{ role: 'e' }, ['Ada']],
	[{ mobile: '5' }, ['Ben']],
	[{ user_id: USER.toLowerCase() }, ['Ada']],
	[{ user_guid: USER }, ['Ada']],
	[{ attendance_code: CODE }, ['Ada']],
	[{ role: 'a', name: 'Ben' }, []],
])('search by %j', async (filter, found) => {
	expect(await names(filter)).toEqual(found);
});

it('nameMatch', async () => {
	expect(await names({ name: 'a' }, { nameMatch: 'exact' })).toEqual([]);
	expect(await names({ name: 'ada' })).toEqual(['Ada']);
});

it('attendeeList', async () => {
	const { body } = await find({});
	expect(await find({}, { attendeeList: 'data' })).toMatchObject({ body: { data: body } });
});

it('attendeePaging', async () => {
	const page = { page_number: 2, page_size: 2 };
	expect(await names(page)).toEqual(['Cem']);
	expect(await names({}, { pageSizeDefault: 1 })).toEqual(['Ada']);
	expect(await names(page, { attendeePaging: 'whole' })).toEqual(['Ada', 'Ben', 'Cem']);
	const below = { page_number: 0 };
	server.set({ pageBelowFirst: 'refused', attendeePaging: 'paged' });
	expect((await find(below)).status).toBe(400);
});

it('preloads say what cannot be', () => {
	expect(() => server.preloadAttendee('x')).toThrow('There is no session x');
	expect(() => server.preloadAttendee(SESSION, { email: EMAIL })).toThrow('already');
});

it('reset() empties users and attendees', () => {
	server.reset();
	expect(server.users.size).toBe(0);
	server.preload({ session_guid: SESSION });
	expect(server.attendeesOf(SESSION)).toEqual([]);
});

it('a fault by its route meets attendees, too, before or after applying', async () => {
	server.fail({ route: 'attendeeBatch', status: 500, applyThen: true });
	const item = { email: 'new@example.com', name: 'New', surname: 'One' };
	expect((await attendeeBatch(server, SESSION, [item])).status).toBe(500);
	expect(server.attendeesOf(SESSION)).toHaveLength(4);
	server.fail({ route: 'attendeeDelete', drop: 'after' });
	await expect(one('DELETE', CODE)).rejects.toThrow();
	server.fail({ route: 'attendeeDelete', drop: 'before' });
	await expect(one('DELETE', 'new@example.com')).rejects.toThrow();
	expect(server.attendeesOf(SESSION)).toHaveLength(3);
});
