import '../harness/environment';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { expectNoSecrets, withServer } from '../harness/setup';
import { Poller, type PollerSettings } from '../harness/poll';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const BEGIN = Date.parse('2030-05-10T09:00:00Z');

let server: PerculusServer;
let now = BEGIN;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date(now) });
});
beforeEach(() => {
	server.reset();
	now = BEGIN;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await server.stop());

/** 'YYYY-MM-DDTHH:mm:ss' in Istanbul, in minutes from the start of the test. */
const startIn = (minutes: number) =>
	new Date(BEGIN + (minutes + 180) * MINUTE).toISOString().slice(0, 19);
const stampAt = (instant: number) => new Date(instant).toISOString();
const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Puts session n on the server, created now. */
const create = (n: number, minutes: number, rest: IDataObject = {}) =>
	server.preload({
		session_guid: guidAt(n),
		name: `Algebra ${n}`,
		start_date: startIn(minutes),
		creation_date: stampAt(now),
		...rest,
	});

const poller = (parameters: INodeParameters = {}, settings: PollerSettings = {}) =>
	new Poller(server, parameters, settings);

const names = (items: IDataObject[] | null) => items?.map(({ name }) => name) ?? null;

/** The poll's error. */
const failed = async (poll: Promise<unknown>): Promise<IDataObject & Error> =>
	await poll.then(
		() => Promise.reject(new Error('The poll succeeded.')),
		(error: IDataObject & Error) => error,
	);

describe('Session Starting', () => {
	it('Session Starting returns an item for each session that starts soon, the next one first', async () => {
		create(1, 50);
		create(2, 30.5, { tags: 'math,ref:D-1', timezone: 'Europe/Istanbul' });
		create(3, 61);
		create(4, -5);
		const items = await poller().activate();
		expect(names(items)).toEqual(['Algebra 2', 'Algebra 1']);
		expect(items?.[0]).toEqual({
			event: 'session_starting',
			event_at: '2030-05-10T12:30:30+03:00',
			session_guid: guidAt(2).toUpperCase(),
			session_reference: 'D-1',
			name: 'Algebra 2',
			start_date: '2030-05-10T12:30:30+03:00',
			duration: 60,
			timezone: 'Europe/Istanbul',
			lang: 'tr-TR',
			status: 1,
			starts_in_minutes: 31,
		});
		expect(Object.keys(items?.[0] ?? {}).slice(0, 2)).toEqual(['event', 'event_at']);
	});

	it('Session Starting fires once, also after a restart, and again for a changed start', async () => {
		create(1, 50);
		const trigger = poller();
		expect(names(await trigger.activate())).toEqual(['Algebra 1']);
		now += MINUTE;
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.activate()).toBeNull();
		create(1, 55);
		expect(names(await trigger.poll())).toEqual(['Algebra 1']);
		expect(await trigger.activate()).toBeNull();
	});

	it('Session Starting searches only from yesterday to tomorrow', async () => {
		await poller({ minutesBefore: 90 }).poll();
		expect(server.requestsTo('search')[0]?.body).toEqual({
			begin_date: '2030-05-09',
			end_date: '2030-05-11',
			page_number: 1,
			page_size: 100,
		});
	});
});

describe('Session Ended', () => {
	it('Session Ended stores a baseline first, then fires once, with the planned end', async () => {
		create(1, -200);
		create(2, -80);
		const trigger = poller({ triggerOn: 'sessionEnded' });
		expect(await trigger.activate()).toBeNull();
		now += 9 * MINUTE;
		expect(await trigger.poll()).toBeNull();
		now += MINUTE;
		const items = await trigger.poll();
		expect(items).toMatchObject([
			{ event: 'session_ended', event_at: '2030-05-10T11:40:00+03:00' },
		]);
		create(2, -80, { duration: 30 });
		expect(await trigger.activate()).toBeNull();
	});

	it('Session Ended fires after a day without polls for a session that ended meanwhile', async () => {
		const trigger = poller({ triggerOn: 'sessionEnded', minutesAfter: 5 });
		expect(await trigger.activate()).toBeNull();
		create(1, 60);
		now += DAY;
		expect(names(await trigger.activate())).toEqual(['Algebra 1']);
	});
});

describe('Session Created', () => {
	it('Session Created fires once for a session created since the baseline, also after a restart', async () => {
		create(1, 500);
		const trigger = poller({ triggerOn: 'sessionCreated' });
		expect(await trigger.activate()).toBeNull();
		now += 20 * MINUTE;
		create(2, 800);
		create(3, 900, { creation_date: stampAt(BEGIN - 30 * DAY) });
		const items = await trigger.activate();
		expect(items).toMatchObject([
			{ event: 'session_created', event_at: '2030-05-10T12:20:00+03:00', name: 'Algebra 2' },
		]);
		expect(await trigger.activate()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	it('Session Created stores a new baseline if its parameters change, except for Simplify', async () => {
		const trigger = poller({ triggerOn: 'sessionCreated' });
		await trigger.activate();
		create(1, 500);
		const { saved } = trigger;
		const changed = (parameters: INodeParameters) =>
			Object.assign(poller({ triggerOn: 'sessionCreated', ...parameters }), { saved });
		expect(await changed({ filters: { name: 'Algebra' } }).activate()).toBeNull();
		expect(await changed({ options: { daysAhead: 30 } }).activate()).toBeNull();
		expect(await changed({ options: { daysBack: 3 } }).activate()).toBeNull();
		const whole = await changed({ options: { simplify: false } }).activate();
		expect(whole).toMatchObject([{ name: 'Algebra 1', replay_status: 0 }]);
	});

	it('Session Created keeps its baseline if only the value of an expression changes', async () => {
		const trigger = poller({
			triggerOn: 'sessionCreated',
			options: { daysAhead: '={{ 90 + $now.minute % 2 }}' as never },
		});
		await trigger.activate();
		create(1, 500);
		now += MINUTE;
		expect(names(await trigger.poll())).toEqual(['Algebra 1']);
	});
});

describe('Session Updated', () => {
	it('Session Updated names the changed fields with the keys of the API', async () => {
		create(1, 500);
		const trigger = poller({ triggerOn: 'sessionUpdated' });
		expect(await trigger.activate()).toBeNull();
		create(2, 600);
		expect(await trigger.poll()).toBeNull();
		create(1, 510, { name: 'Geometry', duration: 90 });
		const items = await trigger.activate();
		expect(items).toMatchObject([
			{ event: 'session_updated', changed_fields: ['name', 'start_date', 'duration'] },
		]);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('Filters of the trigger', () => {
	it('filters choose sessions by a part of the name and by whole tags', async () => {
		create(1, 30, { tags: 'math,evening' });
		create(2, 31, { tags: 'mathematics' });
		create(3, 32, { tags: 'math', name: 'Biology' });
		const trigger = poller({ filters: { name: ' ALGEBRA ', tags: 'Math' } });
		expect(names(await trigger.poll())).toEqual(['Algebra 1']);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ filters: { name: '' } }, /^The filter 'Name' is empty/],
		[{ filters: { tags: ' , ' } }, /^The filter 'Tags' is empty/],
		[{ minutesBefore: -1 }, /^'Minutes Before' must be a number of at least 0, but is/],
		[{ minutesBefore: '={{ "soon" }}' }, /^'Minutes Before' must be a number/],
		[{ triggerOn: 'sessionEnded', minutesAfter: '={{ null }}' }, /^'Minutes After' must be/],
		[{ triggerOn: 'sessionCreated', options: { daysBack: -1 } }, /^'Days Back' must be/],
	])('rejects invalid filters and numbers before a request: %p', async (parameters, message) => {
		const error = await failed(poller(parameters).poll());
		expect(error.message).toMatch(message);
		expect(server.requests).toHaveLength(0);
	});

	it('reads minutes from an expression that returns text', async () => {
		create(1, 30);
		expect(await poller({ minutesBefore: '={{ "20" }}' }).poll()).toBeNull();
		expect(await poller({ minutesBefore: '={{ "40" }}' }).poll()).toHaveLength(1);
	});
});

describe('A failed search of the trigger', () => {
	it.each([
		[401, '401', /^Perculus didn't accept the credential/],
		[403, '403', /^Access denied \(HTTP 403\)/],
		[429, '429', /^Perculus is receiving too many requests/],
		[503, '503', /^Perculus responded with HTTP 503/],
	])(
		'throws after one request with %i and keeps its state, and the next poll succeeds',
		async (...row) => {
			const [status, httpCode, message] = row;
			create(1, 50);
			const trigger = poller();
			server.fail({ route: 'search', status });
			const error = await failed(trigger.activate());
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode });
			expect(error.message).toMatch(message);
			expectNoSecrets(error);
			expect(server.requests).toHaveLength(1);
			expect(trigger.state).toEqual({});
			expect(await trigger.poll()).toHaveLength(1);
		},
	);

	it('sends no second request after 429 or 503 with Retry-After', async () => {
		for (const status of [429, 503]) {
			server.reset();
			server.fail({ route: 'search', status, headers: { 'Retry-After': '1' } });
			await failed(poller().poll());
			expect(server.requests).toHaveLength(1);
		}
	});

	it('keeps its state if a page in the middle fails', async () => {
		server.set({ pageSizeMax: 2 });
		for (let n = 1; n <= 5; n++) create(n, 10 * n);
		const trigger = poller();
		server.fail({ route: 'search', nth: 2, drop: 'before' });
		await failed(trigger.activate());
		expect(trigger.state).toEqual({});
		expect(await trigger.activate()).toHaveLength(5);
		expect(await trigger.activate()).toBeNull();
	});

	it('ends a search without a response with a timeout of 30 seconds', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const asked = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(20));
		server.fail({ route: 'search', hang: 'before' });
		const error = await failed(poller().poll());
		expect(error.message).toMatch(/^Perculus didn't respond in time/);
		expect(asked).toHaveBeenCalledWith(30_000);
	});

	it('does not show the keys of a rejected credential', async () => {
		const error = await failed(
			poller({}, { secretKey: 'another-secret-key-0123456789abcd' }).poll(),
		);
		expect(error.httpCode).toBe('401');
		expect(JSON.stringify(error)).not.toContain('another-secret-key');
	});
});

describe('The time that n8n gives a poll', () => {
	beforeEach(() => {
		server.set({ pageSizeMax: 2 });
		for (let n = 1; n <= 5; n++) create(n, 10 * n);
	});

	it.each([0, 2500])(
		'throws and keeps its state if the poll takes longer than %i ms',
		async (budget) => {
			const trigger = poller({}, { budget });
			// Each page takes a second.
			jest.spyOn(Date, 'now').mockImplementation(() => now + 1000 * server.requests.length);
			const error = await failed(trigger.activate());
			expect(error).toMatchObject({ name: 'NodeApiError' });
			expect(error.message).toMatch(/takes too long .* \d sessions in \d pages until/);
			expect(server.requests.length).toBeLessThan(3);
			expect(trigger.state).toEqual({});
		},
	);

	it.each([60_000, null])('returns all sessions within %p ms', async (budget) => {
		expect(await poller({}, { budget }).activate()).toHaveLength(5);
	});
});

describe('Two polls at the same time', () => {
	it('two simultaneous polls fire only once', async () => {
		create(1, 50);
		const trigger = poller();
		let release = (): void => undefined;
		const until = new Promise<void>((resolve) => (release = resolve));
		server.fail({ route: 'search', until });
		const slow = trigger.poll();
		await server.arrival();
		const fast = await trigger.poll();
		release();
		expect(names(fast)).toEqual(['Algebra 1']);
		expect(await slow).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	it('the older of two simultaneous polls is dropped if the newer one saw a change', async () => {
		create(1, 500);
		const trigger = poller({ triggerOn: 'sessionUpdated' });
		await trigger.activate();
		let release = (): void => undefined;
		const until = new Promise<void>((resolve) => (release = resolve));
		server.fail({ route: 'search', until });
		const before = server.requests.length;
		const slow = trigger.poll();
		await server.arrival(before + 1);
		create(1, 500, { name: 'Geometry' });
		expect(names(await trigger.poll())).toEqual(['Geometry']);
		release();
		expect(await slow).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});
});

describe("'Fetch Test Event'", () => {
	it.each([
		['sessionStarting', 'Algebra 3', 'session_starting'],
		['sessionEnded', 'Algebra 2', 'session_ended'],
		['sessionCreated', 'Algebra 3', 'session_created'],
		['sessionUpdated', 'Algebra 3', 'session_updated'],
	])(
		"'Fetch Test Event' shows the nearest session for %s, and keeps the state",
		async (triggerOn, name, event) => {
			create(1, -25 * 1440);
			create(2, -3 * 1440);
			create(3, 2 * 1440);
			create(4, 80 * 1440);
			const trigger = poller({ triggerOn });
			const items = await trigger.poll('manual');
			expect(items).toMatchObject([{ event, name }]);
			expect(trigger.state).toEqual({});
			expect(await trigger.poll('manual')).toEqual(items);
		},
	);

	it.each<[INodeParameters, RegExp, string]>([
		[{}, /^No sessions found that start in the next 90 days$/, ''],
		[{ triggerOn: 'sessionEnded' }, /^No sessions found that ended in the last 30 days$/, ''],
		[
			{ triggerOn: 'sessionUpdated' },
			/^No sessions found that start from 1 day ago to 90 days ahead$/,
			', or change the options',
		],
		[
			{
				triggerOn: 'sessionCreated',
				filters: { name: 'Chemistry', tags: 'a,b' },
				options: { daysBack: 2, daysAhead: 7 },
			},
			/^No sessions found that start from 2 days ago to 7 days ahead and have a name that contains 'Chemistry' and the tags 'a, b'$/,
			', or change the filters or options',
		],
	])(
		"'Fetch Test Event' says what was searched if no session is found: %p",
		async (parameters, message, change) => {
			create(1, 92 * 1440);
			create(2, -32 * 1440);
			const error = await failed(poller(parameters).poll('manual'));
			expect(error).toMatchObject({ name: 'NodeOperationError' });
			expect(error.message).toMatch(message);
			expect(error.description).toBe(
				`A test event needs such a session. Create one in Perculus${change}.`,
			);
		},
	);
});

describe('The trigger with 5,000 sessions', () => {
	it('a poll takes 51 requests, and the state less than 130 bytes for each session', async () => {
		await withServer(
			async (large) => {
				for (let n = 1; n <= 5000; n++)
					large.preload({
						session_guid: guidAt(n),
						name: `Algebra ${n}`,
						start_date: startIn(n * 20),
					});
				const trigger = new Poller(large, { triggerOn: 'sessionUpdated' });
				expect(await trigger.activate()).toBeNull();
				large.requests.length = 0;
				expect(await trigger.poll()).toBeNull();
				expect(large.requests).toHaveLength(51);
				expect(trigger.saved.length / 5000).toBeLessThan(130);
				large.preload({ ...large.sessions.get(guidAt(77)), name: 'Geometry' });
				expect(names(await trigger.activate())).toEqual(['Geometry']);

				const created = new Poller(large, { triggerOn: 'sessionCreated' });
				await created.activate();
				expect(created.saved.length / 5000).toBeLessThan(90);
			},
			{ clock: () => new Date(now) },
		);
	});
});
