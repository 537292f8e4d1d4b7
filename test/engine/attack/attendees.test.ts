import { jsonOf, withServer } from '../references/world';
import { person, runAttendees } from '../attendee/setup';

describe('a setting that cannot be read', () => {
	it.each(['upsert', 'getAll'] as const)(
		'%s: items have their keys all the same',
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
