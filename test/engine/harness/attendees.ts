import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer } from '../../perculus-server';
import { runPerculus, type EngineRun, type PerculusRun } from '.';

export const ADA: IDataObject = { email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' };

/** A person whom Perculus takes, in the words of an item. */
export const person = (row: string | number, rest: IDataObject = {}): IDataObject => ({
	row: String(row),
	email: `p${row}@school.example`,
	name: `Name ${row}`,
	surname: `Surname ${row}`,
	...rest,
});

export const byGuid = (value: unknown): IDataObject =>
	({ __rl: true, mode: 'guid', value }) as IDataObject;
export const byReference = (value: unknown): IDataObject =>
	({ __rl: true, mode: 'reference', value }) as IDataObject;
export const byList = (value: unknown): IDataObject =>
	({ __rl: true, mode: 'list', value }) as IDataObject;

/** Every item names its own session. */
export const EACH = byGuid('={{ $json.session_guid }}');

export interface AttendeeRun extends Partial<PerculusRun> {
	operation?: 'upsert' | 'get' | 'getAll' | 'getAttendance' | 'delete';
	session?: IDataObject;
	options?: IDataObject;
}

/** Runs an operation on attendees, by auto-mapping where nothing else is given. */
export async function runAttendees(
	server: PerculusRun['server'],
	items: PerculusRun['items'],
	{ operation = 'upsert', session = EACH, options = {}, parameters, ...rest }: AttendeeRun = {},
): Promise<EngineRun> {
	return await runPerculus({
		server,
		items,
		probe: "={{ $('Source').item.json.row }}",
		...rest,
		parameters: {
			resource: 'attendee',
			operation,
			session: session as never,
			options: options as never,
			...parameters,
		},
	});
}

/** The bodies of the requests to each session, in the order of arrival. */
export const sentTo = (server: PerculusServer): IDataObject[][] =>
	server.requestsTo('attendeeBatch').map(({ body }) => body as unknown as IDataObject[]);
