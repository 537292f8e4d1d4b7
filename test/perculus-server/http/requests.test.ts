import { batch, call, rawBatch, search } from '../testClient';
import { startPerculusServer, type PerculusServer } from '..';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const get = (guid = 'x') => call(server, 'GET', `/xapi/v2/session/${guid}`);

it('every request is recorded with its route, body and time', async () => {
	const before = Date.now();
	await batch(server, []);
	await search(server, { name: 'A' });
	await get();
	await call(server, 'GET', '/elsewhere');
	expect(server.requests.map(({ route, status }) => [route, status])).toEqual([
		['batch', 200],
		['search', 200],
		['get', 404],
		[null, 404],
	]);
	const [found, ...rest] = server.requestsTo('search');
	expect(rest).toEqual([]);
	expect(found).toMatchObject({ method: 'POST', body: { name: 'A' } });
	expect(found?.at).toBeGreaterThanOrEqual(before);
	expect(server.requestsTo('delete')).toEqual([]);
});

it('maxInFlight counts what is in work at once, by route and in all', async () => {
	server.set({ latencyMs: 50 });
	expect(server.maxInFlight()).toBe(0);
	await Promise.all([get(), get(), get(), search(server)]);
	expect([server.maxInFlight(), server.maxInFlight('get')]).toEqual([4, 3]);
	expect(server.maxInFlight('search')).toBe(1);
	expect(server.maxInFlight('delete')).toBe(0);
	server.reset();
	expect(server.maxInFlight()).toBe(0);
});

it('maxInFlight is one for requests one after the other, large answers included', async () => {
	for (let at = 0; at < 400; at++) server.preload({ description: 'x'.repeat(5000) });
	server.set({ pageSizeMax: 1000 });
	for (let at = 0; at < 20; at++) {
		await search(server, { page_size: 1000 });
		await get();
	}
	expect(server.maxInFlight()).toBe(1);
});

it('what hangs or was dropped is in work until its socket closes', async () => {
	server.fail({ hang: 'before' });
	const hanging = rawBatch(server, [], 200);
	while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	await get();
	expect(server.maxInFlight()).toBe(2);
	await hanging;
	server.fail({ drop: 'after' });
	await rawBatch(server, []);
	await new Promise((resolve) => setTimeout(resolve, 20));
	await Promise.all([get(), search(server)]);
	expect(server.maxInFlight()).toBe(2);
});

it('latencyMs', async () => {
	server.set({ latencyMs: 100 });
	for (const ask of [() => get(), () => search(server), () => batch(server, [])]) {
		const before = performance.now();
		await ask();
		expect(performance.now() - before).toBeGreaterThan(95);
	}
});
