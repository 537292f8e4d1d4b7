import { attendeeBatch, batch, call, search } from './testClient';
import { SAMPLE_STORED_GUID as GUID, startPerculusServer, type PerculusServer } from '.';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: GUID, name: 'Algebra' });
});

const SESSION = `/xapi/v2/session/${GUID}`;
const names = async () => (await search(server)).body.map(({ name }) => name);

it('notFoundBody: answers what is not there with a page without a code', async () => {
	server.set({ notFoundBody: 'page' });
	for (const path of [`${SESSION.slice(0, -1)}0`, `${SESSION}/attendee/nobody@example.com`]) {
		const reply = await call(server, 'GET', path);
		expect([reply.status, reply.text.startsWith('<!DOCTYPE html>')]).toEqual([404, true]);
	}
});

it('missingRoutes: answers the named routes with a page and does nothing', async () => {
	server.set({ missingRoutes: ['delete'] });
	expect((await call(server, 'DELETE', SESSION)).status).toBe(404);
	expect((await call(server, 'GET', SESSION)).status).toBe(200);
	server.set({ missingRoutes: 'all' });
	expect((await search(server)).status).toBe(404);
});

it('recordDates: moves both dates with each answer', async () => {
	server.set({ recordDates: 'moving' });
	const dates = async () => {
		const { body } = await call<Record<string, string>>(server, 'GET', SESSION);
		return Date.parse(body.creation_date ?? '');
	};
	expect((await dates()) + 1000).toBe(await dates());
});

it('searchLag: shows creations, changes and deletions only after so many searches', async () => {
	const item = { name: 'Biology', start_date: '2040-06-01T09:00:00Z', duration: 60 };
	server.set({ searchLag: 2 });
	await batch(server, [item]);
	expect([await names(), await names(), await names()]).toEqual([
		['Algebra'],
		['Algebra'],
		['Biology', 'Algebra'],
	]);
	await batch(server, [{ session_guid: GUID, name: 'Algebra II' }]);
	expect(await names()).toEqual(['Biology', 'Algebra']);
	await call(server, 'DELETE', SESSION);
	expect([await names(), await names(), await names()]).toEqual([
		['Biology', 'Algebra'],
		['Biology', 'Algebra II'],
		['Biology'],
	]);
});

it('searchLag with deletedInSearch: shows a session alive until its deletion is found', async () => {
	server.set({ searchLag: 1, deletedInSearch: 'shown' });
	await call(server, 'DELETE', SESSION);
	const status = async () => (await search(server)).body.map((session) => session.status);
	expect([await status(), await status()]).toEqual([[1], [-1]]);
});

it('mailConflict: refuses the whole list with 409 and saves nothing', async () => {
	const code = server.preloadAttendee(GUID, { email: 'a@example.com' }).attendance_code;
	server.preloadAttendee(GUID, { email: 'b@example.com' });
	server.set({ mailConflict: 'wholeBody' });
	const guest = { email: 'c@example.com', name: 'C', surname: 'C' };
	const reply = await attendeeBatch(server, GUID, [
		guest,
		{ attendance_code: code, email: 'b@example.com' },
	]);
	expect(reply).toMatchObject({ status: 409, body: { code: 51 } });
	expect(server.attendeesOf(GUID).map(({ email }) => email)).toEqual([
		'a@example.com',
		'b@example.com',
	]);
});
