import { hold } from '../engine/harness/held';
import {
	ACCESS_KEY,
	SECRET_KEY,
	bearerToken,
	startPerculusServer,
	type PerculusServer,
	type StoredSession,
	type Switches,
} from '../perculus-server';
import { checkAccount } from './check';
import { readSettings } from './client';

const FINISHED = '00000000-0000-4000-8000-000000000001';

let server: PerculusServer;
let named: StoredSession;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ name: 'Algebra', tags: 'math,evening' });
	named = server.preload({
		name: 'To be thrown away',
		description: 'Not needed',
		tags: 'math,morning',
		timezone: 'Europe/Istanbul',
		options: { chat: { offGeneralMsging: true }, preparation_time: 30, hide_user_streams: true },
	});
	hold(server, FINISHED);
	server.finish(FINISHED);
});
afterEach(() => jest.restoreAllMocks());

const variables = () => ({
	PERCULUS_DOMAIN: server.url,
	PERCULUS_ACCESS_KEY: ACCESS_KEY,
	PERCULUS_SECRET_KEY: SECRET_KEY,
});
const WITH_ALL = () => ({
	PERCULUS_SESSION_GUID: named.session_guid.toLowerCase(),
	PERCULUS_FINISHED_SESSION_GUID: FINISHED,
});

/** Runs the checks; `verdict` returns the answer to a question by its number. */
async function check(more: NodeJS.ProcessEnv = {}, isStopped = () => false) {
	const lines: string[] = [];
	const print = (line: string) => void lines.push(...line.split('\n'));
	const settings = readSettings({ ...variables(), ...more });
	const summary = await checkAccount(settings, { print, isStopped });
	const verdict = (number: number) =>
		lines[lines.findIndex((line) => line.startsWith(`No. ${number}:`)) + 1]?.trim();
	return { summary, lines, verdict };
}

const stored = () => structuredClone([...server.sessions.values()]);
const withoutUpdate = () => stored().map(({ updating_date: _, ...rest }) => rest);

it('the checks without a named session only read, and every answer is yes', async () => {
	const before = stored();
	const { summary, lines } = await check({ PERCULUS_FINISHED_SESSION_GUID: FINISHED });
	expect(summary).toEqual({ yes: 3, no: 0, unknown: 0, isAsBefore: true });
	expect(lines).toContain('PERCULUS_SESSION_GUID is not set: nothing is changed.');
	const writing = ['batch', 'attendeeBatch', 'delete', 'attendeeDelete'];
	expect(server.requests.filter(({ route }) => writing.includes(String(route)))).toEqual([]);
	expect(stored()).toEqual(before);
});

it('the checks change only the named session, and restore it', async () => {
	const before = withoutUpdate();
	const { summary } = await check(WITH_ALL());
	expect(summary).toEqual({ yes: 9, no: 0, unknown: 0, isAsBefore: true });
	expect(withoutUpdate()).toEqual(before);
	const guids = server.batches().flatMap((batch) => batch.map((item) => item.session_guid));
	expect(guids.length).toBeGreaterThan(6);
	expect(new Set(guids)).toEqual(new Set([named.session_guid.toLowerCase()]));
	expect(server.attendeesOf(named.session_guid)).toEqual([]);
});

it.each<[number, Partial<Switches>, string]>([
	[2, { optionsOnUpdate: 'replace' }, 'no: they are reset'],
	[40, { tagsMatch: 'tag' }, 'yes: by the whole tag'],
	[40, { tagsMatch: 'ignored' }, 'yes: the filter does nothing, so all sessions are read'],
	[32, { tagsMatch: 'ignored' }, 'unknown: the search does not filter by tags'],
	[45, { attendeeUnsent: 'reset' }, 'no: the role became u; always map it'],
	[49, { reportMethod: 'GET' }, 'yes: with GET'],
	[52, { liveUnit: 'minutes' }, 'no: the longest is 60, the session took 3600'],
])(
	'question %i with %j is answered with "%s", and the session is restored',
	async (number, switches, expected) => {
		server.set(switches);
		const before = withoutUpdate();
		const { verdict, summary } = await check(WITH_ALL());
		expect(verdict(number)).toContain(expected);
		expect(summary.isAsBefore).toBe(true);
		expect(withoutUpdate()).toEqual(before);
	},
);

it("question 1 is answered with no if 'Z' means UTC, and the start is restored", async () => {
	const send = fetch;
	// The local server always keeps the digits with 'Z'; Istanbul has the offset +03:00.
	jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, options) => {
		const body =
			options?.body &&
			String(options.body).replace(/"start_date":"([^"]+)Z"/, (_, digits) => {
				const local = new Date(Date.parse(`${digits}Z`) + 3 * 3_600_000);
				return `"start_date":"${local.toISOString().slice(0, 19)}Z"`;
			});
		return await send(url, { ...options, body });
	});
	server.set({ offset: 'convert' });
	const before = withoutUpdate();
	const { verdict, summary } = await check(WITH_ALL());
	expect(verdict(1)).toMatch(/^no: .+Z became .+\+03:00 in Europe\/Istanbul/);
	expect(summary.isAsBefore).toBe(true);
	expect(withoutUpdate()).toEqual(before);
});

it('the checks list tags that remain because they were added', async () => {
	server.set({ tagsOnUpdate: 'join' });
	const { verdict, summary, lines } = await check(WITH_ALL());
	expect(verdict(42)).toMatch(/^no: they are added/);
	expect(summary.isAsBefore).toBe(false);
	expect(lines).toContain('  tags was "math,morning"');
});

it('the checks list attendees that could not be removed', async () => {
	const isDelete = ({ method, path }: { method: string; path: string }) =>
		method === 'DELETE' && path.includes('/attendee/');
	server.fail({ when: isDelete, status: 500, times: 100 });
	const { summary, lines } = await check(WITH_ALL());
	expect(summary.isAsBefore).toBe(false);
	const [left] = server.attendeesOf(named.session_guid);
	expect(lines).toContain(`  attendee ${left?.email} was not in it`);
});

it('the checks restore the session after a stop, and if changes are rejected', async () => {
	const before = withoutUpdate();
	const stopped = await check(WITH_ALL(), () => server.batches().length > 3);
	expect(stopped.summary.isAsBefore).toBe(true);
	let asked = 0;
	server.set({ refuse: () => (asked++ % 2 ? { code: 32 } : null) });
	const rejected = await check(WITH_ALL());
	expect(rejected.summary.unknown).toBeGreaterThan(2);
	expect(rejected.summary.isAsBefore).toBe(true);
	expect(withoutUpdate()).toEqual(before);
});

it('the checks end with a message if access or the named session is missing', async () => {
	await expect(check({ PERCULUS_SECRET_KEY: 'another' })).rejects.toThrow(
		'status 401, code 14: check the domain, the path and the keys',
	);
	await expect(
		check({ PERCULUS_SESSION_GUID: '11111111-2222-3333-4444-555555555555' }),
	).rejects.toThrow('check PERCULUS_SESSION_GUID');
	expect(server.batches()).toEqual([]);
});

it('the checks print no secrets of responses or settings', async () => {
	const bearer = bearerToken(ACCESS_KEY, SECRET_KEY);
	server.set({ refuse: () => ({ code: 32, details: `${bearer} ${SECRET_KEY} ${ACCESS_KEY}` }) });
	const printed = (await check(WITH_ALL())).lines.join('\n');
	expect(printed).toContain('code":32');
	for (const secret of [ACCESS_KEY, SECRET_KEY, bearer]) expect(printed).not.toContain(secret);
	const read = (more: NodeJS.ProcessEnv) => () => readSettings({ ...variables(), ...more });
	expect(read({ PERCULUS_ACCESS_KEY: 'kéy' })).toThrow(/^(?!.*kéy)/);
	expect(read({ PERCULUS_ACCESS_KEY: '' })).toThrow('Set PERCULUS_ACCESS_KEY first.');
	expect(read({ PERCULUS_SESSION_GUID: 'all' })).toThrow('must be the GUID');
	expect(read({ PERCULUS_DOMAIN: 'http://example.com' })).toThrow('must start with https');
});
