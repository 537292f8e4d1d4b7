import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer, StartOptions } from '../../perculus-server';
import { expectNoSecrets, jsonOf, withServer } from '../harness/setup';
import { byReference, runAttendees } from '../harness/attendees';

const GUID = '61E3D504-13EE-447F-9B36-6686C5C39FEB';
const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';
const EMAIL = 'Ada+x@School.example';

/** A session with three attendees. */
function preload(server: PerculusServer): void {
	server.preload({ session_guid: GUID, tags: 'ref:deal-7' });
	server.preloadUser({ user_guid: USER, email: 'grace@account.example', role: 'e' });
	server.preloadAttendee(GUID, { attendance_code: CODE, email: 'code@school.example' });
	server.preloadAttendee(GUID, { user_guid: USER });
	server.preloadAttendee(GUID, { email: EMAIL, name: 'Ada', surname: 'L' });
}

const at = async <T>(use: (server: PerculusServer) => Promise<T>, options: StartOptions = {}) =>
	await withServer(async (server) => {
		preload(server);
		return await use(server);
	}, options);

const asked = (attendee: unknown, rest: IDataObject = {}): IDataObject =>
	({ row: String(attendee), session_guid: GUID, attendee, ...rest }) as IDataObject;

const run = async (
	server: PerculusServer,
	operation: 'get' | 'getAll' | 'delete',
	items: IDataObject[],
	rest: Parameters<typeof runAttendees>[2] = {},
) =>
	await runAttendees(server, items, {
		operation,
		...rest,
		parameters: {
			...(operation !== 'getAll' && { attendee: '={{ $json.attendee }}' }),
			...rest.parameters,
		} as never,
	});

const ANSWERS: StartOptions[] = [
	{},
	{ attendeeKeys: 'id' },
	{ pathIds: 'raw' },
	{ guidCase: 'lower' },
];

describe.each(ANSWERS)('Get and Delete attendees: %j', (options) => {
	it('Get finds attendees by email address, User GUID or Attendance Code', async () => {
		await at(async (server) => {
			const ids = [EMAIL, ` ${EMAIL.toLowerCase()} `, USER, USER.toLowerCase(), CODE];
			const done = await run(
				server,
				'get',
				ids.map((id) => asked(id)),
			);
			expect(done.rejected).toEqual([]);
			expect(done.probed.approved).toEqual(ids);
			const items = jsonOf(done.approved);
			expect(items.map(({ email }) => email)).toEqual([
				EMAIL,
				EMAIL,
				'grace@account.example',
				'grace@account.example',
				'code@school.example',
			]);
			expect(items[0]).toMatchObject({ session_guid: GUID, name: 'Ada', surname: 'L', role: 'u' });
			expect(items[2]).toMatchObject({ role: 'e' });
			for (const item of items) expect(item).not.toHaveProperty('attendee_id');
		}, options);
	});

	it('Delete deletes each attendee once, and rejects the repeated one', async () => {
		await at(async (server) => {
			const ids = [EMAIL, USER, CODE];
			const done = await run(
				server,
				'delete',
				[...ids, EMAIL].map((id) => asked(id)),
			);
			expect(jsonOf(done.approved)).toEqual(
				ids.map((attendee) => ({ deleted: true, session_guid: GUID, attendee })),
			);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					outcome: 'rejected',
					rejection: {
						source: 'perculus',
						reason: 'attendee_not_found',
						code: 40,
						message: expect.stringMatching(
							/^This session has no attendee 'Ada\+x@School\.example'\. /,
						) as string,
					},
					session_guid: GUID,
					attendee: EMAIL,
				},
			]);
			expect(server.attendeesOf(GUID)).toEqual([]);
			expect(server.sessions.has(GUID)).toBe(true);
			expect(server.maxInFlight('attendeeDelete')).toBeLessThanOrEqual(4);
		}, options);
	});
});

describe.each(['get', 'delete'] as const)('Attendee operation %s', (operation) => {
	it('rejects attendees that could change the path without a request', async () => {
		await at(async (server) => {
			const hostile = [
				'..',
				' .. ',
				'.',
				'',
				'   ',
				null,
				'%2e%2e',
				'..%2f..',
				'../..',
				'..\\..',
				'a/b',
				'/',
				'?x',
				'#x',
				'..;x@y.example',
				'../../..@x.example',
				'%2e%2e%2fx@y.example',
				'x?@y.example',
				'x@y.example/../..',
				'a@b@c',
				'a b',
				'batch',
				'Search',
				'\u2025',
				'undefined',
				'#N/A',
				7615917337495252000,
				'.ada@school.example',
				'ada..b@school.example',
				['..'],
				[EMAIL, EMAIL],
				{ a: 1 },
				true,
			];
			const done = await run(
				server,
				operation,
				hostile.map((one) => asked(one)),
			);
			expect(server.requests).toEqual([]);
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject(
				hostile.map(() => ({ outcome: 'rejected', rejection: { source: 'check', code: null } })),
			);
			expect(server.sessions.has(GUID)).toBe(true);
			expect(server.attendeesOf(GUID)).toHaveLength(3);
		});
	});

	it('reports an invalid session and an invalid attendee together', async () => {
		await at(async (server) => {
			const done = await run(server, operation, [asked('..', { session_guid: '..' })]);
			const [json] = jsonOf(done.rejected);
			expect(json).toMatchObject({
				rejection: {
					details: [
						expect.stringMatching(/^Session /) as string,
						expect.stringMatching(/^Attendee must be/) as string,
					],
				},
				session_guid: '..',
				attendee: '..',
			});
			expect(server.requests).toEqual([]);
		});
	});

	it('finds the session by its reference, and rejects an unknown reference or attendee', async () => {
		await at(async (server) => {
			const items = [
				asked(EMAIL, { deal: 'deal-7' }),
				asked(CODE, { deal: 'deal-8' }),
				asked('nobody@x.example', { deal: 'deal-7' }),
			];
			const done = await run(server, operation, items, {
				session: byReference('={{ $json.deal }}'),
			});
			expect(jsonOf(done.approved)).toMatchObject([
				{ session_guid: GUID, session_reference: 'deal-7' },
			]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: { source: 'lookup', reason: 'session_not_found' },
					session_guid: null,
					session_reference: 'deal-8',
					attendee: CODE,
				},
				{
					rejection: { source: 'perculus', reason: 'attendee_not_found', code: 40 },
					session_guid: GUID,
					session_reference: 'deal-7',
				},
			]);
		});
	});

	it("rejects the attendee of a session that doesn't exist", async () => {
		await at(async (server) => {
			const done = await run(server, operation, [asked(EMAIL, { session_guid: USER })]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: {
						source: 'perculus',
						reason: 'session_not_found',
						code: 30,
						message: expect.stringMatching(
							/^Perculus has no session with the GUID 'AAAAAAAA-/,
						) as string,
					},
				},
			]);
		});
	});

	it('asks again if the response is lost', async () => {
		await at(async (server) => {
			server.fail({ drop: 'after' });
			const done = await run(server, operation, [asked(EMAIL)]);
			expect(done.approved).toHaveLength(1);
			expect(server.requests).toHaveLength(2);
		});
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'sends no further request after 401, %s',
		async (onError) => {
			await at(async (server) => {
				server.fail({ status: 401, times: 99, until: server.arrival(4) });
				const items = Array.from({ length: 9 }, () => asked(EMAIL));
				const done = await run(server, operation, items, { onError });
				expect(server.requests).toHaveLength(4);
				expect(done.approved).toEqual([]);
				if (onError === 'stopWorkflow') expect(done.thrown).toBeDefined();
				else if (onError === 'continueRegularOutput') expect(done.rejected).toHaveLength(9);
				else expect(done.error).toHaveLength(9);
				expect(server.attendeesOf(GUID)).toHaveLength(3);
				expectNoSecrets(done);
			});
		},
	);
});

it.each([EMAIL, USER, CODE])(
	'Get rejects a response about another person when asked for %s',
	async (attendee) => {
		await at(async (server) => {
			const email = 'other@school.example';
			const { attendance_code } = server.preloadAttendee(GUID, { email });
			const body = { attendance_code, email, user_guid: null, name: 'Other' };
			server.fail({ route: 'attendeeGet', status: 200, body, times: 9 });
			const onError = 'continueRegularOutput';
			const done = await run(server, 'get', [asked(attendee)], { onError });
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { source: 'request' }, session_guid: GUID, attendee },
			]);
		});
	},
);

it.each([`\u200B${EMAIL}`, `${EMAIL}.`, [EMAIL], ` {${CODE}} `])(
	'Get finds an attendee by an untidy email address or code: %j',
	async (attendee) => {
		await at(async (server) => {
			const done = await run(server, 'get', [asked(attendee)]);
			expect(done.approved).toHaveLength(1);
		});
	},
);

describe('Get Many attendees', () => {
	const crowd = (server: PerculusServer, count: number) => {
		for (let i = 0; i < count; i++) {
			server.preloadAttendee(GUID, { email: `p${i}@school.example` });
		}
	};
	const all = { parameters: { returnAll: true } as never };

	it.each<StartOptions>([
		{},
		{ attendeeList: 'data' },
		{ attendeePaging: 'whole' },
		{ attendeeKeys: 'id' },
		{ firstPage: 0 },
		{ searchOrder: 'shuffled' },
	])('finds every attendee once on several pages: %j', async (options) => {
		await at(async (server) => {
			crowd(server, 247);
			const done = await run(server, 'getAll', [{ row: 'a', session_guid: GUID }], all);
			const emails = jsonOf(done.approved).map(({ email }) => email);
			expect(emails).toHaveLength(250);
			expect(new Set(emails).size).toBe(250);
			expect(new Set(done.probed.approved)).toEqual(new Set(['a']));
			for (const item of jsonOf(done.approved)) expect(item.session_guid).toBe(GUID);
			expect(JSON.stringify(done.approved)).not.toContain('"attendee_id"');
		}, options);
	});

	it('finds the attendees of a session beside one without any, if pages are counted from 0', async () => {
		await at(
			async (server) => {
				const { session_guid } = server.preload({});
				const items = [
					{ row: 'empty', session_guid },
					{ row: 'full', session_guid: GUID },
				];
				const done = await run(server, 'getAll', items, all);
				expect(done.probed.approved).toEqual(['full', 'full', 'full']);
			},
			{ firstPage: 0 },
		);
	});

	it('requests page 0 again for the next sessions if it could not be read', async () => {
		await at(async (server) => {
			const items = [1, 2, 3, 4, 5].map((row) => ({ row, session_guid: GUID }));
			const isZero = (request: { body?: unknown }) =>
				(request.body as IDataObject | undefined)?.page_number === 0;
			server.fail({ route: 'attendeeSearch', when: isZero, status: 502, times: 12 });
			const onError = 'continueRegularOutput';
			const done = await run(server, 'getAll', items, { ...all, onError });
			expect(done.rejected).toHaveLength(4);
			expect(done.probed.approved).toEqual([5, 5, 5]);
		});
	});

	it('returns 50 attendees by default, or as many as Limit and Return All say', async () => {
		await at(async (server) => {
			crowd(server, 97);
			const items = [{ session_guid: GUID, most: 7 }];
			const count = async (parameters: IDataObject) =>
				(await run(server, 'getAll', items, { parameters: parameters as never })).approved.length;
			expect(await count({})).toBe(50);
			expect(await count({ limit: 1 })).toBe(1);
			expect(await count({ limit: '={{ $json.most }}' })).toBe(7);
			expect(await count({ limit: 100 })).toBe(100);
			expect(await count({ limit: 5, returnAll: true })).toBe(100);
		});
	});

	it('rejects an invalid Limit without a request', async () => {
		await at(async (server) => {
			const items = [{ session_guid: GUID, most: 'few' }];
			const parameters = { limit: '={{ $json.most }}' } as never;
			const done = await run(server, 'getAll', items, { parameters });
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					rejection: {
						source: 'check',
						details: [expect.stringMatching(/^Limit must be/) as string],
					},
					session_guid: GUID,
				},
			]);
			expect(server.requests).toEqual([]);
		});
	});

	it("returns no item for a session without attendees, and rejects one that doesn't exist", async () => {
		await at(async (server) => {
			const empty = server.preload({}).session_guid;
			const items = [
				{ row: 'empty', session_guid: empty },
				{ row: 'none', session_guid: USER },
				{ row: 'good', session_guid: GUID },
			];
			const done = await run(server, 'getAll', items);
			expect(done.probed.approved).toEqual(['good', 'good', 'good']);
			expect(done.probed.rejected).toEqual(['none']);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'session_not_found' }, session_guid: USER },
			]);
		});
	});

	it("returns no attendee of a session if one of its pages can't be read", async () => {
		await at(async (server) => {
			crowd(server, 247);
			await run(server, 'getAll', [{ session_guid: GUID }], all);
			server.fail({ route: 'attendeeSearch', nth: 2, status: 403, times: 9 });
			const done = await run(server, 'getAll', [{ session_guid: GUID }], {
				...all,
				onError: 'continueRegularOutput',
			});
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'unauthorized' }, session_guid: GUID },
			]);
		});
	});
});
