import type { IDataObject } from 'n8n-workflow';

import { runPerculus } from '../engine/harness';
import { startPerculusServer } from '../perculus-server';

export type AttendeeOperation = 'upsert' | 'get' | 'getAll' | 'delete';

const GUID = 'A0000000-0000-4000-8000-000000000001';
const UNKNOWN = 'A0000000-0000-4000-8000-000000000009';
const ADA = { email: 'ada@example.com', name: 'Ada', surname: 'Lovelace' };
const ROWS: IDataObject[] = [
	{ ...ADA, role: 'Instructor', mobile: '+90 555 000 00 00' },
	{ ...ADA, email: 'grace@example.com' },
];

const by = (mode: string, value: string) => ({ __rl: true, mode, value });

/**
 * What an operation on attendees emits on both outputs in n8n's engine, with the settings of a new node and a link to join:
 * by GUID and by reference, who is there and who is not, what cannot be asked for, and a failed request.
 */
export async function itemsOfAttendees(operation: AttendeeOperation): Promise<IDataObject[]> {
	const server = await startPerculusServer();
	const emitted: IDataObject[][] = [[], []];
	const emit = async (items: IDataObject[], session: unknown) => {
		const { approved, rejected } = await runPerculus({
			server,
			items,
			onError: 'continueRegularOutput',
			parameters: {
				resource: 'attendee',
				operation,
				session: session as never,
				...((operation === 'get' || operation === 'delete') && { attendee: '={{ $json.email }}' }),
				...(operation === 'upsert' && {
					options: { joinUrl: 'https://acme.example/app?c={code}' },
				}),
			},
		});
		emitted[0]?.push(...approved.map(({ json }) => json));
		emitted[1]?.push(...rejected.map(({ json }) => json));
	};
	try {
		server.preload({ session_guid: GUID, tags: 'ref:deal-1' });
		for (const name of ['One', 'Two']) server.preload({ name, tags: 'ref:twice' });
		const save = async (person: IDataObject) => server.preloadAttendee(GUID, person as never);
		if (operation !== 'upsert') for (const person of ROWS) await save({ ...person, role: 'u' });
		await emit(ROWS.slice(0, 1), by('reference', 'deal-1'));
		await emit(ROWS.slice(1), by('guid', GUID));
		await emit(
			[{ ...ADA, email: 'nobody@example' }, { email: 'none@example.com' }],
			by('guid', GUID),
		);
		for (const reference of ['nowhere', 'twice']) await emit(ROWS, by('reference', reference));
		await emit(ROWS, by('guid', UNKNOWN));
		if (operation === 'upsert') {
			await emit(
				[{ attendance_code: UNKNOWN, role: 'a', ...ADA, mobile: 'x' }, { user_guid: UNKNOWN }],
				by('guid', GUID),
			);
		}
		server.fail({ times: 99, status: 401 });
		await emit(ROWS, by('guid', GUID));
		return emitted.flat();
	} finally {
		await server.stop();
	}
}
