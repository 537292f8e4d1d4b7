import { batch, call, rawBatch, search } from '../testClient';
import { startPerculusServer, type PerculusServer } from '..';

const ITEMS = [{ name: 'Ünïcode class', start_date: '2090-06-01T09:00:00Z', duration: 60 }];

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const created = () => server.sessions.size;

it('status, body, contentType and headers replace the answer; nothing is applied', async () => {
	server.fail({
		status: 429,
		headers: { 'Retry-After': '2' },
		body: { code: 11, details: 'busy' },
	});
	const busy = await batch(server, ITEMS);
	expect([busy.status, busy.headers.get('retry-after'), busy.body.code]).toEqual([429, '2', 11]);

	server.fail({ status: 502, body: '<html>bad gateway</html>' }, { status: 503 });
	const html = await batch(server, ITEMS);
	expect([html.status, html.headers.get('content-type')]).toEqual([
		502,
		'text/html; charset=utf-8',
	]);
	expect(await batch(server, ITEMS)).toMatchObject({ status: 503, text: '' });

	server.fail({ body: 'fine', contentType: 'application/json' });
	expect(await batch(server, ITEMS)).toMatchObject({ status: 200, text: 'fine' });
	expect(created()).toBe(0);
	expect(server.requests.map(({ status }) => status)).toEqual([429, 502, 503, 200]);
});

it('headers alone go on the real answer', async () => {
	server.fail({ headers: { 'X-Trace': 'abc' } });
	const reply = await batch(server, ITEMS);
	expect([reply.status, reply.headers.get('x-trace')]).toEqual([200, 'abc']);
});

it('a route waits for its own requests, times counts, the first match goes first', async () => {
	server.fail({ route: 'search', status: 500 }, { route: 'batch', status: 503, times: 2 });
	expect((await batch(server, ITEMS)).status).toBe(503);
	expect(server.faults).toHaveLength(2);
	expect((await batch(server, ITEMS)).status).toBe(503);
	expect((await batch(server, ITEMS)).status).toBe(200);
	expect((await search(server)).status).toBe(500);
	expect(server.faults).toEqual([]);
	server.fail({ route: 'get', status: 418 });
	expect((await call(server, 'GET', '/xapi/v2/session/x')).status).toBe(418);
});

it('nth waits for the n-th request to the route, then counts times', async () => {
	server.fail({ route: 'search', nth: 2, times: 2, status: 500 }, { nth: 3, status: 418 });
	const statuses: number[] = [];
	for (let at = 0; at < 5; at++) statuses.push((await search(server)).status);
	// The third was due for both: the second of the two waits for the next request.
	expect(statuses).toEqual([200, 500, 500, 418, 200]);
	expect(server.faults).toEqual([]);

	server.fail({ route: 'get', nth: 2, status: 500 });
	expect((await search(server)).status).toBe(200);
	expect((await call(server, 'GET', '/xapi/v2/session/x')).status).toBe(404);
	expect((await call(server, 'GET', '/xapi/v2/session/x')).status).toBe(500);
});

it('when chooses by the request itself', async () => {
	server.fail({ when: ({ path }) => path.endsWith('/b'), status: 500, times: Infinity });
	expect((await call(server, 'GET', '/xapi/v2/session/a')).status).toBe(404);
	expect((await call(server, 'GET', '/xapi/v2/session/b')).status).toBe(500);
	expect((await call(server, 'GET', '/xapi/v2/session/b')).status).toBe(500);
});

it.each([
	['DELETE', '/session/G', 'delete'],
	['POST', '/session/G/attendee/batch', 'attendeeBatch'],
	['POST', '/session/G/attendee/search', 'attendeeSearch'],
	['GET', '/session/G/attendee/A', 'attendeeGet'],
	['DELETE', '/session/G/attendee/A', 'attendeeDelete'],
] as const)('meets %s %s by its route', async (method, path, route) => {
	server.fail({ route, status: 418 });
	expect((await search(server)).status).toBe(200);
	expect((await call(server, method, `/api/groups/xapi${path}`)).status).toBe(418);
});

it('applyThen applies first', async () => {
	server.fail({ status: 500, applyThen: true });
	expect(await batch(server, ITEMS)).toMatchObject({ status: 500, text: '' });
	expect(created()).toBe(1);
});

it.each([301, 302, 307, 308])('redirect %i', async (status) => {
	server.fail({ redirect: { status, to: 'http://127.0.0.1:9/elsewhere' } });
	const reply = await batch(server, ITEMS);
	expect([reply.status, reply.headers.get('location')]).toEqual([
		status,
		'http://127.0.0.1:9/elsewhere',
	]);
	expect(created()).toBe(0);
});

it.each([
	['before', 0],
	['after', 1],
] as const)('drop %s applying', async (drop, count) => {
	server.fail({ drop });
	expect(await rawBatch(server, ITEMS)).toMatchObject({ received: '', error: 'ECONNRESET' });
	expect(created()).toBe(count);
	expect(server.batches()).toHaveLength(1);
	expect(server.requests[0]).not.toHaveProperty('status');
});

it.each([0, 1, 40])('cut after %i bytes, with the full length announced', async (cut) => {
	server.fail({ cut });
	const { received, length, error } = await rawBatch(server, ITEMS);
	expect(Buffer.byteLength(received)).toBe(cut);
	expect(Number(length)).toBeGreaterThan(500);
	expect(error).toBe('ECONNRESET');
	expect(created()).toBe(1);
});

it('trickleMs sends the whole answer, in crumbs', async () => {
	server.fail({ trickleMs: 0, body: { approved: [], note: 'ü' } });
	const { received, error, chunks } = await rawBatch(server, ITEMS);
	expect(JSON.parse(received)).toHaveProperty('approved');
	expect(error).toBeUndefined();
	expect(chunks).toBeGreaterThan(5);
});

it('delayMs waits, after applying', async () => {
	server.fail({ delayMs: 150 });
	const before = performance.now();
	const answer = batch(server, ITEMS);
	await new Promise((resolve) => setTimeout(resolve, 75));
	expect(created()).toBe(1);
	expect((await answer).status).toBe(200);
	expect(performance.now() - before).toBeGreaterThan(140);
});

it.each([
	['before', 0],
	['after', 1],
] as const)('hang %s applying', async (hang, count) => {
	server.fail({ hang });
	expect(await rawBatch(server, ITEMS, 150)).toMatchObject({ error: 'timeout', received: '' });
	expect(created()).toBe(count);
});

it('a client that leaves during a delay does no harm', async () => {
	server.fail({ delayMs: 200 });
	expect(await rawBatch(server, ITEMS, 50)).toMatchObject({ error: 'timeout' });
	await new Promise((resolve) => setTimeout(resolve, 250));
	expect((await batch(server, ITEMS)).status).toBe(200);
});

it('stop() frees hanging, delayed and trickling sockets', async () => {
	const other = await startPerculusServer();
	other.fail({ hang: 'after' }, { delayMs: 60_000 }, { trickleMs: 1000 });
	const pending = [0, 1, 2].map(() => rawBatch(other, ITEMS, 10_000));
	while (other.requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
	const before = performance.now();
	await other.stop();
	for (const { error } of await Promise.all(pending)) expect(error).toBe('ECONNRESET');
	expect(performance.now() - before).toBeLessThan(1000);
});

it('reset() restores what was given at the start', async () => {
	const other = await startPerculusServer({ language: 'tr' });
	other.set({ language: 'en', order: 'reversed' });
	other.fail({ status: 500 });
	await batch(other, ITEMS);
	other.preload({});
	other.reset();
	expect(other).toMatchObject({ requests: [], faults: [] });
	expect(other.sessions.size).toBe(0);
	expect(other.switches).toMatchObject({ language: 'tr', order: 'documented' });
	await other.stop();
});

it('a taken port is an error', async () => {
	const port = Number(new URL(server.url).port);
	await expect(startPerculusServer({ port })).rejects.toThrow('EADDRINUSE');
});
