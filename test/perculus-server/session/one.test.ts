import { request } from 'node:http';
import { batch, call, search, SIGNED } from '../testClient';
import { SAMPLE_STORED_GUID as GUID, startPerculusServer, type PerculusServer } from '..';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: GUID, name: 'Algebra', tags: 'ref:7' });
	server.preload({ name: 'Biology' });
});

const one = (method: string, guid: string = GUID, base = '/xapi/v2') =>
	call(server, method, `${base}/session/${guid}`);
const found = async () => (await search(server)).body.map(({ name, status }) => [name, status]);

const NOT_FOUND = { status: 404, body: { code: 30, details: 'session_not_found' } };

it('get answers the view that search does, in either case, under both paths', async () => {
	const [, algebra] = (await search(server)).body;
	expect(await one('GET')).toMatchObject({ status: 200, body: algebra });
	expect(await one('GET', GUID.toLowerCase(), '/api/groups/xapi')).toMatchObject({ body: algebra });
	expect(await one('GET', 'nobody')).toMatchObject(NOT_FOUND);
});

it('delete: 204 without a body, then gone', async () => {
	const reply = await one('DELETE', GUID.toLowerCase());
	expect(reply).toMatchObject({ status: 204, text: '' });
	expect(reply.headers.get('content-length')).toBeNull();
	expect(reply.headers.get('content-type')).toBeNull();
	expect(await found()).toEqual([['Biology', 1]]);
	expect(await one('GET')).toMatchObject(NOT_FOUND);
	expect([server.sessions.has(GUID), server.deleted.get(GUID)?.status]).toEqual([false, -1]);
});

it('an update of a deleted session is code 30', async () => {
	await one('DELETE');
	const { status, body } = await batch(server, [{ session_guid: GUID, duration: 30 }]);
	expect([status, body.rejected[0]?.state.code]).toEqual([400, 30]);
});

it('deleteAnswer: json', async () => {
	server.set({ deleteAnswer: 'json' });
	const reply = await one('DELETE');
	expect(reply).toMatchObject({ status: 200, body: { session_guid: GUID, status: -1 } });
});

it('secondDelete', async () => {
	expect((await one('DELETE')).status).toBe(204);
	expect(await one('DELETE')).toMatchObject(NOT_FOUND);
	server.set({ secondDelete: 'empty', deleteAnswer: 'json' });
	expect(await one('DELETE')).toMatchObject({ status: 204, text: '' });
	expect(await one('DELETE', 'nobody')).toMatchObject(NOT_FOUND);
});

it('deletedInSearch', async () => {
	await one('DELETE');
	server.set({ deletedInSearch: 'shown', searchOrder: 'created' });
	expect(await found()).toEqual([
		['Algebra', -1],
		['Biology', 1],
	]);
	expect((await search(server, { tags: 'ref:7' })).body).toHaveLength(1);
});

it('deletedInGet', async () => {
	await one('DELETE');
	server.set({ deletedInGet: 'shown' });
	expect(await one('GET')).toMatchObject({ status: 200, body: { name: 'Algebra', status: -1 } });
});

it('a session preloaded with status -1 is a deleted one, and may come back', async () => {
	server.preload({ session_guid: GUID, name: 'Algebra', status: -1 });
	expect(await one('GET')).toMatchObject(NOT_FOUND);
	server.preload({ session_guid: GUID, name: 'Algebra' });
	expect((await one('GET')).status).toBe(200);
	expect(server.deleted.size).toBe(0);
});

it.each(['..', '%2e%2e'])('the attendee "%s" deletes the session', async (attendee) => {
	const path = `/xapi/v2/session/${GUID}/attendee/${attendee}`;
	const { port } = new URL(server.url);
	// Not fetch: it would resolve the dots itself.
	const status = await new Promise((resolve, reject) => {
		const options = { port, path, method: 'DELETE', headers: SIGNED, agent: false };
		request(options, (response) => resolve(response.resume().statusCode))
			.on('error', reject)
			.end();
	});
	expect(server.requests[0]).toMatchObject({ path, route: 'delete' });
	expect(status).toBe(204);
	expect(server.sessions.has(GUID)).toBe(false);
});
