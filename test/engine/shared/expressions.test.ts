import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer } from '../../perculus-server';
import { LATER, runAt, withServer, ZONE } from '../harness/setup';
import { mapping } from '../harness';

const BROKEN = '={{ $("Nowhere").item.json.x }}';
const GUID = '1B27EB7F-0000-4000-8000-000000000000';

const FIELDS = { name: 'CS a', start_date: LATER, duration: 60, timezone: ZONE };

const mapped = async (server: PerculusServer, value: IDataObject, rest: IDataObject = {}) =>
	await runAt(
		server,
		[{ row: 'a' }],
		{},
		{ parameters: { ...rest, fields: mapping(value as never) } as never },
	);

describe('a field whose expression fails', () => {
	it.each<[string, IDataObject]>([
		['name', {}],
		['start_date', {}],
		['start_time', { start_date: '2090-08-05' }],
		['duration', {}],
		['end_date', {}],
		['end_date', { duration: '' }],
		['timezone', {}],
		['lang', {}],
		['tags', {}],
		['options.allow_rating', {}],
		['options.chat.offMessageModule', {}],
		['session_reference', {}],
		['session_guid', {}],
		['duration', { session_guid: GUID, name: '', start_date: '', timezone: '' }],
		['start_date', { session_guid: GUID, name: '', duration: '' }],
	])('%s (%j) is told once, and is not passed over when the item comes back', async (id, rest) => {
		await withServer(async (server) => {
			const { rejected } = await mapped(server, { ...FIELDS, ...rest, [id]: BROKEN });
			const details = rejected.map(({ json }) => (json.rejection as IDataObject).details);
			expect(details).toEqual([[expect.stringContaining('has an expression that does not work')]]);

			const back = await runAt(
				server,
				rejected.map(({ json }) => json),
			);
			expect([back.approved, back.rejected.length, server.requests]).toEqual([[], 1, []]);
		});
	});

	it('is not missing in an update either', async () => {
		await withServer(async (server) => {
			const value = { ...FIELDS, session_guid: BROKEN };
			const { rejected } = await mapped(server, value, { operation: 'update' });
			expect(rejected[0]?.json.rejection).toMatchObject({
				details: [expect.stringMatching(/^Session GUID has an expression/)],
			});
		});
	});

	it('of an attendee is told once, and is not passed over when the item comes back', async () => {
		await withServer(async (server) => {
			const session = { __rl: true, mode: 'guid', value: GUID };
			for (const id of ['email', 'name', 'role', 'user_guid', 'attendance_code']) {
				const person = { email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' };
				const parameters = { resource: 'attendee', session };
				const { rejected } = await mapped(server, { ...person, [id]: BROKEN }, parameters);
				const details = rejected.map(({ json }) => (json.rejection as IDataObject).details);
				expect(details).toEqual([[expect.stringContaining('has an expression')]]);
				const back = await runAt(
					server,
					rejected.map(({ json }) => json),
					{},
					{ parameters },
				);
				expect([back.approved, back.rejected.length, server.requests]).toEqual([[], 1, []]);
			}
		});
	});
});
