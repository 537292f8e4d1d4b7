import { batch, call, search } from '../testClient';
import { startPerculusServer, type PerculusServer, type Switches } from '..';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date('2030-01-15T10:00:00Z') });
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ name: 'Algebra', start_date: '2030-03-03T23:30:00Z', tags: 'maths, easy' });
	server.preload({ name: 'algebra II', start_date: '2030-03-01T09:00:00Z', duration: 90 });
	server.preload({
		name: 'Biology',
		start_date: '2030-03-02T00:30:00Z',
		timezone: 'America/New_York',
		description: 'cells',
	});
});

async function names(filter: unknown = {}, switches: Partial<Switches> = {}) {
	server.set({ searchOrder: 'created', ...switches });
	const { status, body } = await search(server, filter);
	expect(status).toBe(200);
	return body.map(({ name }) => name);
}

it('answers a bare array of 13-key views', async () => {
	const { body } = await search(server);
	expect(Array.isArray(body)).toBe(true);
	expect(Object.keys(body[0] ?? {})).toHaveLength(13);
	expect((await call(server, 'POST', '/api/groups/xapi/session/search', {})).body).toEqual(body);
});

it('filters by every documented field', async () => {
	const guid = [...server.sessions.keys()][1] ?? '';
	expect(await names({ session_id: guid.toLowerCase() })).toEqual(['algebra II']);
	expect(await names({ duration: 90 })).toEqual(['algebra II']);
	expect(await names({ tags: 'easy' })).toEqual(['Algebra']);
	expect(await names({ description: 'CELL' })).toEqual(['Biology']);
	expect(await names({ name: 'ALGEBRA' })).toEqual(['Algebra', 'algebra II']);
});

it('nameMatch', async () => {
	expect(await names({ name: 'algebra' }, { nameMatch: 'exact' })).toEqual(['Algebra']);
});

it.each<[Switches['tagsMatch'], Record<string, string[]>]>([
	['part', { 'maths, e': ['Algebra'], EASY: ['Algebra'], 'easy,maths': [], hard: [] }],
	['text', { 'maths, e': [], 'Maths, easy': ['Algebra'], easy: [], hard: [] }],
	['tag', { 'maths, e': [], 'easy,maths': ['Algebra'], easy: ['Algebra'], hard: [] }],
	['ignored', { hard: ['Algebra', 'algebra II', 'Biology'] }],
])('tagsMatch: %s', async (tagsMatch, expected) => {
	for (const [tags, found] of Object.entries(expected))
		expect([tags, await names({ tags }, { tagsMatch })]).toEqual([tags, found]);
});

it('endDate and searchBounds', async () => {
	const filter = { begin_date: '2030-03-02', end_date: '2030-03-03' };
	expect(await names(filter)).toEqual(['Algebra', 'Biology']);
	expect(await names(filter, { endDate: 'exclusive' })).toEqual(['Biology']);
	// 23:30 in Istanbul on the 3rd is 20:30Z; 00:30 in New York on the 2nd is 05:30Z.
	const instants = { begin_date: '2030-03-02T05:30:00Z', end_date: '2030-03-03T20:30:00Z' };
	expect(await names(instants, { searchBounds: 'instant' })).toEqual(['Algebra', 'Biology']);
	expect(await names(instants, { searchBounds: 'digits' })).toEqual([]);
});

it('pages, pageSizeDefault, pageSizeMax, firstPage', async () => {
	expect(await names({ page_number: 1, page_size: 2 })).toEqual(['Algebra', 'algebra II']);
	expect(await names({ page_number: 2, page_size: 2 })).toEqual(['Biology']);
	expect(await names({ page_number: 3, page_size: 2 })).toEqual([]);
	expect(await names({ page_number: 1, page_size: 2 }, { firstPage: 0 })).toEqual(['Biology']);
	expect(await names({ page_size: 50 }, { pageSizeMax: 1 })).toHaveLength(1);
	expect(await names({}, { pageSizeMax: 9, pageSizeDefault: 2 })).toHaveLength(2);
});

it('pageBelowFirst', async () => {
	const page = { page_number: 0, page_size: 2 };
	expect(await names(page)).toEqual(['Algebra', 'algebra II']);
	expect(await names(page, { pageBelowFirst: 'empty' })).toEqual([]);
	expect(await names(page, { firstPage: 0 })).toEqual(['Algebra', 'algebra II']);
	server.set({ pageBelowFirst: 'refused', firstPage: 1 });
	expect(await search(server, page)).toMatchObject({ status: 400, body: { code: 12 } });
});

it('searchOrder', async () => {
	const created = ['Algebra', 'algebra II', 'Biology'];
	const byStart = ['algebra II', 'Biology', 'Algebra'];
	expect(await names({}, { searchOrder: 'created' })).toEqual(created);
	expect(await names({}, { searchOrder: 'createdDesc' })).toEqual([...created].reverse());
	expect(await names({}, { searchOrder: 'start' })).toEqual(byStart);
	expect(await names({}, { searchOrder: 'startDesc' })).toEqual([...byStart].reverse());
	expect((await names({}, { searchOrder: 'shuffled' })).sort()).toEqual([...created].sort());
});

it.each([
	['search', 200],
	['searchAndGet', 404],
] as const)('visibilityDelayMs hides new sessions from %s for a while', async (on, status) => {
	server.set({ visibilityDelayMs: 150, visibilityDelayOn: on });
	const item = { name: 'New', start_date: '2030-06-01T09:00:00Z', duration: 60 };
	const guid = (await batch(server, [item])).body.approved[0]?.session_guid as string;
	expect(await names()).not.toContain('New');
	const get = async () => (await call(server, 'GET', `/xapi/v2/session/${guid}`)).status;
	expect(await get()).toBe(status);
	expect((await batch(server, [{ session_guid: guid, duration: 30 }])).status).toBe(200);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(await get()).toBe(200);
	expect(await names()).toContain('New');
});

it('searchFails', async () => {
	server.set({ searchFails: 500 });
	expect(await search(server)).toMatchObject({ status: 500, body: { code: 11 } });
	server.set({ searchFails: 403 });
	expect(await search(server)).toMatchObject({ status: 403, text: '' });
});

it('takes no body for an empty filter', async () => {
	const path = '/xapi/v2/session/search';
	expect((await call<unknown[]>(server, 'POST', path)).body).toHaveLength(3);
});

it('refuses a body that is no object', async () => {
	expect((await search(server, [])).status).toBe(400);
});
