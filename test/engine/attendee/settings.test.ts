import { jsonOf, rejectionsOf, run, withServer } from '../harness/references';
import { byGuid, person, runAttendees } from '../harness/attendees';

describe('An option with a failing expression', () => {
	it.each(['upsert', 'getAll'] as const)(
		'%s rejects the item with its usual keys if the Timeout has a failing expression',
		async (operation) => {
			await withServer({}, async (server) => {
				const { session_guid } = server.preload({ name: 'Known' });
				const done = await runAttendees(server, [person(1, { session_guid })], {
					operation,
					options: { timeout: "={{ $('Nowhere').item.json.seconds }}" },
					onError: 'continueRegularOutput',
				});
				const [item] = jsonOf(done.rejected);
				expect(Object.keys(item ?? {})).toEqual(
					operation === 'upsert'
						? ['outcome', 'rejection', 'attendee', 'session_guid']
						: ['outcome', 'rejection', 'session_guid'],
				);
			});
		},
	);
});

it.each(['a%b@x.example', 'a/b@x.example', '{a}?#@x.example'])(
	"rejects the email address %s, which can't be part of a request",
	async (attendee) => {
		await withServer({}, async (server) => {
			const { session_guid } = server.preload({ name: 'Known' });
			const done = await runAttendees(server, [{ session_guid, attendee }], {
				operation: 'delete',
				parameters: { attendee: '={{ $json.attendee }}' },
			});
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{
					source: 'check',
					details: [
						"Attendee has an email address with /, ?, # or %, which can't be part of a request; give the Attendance Code or the User GUID",
					],
				},
			]);
			expect(server.requests).toEqual([]);
		});
	},
);

it("reports a deleted session with the node's message, without details of Perculus", async () => {
	await withServer({ deletedInGet: 'shown' }, async (server) => {
		const { session_guid: id } = server.preload({ name: 'Gone', status: -1 });
		const done = await run(server, [{ id }], {
			operation: 'get',
			session: byGuid('={{ $json.id }}'),
		});
		const [rejection] = rejectionsOf(done.rejected);
		expect(rejection).toMatchObject({
			source: 'perculus',
			reason: 'session_not_found',
			code: null,
		});
		expect(rejection?.message).toContain('The session is deleted.');
		expect(rejection?.message).not.toContain('Perculus says');
	});
});
