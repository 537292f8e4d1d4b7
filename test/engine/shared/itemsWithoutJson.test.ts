import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { byGuid } from '../harness/attendees';
import { by } from '../harness/sessions';
import { good, jsonOf } from '../harness/setup';
import { mapping, runPerculus } from '../harness';

/** Pinned data that was not made in the editor, and items of other nodes, may have no `json`. */
const ITEM = { json: undefined, binary: {} } as unknown as INodeExecutionData;
const NEIGHBOUR: INodeExecutionData = {
	json: good('neighbour', { email: 'a@b.example', surname: 'Lovelace' }),
};

describe('an item without json', () => {
	let server: PerculusServer;
	let guid: string;

	beforeAll(async () => {
		server = await startPerculusServer();
		guid = server.preload({ name: 'Known' }).session_guid;
	});

	afterAll(async () => {
		await server.stop();
	});

	const session = mapping({
		name: '={{ $json.name }}',
		start_date: '={{ $json.start_date }}',
		duration: 60,
	});
	const person = mapping({
		email: '={{ $json.email }}',
		name: '={{ $json.name }}',
		surname: '={{ $json.surname }}',
	});
	const SETTINGS: Array<[string, IDataObject]> = [
		['sessions, mapped automatically', {}],
		['sessions, mapped by hand', { fields: session }],
		['sessions, with the input', { options: { includeInput: true } }],
		['attendees, mapped automatically', { resource: 'attendee' }],
		['attendees, mapped by hand', { resource: 'attendee', fields: person }],
		['Get', { operation: 'get', session: by('guid', "={{ $json.name ? 'GUID' : '' }}") }],
	];

	it.each(SETTINGS)('is rejected, and its neighbour is not harmed: %s', async (_, given) => {
		const text = JSON.stringify(given).replace('GUID', guid);
		const parameters = JSON.parse(text) as IDataObject;
		const done = await runPerculus({
			server,
			items: [ITEM, NEIGHBOUR],
			parameters: {
				...(parameters.resource === 'attendee' && {
					operation: 'upsert',
					session: byGuid(guid) as never,
				}),
				...parameters,
			} as never,
		});
		expect(done.thrown).toBeUndefined();
		expect(jsonOf(done.rejected)).toMatchObject([{ rejection: { source: 'check' } }]);
		expect(done.rejected.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(done.approved.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});
});
