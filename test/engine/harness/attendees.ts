import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer } from '../../perculus-server';
import { runItems, type PerculusRun } from '.';
import { by } from './sessions';

export const ADA: IDataObject = { email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' };

/** An item with an attendee that Perculus accepts. */
export const person = (row: string | number, rest: IDataObject = {}): IDataObject => ({
	row: String(row),
	email: `p${row}@school.example`,
	name: `Name ${row}`,
	surname: `Surname ${row}`,
	...rest,
});

export const byGuid = (value: unknown) => by('guid', value);
export const byReference = (value: unknown) => by('reference', value);
export const byList = (value: unknown) => by('list', value);

/** Every item names its own session. */
export const EACH = byGuid('={{ $json.session_guid }}');

export interface AttendeeRun extends Partial<PerculusRun> {
	operation?: 'upsert' | 'get' | 'getAll' | 'getAttendance' | 'delete';
	session?: IDataObject;
	options?: IDataObject;
}

/** Runs an operation on attendees, by default with automatic mapping. */
export async function runAttendees(
	server: PerculusRun['server'],
	items: PerculusRun['items'],
	{ operation = 'upsert', session = EACH, options = {}, parameters, ...rest }: AttendeeRun = {},
) {
	const all = { resource: 'attendee', operation, session, options, ...parameters };
	return await runItems(server, items, all, rest);
}

/** The bodies of the requests to each session, in the order of arrival. */
export const sentTo = (server: PerculusServer): IDataObject[][] =>
	server.requestsTo('attendeeBatch').map(({ body }) => body as unknown as IDataObject[]);
