import type { IDataObject } from 'n8n-workflow';

import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';
import { faultCases, soon, type FaultCase } from '../harness/faults';
import { expectNoSecrets, jsonOf, outcomesOf, withServer } from '../harness/setup';
import { person, runAttendees, sentTo } from '../harness/attendees';

const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const CASES = faultCases({ url: 'http://127.0.0.1:1' });

/** Runs one case; all cases run side by side, because lost responses are waited for and requested again. */
async function meet(met: FaultCase, onError: (typeof MODES)[number]) {
	const { fault, credentials = {} } = met;
	return await withServer(async (server) => {
		const { session_guid } = server.preload({});
		if (fault) server.fail({ route: 'attendeeBatch', times: 99, ...fault });
		const items = [1, 2].map((row) => person(row, { session_guid }));
		const options = soon({ fault });
		const done = await runAttendees(server, items, { onError, credentials, options });
		const requests = server.requestsTo('attendeeBatch').length;
		return { done, session_guid, requests, people: server.attendeesOf(session_guid).length };
	});
}

describe('A failed attendee request', () => {
	const all = MODES.flatMap((onError) =>
		CASES.map((one) => [`${one.name}, with ${onError}`, one, onError] as const),
	);
	const met = new Map<string, Awaited<ReturnType<typeof meet>>>();
	beforeAll(async () => {
		await Promise.all(
			all.map(async ([name, one, onError]) => met.set(name, await meet(one, onError))),
		);
	});

	it.each(all)('rejects both attendees or stops the workflow after %s', (name, one, onError) => {
		const { applied, reason } = one;
		const { done, session_guid, requests, people } = met.get(name) as NonNullable<
			ReturnType<typeof met.get>
		>;
		expect(done.approved).toEqual([]);
		// Saving is safe to repeat: after a lost connection or a 5xx it is sent again twice.
		expect(requests).toBe(one.requests ?? (one.isRepeated ? 3 : 1));
		expect(people).toBeLessThanOrEqual(2);
		const outcome = applied === 'no' ? 'rejected' : 'unknown';
		const attendees = [1, 2].map((row) => ({ email: `p${row}@school.example` }));
		if (onError === 'stopWorkflow') {
			expect(done.thrown).toBeDefined();
			expect(done.rejected).toEqual([]);
		} else if (onError === 'continueRegularOutput') {
			expect(done.probed.rejected).toEqual(['1', '2']);
			const rejection = { source: 'request', reason };
			expect(jsonOf(done.rejected)).toMatchObject(
				attendees.map((attendee) => ({ outcome, rejection, attendee, session_guid })),
			);
		} else {
			expect(done.rejected).toEqual([]);
			expect(done.probed.error).toEqual(['1', '2']);
			expect(jsonOf(done.error)).toMatchObject(
				attendees.map((attendee) => ({ details: { reason, outcome, attendee, session_guid } })),
			);
		}
		expectNoSecrets(done);
	});
});

describe('A lost response of Create or Update attendees', () => {
	it.each(['drop', 'cut', 'status'] as const)(
		'sends a request again whose response is lost, and saves each attendee once: %s',
		async (how) => {
			await withServer(async (server) => {
				const { session_guid } = server.preload({});
				const fault = {
					drop: { drop: 'after' as const },
					cut: { cut: 30 },
					status: { status: 502, applyThen: true },
				}[how];
				server.fail({ route: 'attendeeBatch', ...fault });
				const items = [1, 2].map((row) => person(row, { session_guid }));
				const done = await runAttendees(server, items);
				expect(outcomesOf(done.approved)).toEqual(['saved', 'saved']);
				expect(server.attendeesOf(session_guid)).toHaveLength(2);
				const [first, again] = sentTo(server);
				expect(again).toEqual(first);
			});
		},
	);

	it("reports the outcome 'unknown' if the repeated request is rejected", async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.fail({ route: 'attendeeBatch', drop: 'after' });
			server.set({ refuseAttendee: () => (server.requests.length > 1 ? { code: 42 } : null) });
			const done = await runAttendees(server, [person(1, { session_guid })]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'unknown', rejection: { code: 42, retryable: false } },
			]);
		});
	});
});

it('rejects the attendee with the code and details of a request that is rejected as a whole', async () => {
	await withServer(async (server) => {
		const { session_guid } = server.preload({});
		const body = { code: 51, details: 'The address is taken.' };
		server.fail({ route: 'attendeeBatch', times: 9, status: 409, body });
		const done = await runAttendees(server, [person(1, { session_guid })]);
		expect(done.thrown).toBeUndefined();
		expect(jsonOf(done.rejected)).toMatchObject([
			{
				outcome: 'rejected',
				rejection: {
					source: 'perculus',
					reason: 'user_mail_conflict',
					code: 51,
					details: ['The address is taken.'],
					retryable: false,
				},
			},
		]);
		expect(server.requestsTo('attendeeBatch')).toHaveLength(1);
	});
});

describe('Attendees of several sessions', () => {
	const several = (server: { preload(one: object): { session_guid: string } }, count: number) =>
		Array.from({ length: count }, (_, i) =>
			person(i, { session_guid: server.preload({}).session_guid }),
		);

	it("sends only the attendee of the failed request to Rejected, with the outcome 'unknown'", async () => {
		await withServer(async (server) => {
			const items = several(server, 6);
			const path = `/xapi/v2/session/${String(items[2]?.session_guid)}/attendee/batch`;
			const when = (request: { path: string }) => request.path === path;
			server.fail({ route: 'attendeeBatch', status: 500, times: 99, when });
			const done = await runAttendees(server, items);
			// Saved attendees must reach the nodes connected to Approved, so the node does not throw.
			expect(done.thrown).toBeUndefined();
			expect(done.probed).toMatchObject({ approved: ['0', '1', '3', '4', '5'], rejected: ['2'] });
			expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			expect(done.hints.map(({ type }) => type)).toContain('danger');
		});
	});

	it('sends no further request after the keys were refused', async () => {
		await withServer(async (server) => {
			const items = several(server, 12);
			const until = server.arrival(4, 'attendeeBatch');
			server.fail({ route: 'attendeeBatch', status: 401, times: 99, until });
			const done = await runAttendees(server, items, { onError: 'continueRegularOutput' });
			expect(server.requestsTo('attendeeBatch')).toHaveLength(4);
			expect(jsonOf(done.rejected)).toMatchObject(
				items.map(() => ({ outcome: 'rejected', rejection: { reason: 'unauthorized' } })),
			);
			const messages = jsonOf(done.rejected).map(
				({ rejection }) => (rejection as IDataObject).message as string,
			);
			expect(messages.slice(4).every((text) => text.startsWith('Not sent'))).toBe(true);
			expectNoSecrets(done);
		});
	});
});

describe('Retry On Fail for attendees', () => {
	it('sends the attendees of a failed request again, and saves each of them once', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.fail({ route: 'attendeeBatch', drop: 'after', times: 3 });
			const items = [1, 2].map((row) => person(row, { session_guid }));
			const done = await runAttendees(server, items, {
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 0,
			});
			expect(outcomesOf(done.approved)).toEqual(['saved', 'saved']);
			expect(server.requestsTo('attendeeBatch')).toHaveLength(4);
			expect(server.attendeesOf(session_guid)).toHaveLength(2);
		});
	});

	it("sends nothing again if a saved attendee has the key 'error' in the response", async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			const view = { email: 'p1@school.example', error: 'none', outcome: 'theirs' };
			server.fail({ route: 'attendeeBatch', body: { approved: [view], rejected: [] } });
			const done = await runAttendees(server, [person(1, { session_guid })], {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 0,
			});
			expect(jsonOf(done.approved)).toEqual([
				{ outcome: 'saved', session_guid, email: 'p1@school.example' },
			]);
			expect(server.requests).toHaveLength(1);
		});
	});
});

it('a run is canceled when the user stops it during an attendee request', async () => {
	await withServer(async (server) => {
		const { session_guid } = server.preload({});
		server.fail({ route: 'attendeeBatch', hang: 'before', times: 9 });
		const done = await runAttendees(server, [person(1, { session_guid })], {
			cancel: server.arrival(),
			onError: 'continueRegularOutput',
		});
		expect(done.status).toBe('canceled');
	});
});

it('shows no secrets that a response contains, and no keys of an internal model', async () => {
	await withServer(async (server) => {
		const { session_guid } = server.preload({});
		const entity = {
			attendee_id: 990017,
			account_id: 990017,
			session_id: 990017,
			user_id: 880023,
			email: 'p1@school.example',
			attendance_code: 'CCCCCCCC-0000-4000-8000-000000000003',
			user_added: 880023,
			session: { account_id: 990017 },
			_isValid: null,
		};
		const item = person(1, { session_guid });
		server.fail({ route: 'attendeeBatch', body: { approved: [entity], rejected: [] } });
		const done = await runAttendees(server, [item]);
		expect(jsonOf(done.approved)).toEqual([
			{
				outcome: 'saved',
				session_guid,
				email: 'p1@school.example',
				attendance_code: 'CCCCCCCC-0000-4000-8000-000000000003',
			},
		]);
		const { account_id: _, user_added: __, _isValid: ___, ...mixed } = entity;
		server.fail({ route: 'attendeeBatch', body: { approved: [mixed], rejected: [] } });
		expectNoSecrets(await runAttendees(server, [item]));
		server.set({
			refuseAttendee: () => ({ code: 42, details: `Key ${ACCESS_KEY}|${SECRET_KEY} is full.` }),
			attendeeRejectedModel: 'entity',
		});
		expectNoSecrets([done, await runAttendees(server, [item])]);
	});
});
