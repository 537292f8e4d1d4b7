import { batch, call, search } from './testClient';
import { startPerculusServer, type Fault, type PerculusServer } from '.';

const ITEMS = [{ name: 'Ünïcode class', start_date: '2090-06-01T09:00:00Z', duration: 60 }];

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

it.each<[string, Fault, number | 'none', number]>([
	['a status', { status: 503, headers: { 'Retry-After': '2' } }, 503, 0],
	['a body', { body: { code: 11 } }, 200, 0],
	['a status after applying', { status: 500, applyThen: true }, 500, 1],
	['a redirect', { redirect: { status: 307, to: 'http://127.0.0.1:9/' } }, 307, 0],
	['headers only', { headers: { 'X-Trace': 'a' } }, 200, 1],
	['a slow answer', { trickleMs: 0 }, 200, 1],
	['a drop before applying', { drop: 'before' }, 'none', 0],
	['a drop after applying', { drop: 'after' }, 'none', 1],
	['a cut', { cut: 40 }, 'none', 1],
])('fails with %s', async (_, fault, status, created) => {
	server.fail(fault);
	const reply = await batch(server, ITEMS).catch(() => null);
	expect(reply?.status ?? 'none').toBe(status);
	for (const [name, value] of Object.entries(fault.headers ?? {}))
		expect(reply?.headers.get(name)).toBe(value);
	expect(server.sessions.size).toBe(created);
	expect((await batch(server, ITEMS)).status).toBe(200);
});

it('chooses requests by route, by themselves and by number', async () => {
	server.fail(
		{ route: 'get', status: 418 },
		{ route: 'search', nth: 2, times: 2, status: 500 },
		{ when: ({ path }) => path.endsWith('/batch'), status: 502 },
	);
	const statuses = [];
	for (let at = 0; at < 4; at++) statuses.push((await search(server)).status);
	expect(statuses).toEqual([200, 500, 500, 200]);
	expect((await batch(server, ITEMS)).status).toBe(502);
	expect((await call(server, 'GET', '/xapi/v2/session/x')).status).toBe(418);
	expect(server.faults).toEqual([]);
});

it('holds a request until stop', async () => {
	const other = await startPerculusServer();
	other.fail({ hang: 'after' });
	const reply = batch(other, ITEMS).catch(() => 'ended');
	while (other.sessions.size === 0) await new Promise(setImmediate);
	await other.stop();
	expect(await reply).toBe('ended');
});

it('counts what is in work at once, by route', async () => {
	server.fail({ until: server.arrival(4), times: 4 });
	const get = async () => await call(server, 'GET', '/xapi/v2/session/x');
	await Promise.all([get(), get(), get(), search(server)]);
	expect([server.maxInFlight(), server.maxInFlight('get')]).toEqual([4, 3]);
	server.reset();
	for (let at = 0; at < 3; at++) await get();
	expect(server.maxInFlight()).toBe(1);
});

it.each(['/session/G/attendee/..', '/session/G/attendee/%2e%2E/?x=1'])(
	'reads %s as the session itself, as HTTP servers do',
	async (path) => {
		const { port } = new URL(server.url);
		const { request } = await import('node:http');
		await new Promise<void>((resolve) =>
			request({ port, method: 'DELETE', path: `/xapi/v2${path}` }, (reply) => {
				reply.resume().on('end', resolve);
			}).end(),
		);
		expect(server.requests).toMatchObject([{ route: 'delete', status: 401 }]);
	},
);
