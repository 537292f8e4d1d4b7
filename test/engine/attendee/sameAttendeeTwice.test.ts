import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer, StartOptions } from '../../perculus-server';
import { jsonOf, withServer } from '../harness/references';
import { ADA, runAttendees } from '../harness/attendees';

const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';
const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const REFUSED = '999';

/** Ada, who is in the session, named in three ways that the node can't recognize as one attendee. */
const NAMED: Record<string, IDataObject> = {
	address: ADA,
	code: { attendance_code: CODE },
	user: { user_guid: USER },
};

const SERVERS: Array<[string, StartOptions]> = [
	['as documented', {}],
	['results in the order of the request', { order: 'request' }],
	['results reversed', { order: 'reversed' }],
	['internal entities as models', { attendeeRejectedModel: 'entity' }],
	['ids in the older spelling', { attendeeKeys: 'id', order: 'reversed' }],
];

const PAIRS = [
	['address', 'code'],
	['code', 'address'],
	['user', 'code'],
	['code', 'user'],
	['user', 'address'],
	['address', 'user'],
] as const;

const CASES = SERVERS.flatMap(([title, options]) =>
	PAIRS.map(([first, second]) => [title, first, second, options] as const),
);

function account(server: PerculusServer): string {
	const { session_guid } = server.preload({});
	server.preloadUser({ user_guid: USER, email: String(ADA.email) });
	server.preloadAttendee(session_guid, { ...ADA, attendance_code: CODE, user_guid: USER });
	server.set({
		refuseAttendee: ({ mobile }) =>
			mobile === REFUSED ? { code: 42, details: 'No such number.' } : null,
	});
	return session_guid;
}

describe.each(CASES)(
	'One attendee named twice, %s: by %s and by %s',
	(_, first, second, options) => {
		const rowsOf = (session_guid: string, mobiles: [string, string]): IDataObject[] => [
			{ row: '1', session_guid, ...NAMED[first], mobile: mobiles[0] },
			{ row: '2', session_guid, ...NAMED[second], mobile: mobiles[1] },
		];

		it('gives each item the result of what it sent', async () => {
			await withServer(options, async (server) => {
				const { approved, rejected } = await runAttendees(
					server,
					rowsOf(account(server), ['111', '222']),
				);
				expect(rejected).toEqual([]);
				const mobiles = approved.map(({ json, pairedItem }) => [pairedItem, json.mobile]);
				expect(mobiles).toEqual([
					[{ item: 0 }, '111'],
					[{ item: 1 }, '222'],
				]);
				expect(jsonOf(approved).flatMap(({ warnings }) => warnings ?? [])).toEqual([]);
			});
		});

		it.each([0, 1])('rejects only item %d if only that item is refused', async (refused) => {
			await withServer(options, async (server) => {
				const mobiles: [string, string] = ['111', '222'];
				mobiles[refused] = REFUSED;
				const done = await runAttendees(server, rowsOf(account(server), mobiles));
				const linked = (items: typeof done.approved) => items.map(({ pairedItem }) => pairedItem);
				expect([linked(done.approved), linked(done.rejected)]).toEqual([
					[{ item: 1 - refused }],
					[{ item: refused }],
				]);
				expect(jsonOf(done.rejected)).toMatchObject([
					{ outcome: 'rejected', rejection: { details: ['No such number.'] } },
				]);
				expect(jsonOf(done.approved)[0]).not.toHaveProperty('warnings');
			});
		});
	},
);
