import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	ACCESS_KEY,
	bearerToken,
	SECRET_KEY,
	startPerculusServer,
	type PerculusServer,
	type StoredSession,
	type Switches,
} from '../perculus-server';
import { checkAccount } from './checkAccount';
import { checkAt, environment as environmentAt, finding } from './checking';
import { readSettings } from './settings';

let server: PerculusServer;
let named: StoredSession;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	for (const name of ['Algebra', 'Biology', 'Chemistry']) server.preload({ name });
	named = server.preload({
		name: 'To be thrown away',
		description: 'Nobody needs it',
		tags: 'one,three',
		lang: 'en-US',
		timezone: 'Europe/Istanbul',
		options: { chat: { offGeneralMsging: true }, preparation_time: 30, hide_user_streams: true },
	});
});

const environment = (url = server.url) => environmentAt(url);
const check = async (
	guid?: string,
	{ url = server.url, isStopped }: { url?: string; isStopped?: () => boolean } = {},
) => await checkAt(url, guid, isStopped);
const stored = () => structuredClone([...server.sessions.values()]);
const others = () => stored().filter(({ session_guid }) => session_guid !== named.session_guid);
const withoutUpdate = ({ updating_date: _, ...rest }: StoredSession) => rest;
const now = () => server.sessions.get(named.session_guid) as StoredSession;
describe('without a session', () => {
	it('reads alone, and finds all as assumed', async () => {
		const before = stored();
		const { summary, lines } = await check();
		expect(summary).toEqual({
			'as assumed': 14,
			differs: 0,
			'not found out': 0,
			isAsBefore: true,
		});
		const written = server.requests.filter(({ method, route }) => {
			return method !== 'GET' && route !== 'search' && route !== 'attendeeSearch';
		});
		expect(written).toEqual([]);
		expect(server.requests.length).toBeLessThan(50);
		expect(stored()).toEqual(before);
		expect(lines).toContain('PERCULUS_SESSION_GUID is not set: no session is changed.');
	});

	it('says what it will do before the first request', async () => {
		const lines: string[] = [];
		const sentBefore: number[] = [];
		await checkAccount(readSettings(environment()), {
			print: (line) => lines.push(line),
			pause: async () => void sentBefore.push(server.requests.length, lines.length),
		});
		expect(sentBefore).toEqual([0, 4]);
	});

	const DIFFERENCES: Array<[string, Partial<Switches>, string]> = [
		['first page', { firstPage: 0 }, 'as assumed: the first page is number 0'],
		['limit the start', { endDate: 'exclusive' }, 'not included'],
		['beyond the last', { pageSizeMax: 2 }, 'as assumed: pages are cut to 2 sessions'],
		['Searching by its name', { nameMatch: 'exact' }, 'as assumed: only by the whole name'],
		['Searching by its name', { nameMatch: 'partial' }, 'as assumed: a part is enough'],
	];
	it.each(DIFFERENCES)('%s with %j: %s', async (part, switches, expected) => {
		server.set(switches);
		const [verdict] = finding(await check(), part);
		expect(verdict).toContain(expected);
	});

	it('does not find out what an empty account cannot tell', async () => {
		server.sessions.clear();
		const { summary } = await check();
		expect(summary).toMatchObject({ differs: 0, isAsBefore: true });
		expect(summary['not found out']).toBeGreaterThan(4);
	});

	it('ends with a sentence where the account cannot be read', async () => {
		server.set({ secretKey: 'another' });
		await expect(check()).rejects.toThrow(
			'status 401, code 14. Perculus does not accept the keys.',
		);
		await expect(check(undefined, { url: 'http://127.0.0.1:1' })).rejects.toThrow('No answer came');
		server.set({ secretKey: SECRET_KEY });
		server.fail({ redirect: { status: 302, to: 'http://127.0.0.1:1/' } });
		await expect(check()).rejects.toThrow('points to another address');
	});
});

describe('with a session', () => {
	it('finds all as assumed, touches that one alone, and puts it back', async () => {
		const [before, around] = [structuredClone(now()), others()];
		const done = await check(named.session_guid.toLowerCase());
		expect(done.summary).toEqual({
			'as assumed': 27,
			differs: 0,
			'not found out': 0,
			isAsBefore: true,
		});
		expect(withoutUpdate(now())).toEqual(withoutUpdate(before));
		expect(others()).toEqual(around);
		const sent = server.batches().flat() as Array<Record<string, unknown>>;
		expect(sent.length).toBeGreaterThan(6);
		expect(new Set(sent.map(({ session_guid }) => session_guid))).toEqual(
			new Set([named.session_guid.toLowerCase()]),
		);
		expect(server.attendeesOf(named.session_guid)).toEqual([]);
		expect(server.requests.length).toBeLessThan(130);
	});

	it('tells that options are replaced, and puts them back all the same', async () => {
		server.set({ optionsOnUpdate: 'replace' });
		const before = structuredClone(now());
		const done = await check(named.session_guid);
		expect(finding(done, "settings in 'options' ")).toEqual([
			'differs: settings that are not sent fall back',
		]);
		expect(done.summary.isAsBefore).toBe(true);
		expect(withoutUpdate(now())).toEqual(withoutUpdate(before));
	});

	it("tells that 'Z' is taken for UTC, and puts the start back all the same", async () => {
		server.set({ offset: 'convert' });
		const before = structuredClone(now());
		const [url, proxy] = await takingZForUtc(server.url);
		try {
			const done = await check(named.session_guid, { url });
			expect(finding(done, "ending in 'Z'")[0]).toMatch(/^differs: .+Z became .+\+03:00 in/);
			expect(done.summary.isAsBefore).toBe(true);
		} finally {
			proxy.close();
		}
		expect(withoutUpdate(now())).toEqual(withoutUpdate(before));
	});

	it('tells what the answers show', async () => {
		server.set({ descriptionEchoed: true });
		expect(finding(await check(named.session_guid), "'description'")).toEqual([
			'as assumed: the answer shows it',
		]);
		server.set({ descriptionEchoed: false });
		expect(finding(await check(named.session_guid), "'description'")).toEqual([
			'as assumed: the answer does not show it, the search does',
		]);
	});

	it('leaves alone what might not be put back', async () => {
		now().description = null;
		const started = server.preload({ start_date: '2020-01-01T10:00:00Z', description: null });
		const done = await check(started.session_guid);
		expect(finding(done, "'description'")[0]).toMatch(/^not found out: give the session/);
		expect(finding(done, "ending in 'Z'")[0]).toMatch(/^not found out: the session has begun/);
		expect(done.summary.isAsBefore).toBe(true);
	});

	it('changes nothing if the session is not there, and creates none', async () => {
		const before = stored();
		await expect(check('11111111-2222-3333-4444-555555555555')).rejects.toThrow(
			'The named session is not found.',
		);
		expect(server.batches()).toEqual([]);
		expect(stored()).toEqual(before);
	});

	it('puts back what was changed when it is stopped, or when changes are refused', async () => {
		const before = structuredClone(now());
		const isStopped = () => server.batches().length > 3;
		const stopped = await check(named.session_guid, { isStopped });
		expect(stopped.summary.isAsBefore).toBe(true);
		expect(withoutUpdate(now())).toEqual(withoutUpdate(before));

		let asked = 0;
		server.set({ refuse: () => (asked++ % 2 ? { code: 32 } : null) });
		const refused = await check(named.session_guid);
		expect(refused.summary['not found out']).toBeGreaterThan(2);
		expect(refused.summary.isAsBefore).toBe(true);
		expect(withoutUpdate(now())).toEqual(withoutUpdate(before));
	});

	it('says by hand what could not be put back', async () => {
		let asked = 0;
		server.set({ refuse: () => (asked++ > 1 ? { code: 32 } : null) });
		const { summary, lines } = await check(named.session_guid);
		expect(summary.isAsBefore).toBe(false);
		expect(lines).toContain('The session could not be put back as it was. Change it by hand:');
		expect(lines).toContain(`  duration was ${named.duration}`);
	});
});

describe('secrets', () => {
	it('are never printed, whatever the server sends', async () => {
		const bearer = bearerToken(ACCESS_KEY, SECRET_KEY);
		now().timezone = bearer;
		server.set({ refuse: () => ({ code: 32, details: `${bearer} ${SECRET_KEY} ${ACCESS_KEY}` }) });
		const printed = (await check(named.session_guid)).lines.join('\n');
		for (const secret of [ACCESS_KEY, SECRET_KEY, bearer]) expect(printed).not.toContain(secret);
	});

	it('stay out of what is said of settings', () => {
		const said = (env: NodeJS.ProcessEnv) => {
			try {
				readSettings(env);
				return '';
			} catch (error) {
				return (error as Error).message;
			}
		};
		expect(said({})).toBe('Set PERCULUS_DOMAIN, PERCULUS_ACCESS_KEY, PERCULUS_SECRET_KEY first.');
		expect(said({ ...environment(), PERCULUS_SESSION_GUID: 'all' })).toContain('must be the GUID');
		expect(said({ ...environment(), PERCULUS_API_PATH: '/v1' })).toContain('must be /xapi/v2');
		expect(said(environment('http://example.com'))).toContain('must start with https');
		expect(said({ ...environment(), PERCULUS_ACCESS_KEY: 'kéy' })).not.toContain('kéy');
	});
});

/** The stand-in keeps digits in any case; this makes of it an API that takes `Z` for UTC (Istanbul is at +03:00). */
async function takingZForUtc(target: string): Promise<[string, Server]> {
	const proxy = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks)
				.toString('utf8')
				.replace(
					/"start_date":"([^"]+)Z"/g,
					(_, digits: string) => `"start_date":"${inIstanbul(digits)}Z"`,
				);
			void forward(target + (request.url ?? ''), body, request.headers.authorization).then(
				([status, text]) => response.writeHead(status).end(text),
			);
		});
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return [`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, proxy];
}

async function forward(
	url: string,
	body: string,
	bearer: string | undefined,
): Promise<[number, string]> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: bearer }) },
		body,
	});
	return [response.status, await response.text()];
}

const inIstanbul = (digits: string) =>
	new Date(Date.parse(`${digits}Z`) + 3 * 3_600_000).toISOString().slice(0, 19);
