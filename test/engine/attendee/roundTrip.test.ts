import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { StartOptions } from '../../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';
import { mapping } from '../harness';
import { ADA, byList, byReference, EACH, person, runAttendees, sentTo } from '../harness/attendees';

const USER = 'AAAAAAAA-0000-4000-8000-000000000001';

/** Items as another node passes them on: only JSON values, without item links. */
const handedOn = (items: INodeExecutionData[]) =>
	items.map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);

const ANSWERS: StartOptions[] = [
	{},
	{ attendeeKeys: 'id' },
	{ attendeeSelectors: 'refused' },
	{ attendeeUnsent: 'reset' },
	{ emails: 'lowerCase' },
];

describe.each(ANSWERS)('An Approved attendee as input: %j', (options) => {
	it.each([
		['an email address', person(1, { role: 'e', mobile: '5' })],
		['a user', { user_guid: USER, role: 'a' }],
	])('saves the same attendee with the same values, named by %s', async (_, item) => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.preloadUser({ user_guid: USER, email: 'grace@account.example' });
			const joinUrl = 'https://x.example/{code}';
			const run = async (items: IDataObject[]) =>
				await runAttendees(server, items, { options: { joinUrl } });
			const first = await run([{ ...item, session_guid }]);
			const second = await run(handedOn(first.approved));
			const third = await run(handedOn(second.approved));
			expect(outcomesOf(third.approved)).toEqual(['saved']);
			const [one, two, three] = [first, second, third].map(({ approved }) => {
				const { updating_date: _at, ...rest } = jsonOf(approved)[0] ?? {};
				return rest;
			});
			expect(two).toEqual(one);
			expect(three).toEqual(one);
			expect(server.attendeesOf(session_guid)).toHaveLength(1);
			const [, again] = sentTo(server);
			expect(again?.[0]).toMatchObject({ attendance_code: one?.attendance_code });
			expect(again?.[0]).not.toHaveProperty('email');
			expect(again?.[0]).not.toHaveProperty('user_guid');
		}, options);
	});
});

describe('A Rejected attendee as input', () => {
	it.each<[string, IDataObject]>([
		['an email address', person(1, { role: 'Instructor', phone: 5 })],
		['a user', { user_guid: USER, email: 'x@x.example' }],
		['a code beside an email address', { attendance_code: USER, email: 'x@x.example' }],
	])('sends the same request again for an attendee named by %s', async (_, item) => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.preloadUser({ user_guid: USER });
			server.preloadAttendee(session_guid, { attendance_code: USER, email: 'x@x.example' });
			server.set({ refuseAttendee: () => ({ code: 42 }) });
			const first = await runAttendees(server, [{ ...item, session_guid }]);
			const second = await runAttendees(server, handedOn(first.rejected));
			expect(handedOn(second.rejected)).toEqual(handedOn(first.rejected));
			const [one, two] = sentTo(server);
			expect(two).toEqual(one);
		});
	});

	it('rejects an attendee that was never sent in the same way again', async () => {
		await withServer(async (server) => {
			const items = [{ ...person(1), email: 'x', session_guid: 'deal' }];
			const first = await runAttendees(server, items);
			const second = await runAttendees(server, handedOn(first.rejected));
			expect(handedOn(second.rejected)).toEqual(handedOn(first.rejected));
		});
	});

	it('saves a rejected attendee by the reference of its session', async () => {
		await withServer(async (server) => {
			const first = await runAttendees(server, [{ ...ADA, deal: 'deal-7' }], {
				session: byReference('={{ $json.deal }}'),
			});
			const { session_guid } = server.preload({ tags: 'ref:deal-7' });
			const second = await runAttendees(server, handedOn(first.rejected), {
				session: byReference('={{ $json.session_reference }}'),
			});
			expect(jsonOf(second.approved)).toMatchObject([
				{ outcome: 'saved', session_guid, session_reference: 'deal-7', ...ADA },
			]);
		});
	});

	it('saves an attendee from the Error output', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.fail({ route: 'attendeeBatch', status: 403 });
			const first = await runAttendees(server, [{ Mail: ADA.email as string, who: 'x' }], {
				session: byList(session_guid),
				onError: 'continueErrorOutput',
				parameters: { fields: mapping({ ...ADA, email: '={{ $json.Mail }}' } as never) as never },
			});
			expect(first.error).toHaveLength(1);
			const second = await runAttendees(server, handedOn(first.error), {
				session: byList('={{ $json.details.session_guid }}'),
			});
			expect(jsonOf(second.approved)).toMatchObject([{ outcome: 'saved', session_guid, ...ADA }]);
		});
	});
});

it('saves attendees in the sessions of Approved session items', async () => {
	await withServer(async (server) => {
		const sessions = await runAt(server, [good('a'), good('b')]);
		const fields = mapping({ email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' });
		for (const session of [EACH, byList('={{ $json.session_guid }}')]) {
			const done = await runAttendees(server, handedOn(sessions.approved), {
				session,
				parameters: { fields: fields as never },
			});
			expect(outcomesOf(done.approved)).toEqual(['saved', 'saved']);
		}
		for (const guid of server.sessions.keys()) expect(server.attendeesOf(guid)).toHaveLength(1);
	});
});

it('saves the output of Dry Run and of Get Many, and deletes the output of Get Many', async () => {
	await withServer(async (server) => {
		const { session_guid } = server.preload({});
		const items = [1, 2, 3].map((row) => person(row, { session_guid }));
		const checked = await runAttendees(server, items, { options: { dryRun: true } });
		const saved = await runAttendees(server, handedOn(checked.approved));
		expect(outcomesOf(saved.approved)).toEqual(['saved', 'saved', 'saved']);

		const found = await runAttendees(server, [{ session_guid }], { operation: 'getAll' });
		const again = await runAttendees(server, handedOn(found.approved));
		expect(outcomesOf(again.approved)).toEqual(['saved', 'saved', 'saved']);
		expect(server.attendeesOf(session_guid)).toHaveLength(3);

		const gone = await runAttendees(server, handedOn(found.approved), {
			operation: 'delete',
			parameters: { attendee: '={{ $json.attendance_code }}' },
		});
		expect(gone.approved).toHaveLength(3);
		expect(server.attendeesOf(session_guid)).toEqual([]);
	});
});

it('explains the rejection of an attendee sent to another session with its Attendance Code', async () => {
	await withServer(async (server) => {
		const [from, to] = [server.preload({}).session_guid, server.preload({}).session_guid];
		server.preloadAttendee(from, { email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' });
		const found = await runAttendees(server, [{ session_guid: from }], { operation: 'getAll' });
		const done = await runAttendees(server, handedOn(found.approved), { session: byList(to) });
		const [item] = jsonOf(done.rejected);
		expect(item?.rejection).toMatchObject({
			reason: 'attendee_not_found',
			message: expect.stringContaining(
				"An 'Attendance Code' is only valid in its own session",
			) as string,
		});
	});
});
