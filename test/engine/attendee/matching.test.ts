import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer, StartOptions } from '../../perculus-server';
import { expectNoSecrets, jsonOf, withServer } from '../harness/setup';
import { person, runAttendees, sentTo } from '../harness/attendees';

const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const NOBODY = 'BBBBBBBB-0000-4000-8000-000000000002';
const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';
const NO_CODE = 'DDDDDDDD-0000-4000-8000-000000000004';

/** Attendees of every kind in two sessions, and for each the code of its rejection, or undefined. */
function crowd(server: PerculusServer): { items: IDataObject[]; fates: Array<number | undefined> } {
	const [one, two] = [server.preload({}), server.preload({})].map(({ session_guid }) => ({
		session_guid,
	}));
	server.preloadUser({ user_guid: USER, email: 'grace@account.example' });
	server.preloadAttendee(String(one?.session_guid), {
		attendance_code: CODE,
		email: 'known@school.example',
	});
	const people: Array<[IDataObject, number?]> = [
		[person(1, { ...one, email: 'P1@School.example' })],
		[person(2, { ...two, role: 'Instructor' })],
		[{ row: '3', ...one, user_guid: USER.toLowerCase(), role: 'a' }],
		[{ row: '4', ...one, user_guid: NOBODY }, 52],
		[{ row: '5', ...one, attendance_code: CODE.toLowerCase(), mobile: 905551112233 }],
		[{ row: '6', ...two, attendance_code: NO_CODE }, 40],
		[person(7, { ...one, surname: 'Refused' }), 42],
		[person(8, { ...two, surname: 'Refused' }), 42],
		[person(9, { ...one, phone: '+90 555' })],
	];
	server.set({
		refuseAttendee: ({ surname }) =>
			surname === 'Refused' ? { code: 42, details: 'Full.' } : null,
	});
	return { items: people.map(([item]) => item), fates: people.map(([, code]) => code) };
}

const SWITCHES: Array<[string, StartOptions]> = [
	['as documented', {}],
	['shuffled', { order: 'shuffled', seed: 7 }],
	['reversed', { order: 'reversed' }],
	['ids of the older spelling', { attendeeKeys: 'id' }],
	['lower-case addresses', { emails: 'lowerCase' }],
	['lower-case GUIDs', { guidCase: 'lower' }],
	['always 200', { attendeeStatus: 'always200' }],
	['all failed as code 13', { allFailedBody: 'code13' }],
	['entities as models', { attendeeRejectedModel: 'entity', order: 'shuffled' }],
	['codes and users refused together', { attendeeSelectors: 'refused' }],
	['unsent fields reset', { attendeeUnsent: 'reset' }],
	['at most 2 at a time', { batchLimit: 2 }],
	['at most 2 at a time, refused with HTTP 413', { batchLimit: 2, batchLimitStatus: 413 }],
	['details as strings', { details: 'string' }],
	['messages in Turkish', { language: 'tr' }],
	['malformed GUIDs', { malformedGuid: 'malformed', malformed: 'wholeBody12' }],
	['unknown fields refused', { strictFieldNames: true }],
];

describe('Matching the results of attendees in two sessions', () => {
	it.each(SWITCHES)('gives each item its own result: %s', async (_, options) => {
		await withServer(async (server) => {
			const { items, fates } = crowd(server);
			const done = await runAttendees(server, items);
			const rows = (bad: boolean) =>
				items.flatMap(({ row }, i) => ((fates[i] !== undefined) === bad ? [row] : []));
			expect(done.probed.approved).toEqual(rows(false));
			expect(done.probed.rejected).toEqual(rows(true));
			expect(jsonOf(done.rejected)).toMatchObject(
				fates.flatMap((code) =>
					code === undefined
						? []
						: [{ outcome: 'rejected', rejection: { source: 'perculus', code, retryable: false } }],
				),
			);
			const approved = jsonOf(done.approved);
			for (const item of approved) expect(item).toMatchObject({ outcome: 'saved' });
			for (const item of approved) expect(item).not.toHaveProperty('warnings');
			expect(approved.map(({ email }) => String(email).toLowerCase())).toEqual([
				'p1@school.example',
				'p2@school.example',
				'grace@account.example',
				'known@school.example',
				'p9@school.example',
			]);
			expect(approved.map(({ session_guid }) => session_guid)).toEqual(
				items.flatMap(({ session_guid }, i) => (fates[i] === undefined ? [session_guid] : [])),
			);
			expect(approved.map(({ role }) => role)).toEqual(['u', 'e', 'a', 'u', 'u']);
			expect(approved[3]).toMatchObject({ mobile: '905551112233' });
			expect(done.hints.filter(({ message }) => message.includes('fits no item'))).toEqual([]);
			expectNoSecrets([done.approved, done.rejected, done.hints]);
			expect(JSON.stringify(approved)).not.toMatch(/"attendee_id"/);
		}, options);
	});

	it.each([{}, { allFailedBody: 'code13' as const }])(
		'gives each item its own rejection if all are rejected: %j',
		async (options) => {
			await withServer(async (server) => {
				const { items } = crowd(server);
				server.set({ refuseAttendee: () => ({ code: 42 }) });
				const done = await runAttendees(server, items);
				expect(done.approved).toEqual([]);
				const codes = jsonOf(done.rejected).map(({ rejection }) => (rejection as IDataObject).code);
				expect(codes).toEqual([42, 42, 42, 52, 42, 40, 42, 42, 42]);
			}, options);
		},
	);
});

describe('Rejections with null as the model', () => {
	it('rejections without a model go to the remaining items, with a note that they may be exchanged', async () => {
		await withServer(
			async (server) => {
				const { items } = crowd(server);
				const done = await runAttendees(server, items);
				expect(done.probed.approved).toEqual(['1', '2', '3', '5', '9']);
				for (const { rejection } of jsonOf(done.rejected)) {
					expect(rejection).toMatchObject({ source: 'perculus' });
					expect((rejection as IDataObject).message).toMatch(
						/may belong to another attendee of this run/,
					);
				}
			},
			{ attendeeRejectedModel: 'null' },
		);
	});

	it('rejections without a model but with the same text go to all remaining items, with a note', async () => {
		await withServer(
			async (server) => {
				const { session_guid } = server.preload({});
				const items = [1, 2, 3].map((row) => person(row, { session_guid }));
				server.set({
					refuseAttendee: ({ name }) => (name === 'Name 2' ? null : { code: 42, details: 'Full.' }),
				});
				const done = await runAttendees(server, items);
				expect(done.probed).toMatchObject({ approved: ['2'], rejected: ['1', '3'] });
				for (const { rejection } of jsonOf(done.rejected))
					expect((rejection as IDataObject).details).toEqual([
						'Full.',
						expect.stringContaining('may belong to another attendee of this run'),
					]);
			},
			{ attendeeRejectedModel: 'null' },
		);
	});
});

it('an item without a result is unknown, and results that fit no item are named by email address', async () => {
	await withServer(
		async (server) => {
			const { session_guid } = server.preload({});
			const items = [1, 2, 3].map((row) => person(row, { session_guid }));
			server.set({ omit: ({ name }) => name === 'Name 2' });
			const done = await runAttendees(server, items);
			expect(done.probed).toMatchObject({ approved: ['1', '3'], rejected: ['2'] });
			const [missing] = jsonOf(done.rejected);
			expect(missing).toMatchObject({
				outcome: 'unknown',
				rejection: { reason: 'no_result', retryable: false },
				attendee: { email: 'p2@school.example' },
				session_guid,
			});
			const stranger = /an approved attendee that fits no item: guest-\d+@elsewhere\.example/;
			expect((missing?.rejection as IDataObject).message).toMatch(stranger);
			const hints = done.hints.map(({ message }) => message).join('\n');
			expect(hints).toMatch(/1 result that fits no item: guest-\d+@elsewhere\.example/);
			// Anyone with a code could join.
			expect(hints).not.toMatch(/[0-9A-F]{8}-/);
		},
		{ stranger: 1 },
	);
});

it.each(['an address', 'a user', 'a code'])(
	'matches the result of another attendee to no item, even to the only one: %s',
	async (kind) => {
		await withServer(
			async (server) => {
				const { session_guid } = server.preload({});
				server.preloadUser({ user_guid: USER });
				server.preloadAttendee(session_guid, { attendance_code: CODE });
				const item = {
					'an address': person(1),
					'a user': { user_guid: USER },
					'a code': { attendance_code: CODE },
				}[kind];
				const done = await runAttendees(server, [{ session_guid, ...item }]);
				expect(jsonOf(done.rejected)).toMatchObject([{ outcome: 'unknown' }]);
			},
			{ stranger: 1, omit: 1 },
		);
	},
);

it('saves both items if one attendee is named by User GUID and by email address', async () => {
	await withServer(async (server) => {
		const { session_guid } = server.preload({});
		server.preloadUser({ user_guid: USER, email: 'grace@account.example' });
		const done = await runAttendees(server, [
			{ row: '1', session_guid, user_guid: USER },
			person(2, { session_guid, email: 'grace@account.example' }),
		]);
		expect(done.probed.approved).toEqual(['1', '2']);
		expect(server.attendeesOf(session_guid)).toHaveLength(1);
	});
});

describe('A request that is rejected as a whole', () => {
	it.each(['wholeBody12', 'wholeBody19', 'modelBinding'] as const)(
		'%s: rejects only the attendee that causes it, and saves the others',
		async (malformed) => {
			await withServer(async (server) => {
				const { session_guid } = server.preload({});
				const items = Array.from({ length: 9 }, (_, i) => person(i, { session_guid }));
				// A value that passes every check of the node but that this server can't read.
				server.fail({
					route: 'attendeeBatch',
					times: 99,
					status: 400,
					body:
						malformed === 'modelBinding'
							? { title: 'One or more validation errors occurred.', errors: { '$[0]': ['Bad.'] } }
							: { code: malformed === 'wholeBody12' ? 12 : 19, details: 'Bad.' },
					when: ({ body }) => JSON.stringify(body).includes('p4@'),
				});
				const done = await runAttendees(server, items);
				expect(done.probed.rejected).toEqual(['4']);
				expect(done.approved).toHaveLength(8);
				expect(server.attendeesOf(session_guid)).toHaveLength(8);
				expect(sentTo(server).length).toBeLessThan(12);
			});
		},
	);
});
