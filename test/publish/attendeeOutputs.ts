import type { IDataObject } from 'n8n-workflow';

import { ADA, byGuid, byReference, person, runAttendees } from '../engine/harness/attendees';
import { startPerculusServer } from '../perculus-server';

export type AttendeeOperation = 'upsert' | 'get' | 'getAll' | 'delete';

const GUID = '61E3D504-13EE-447F-9B36-6686C5C39FEB';
const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';
const NOWHERE = '99999999-0000-4000-8000-000000000000';
const BY_REFERENCE = byReference('={{ $json.id }}');
const BY_GUID = byGuid('={{ $json.id }}');

/** People by all that can name them, with everything set and with a warning; and one who is not there, or is no one. */
const PEOPLE: IDataObject[] = [
	person(1, { role: 'e', mobile: '+90 555' }),
	{ user_guid: USER },
	{ ...ADA, attendance_code: CODE },
];
const NOBODY: IDataObject[] = [
	{ ...ADA, attendance_code: USER, user_guid: USER, role: 'u', mobile: '5' },
	{ role: 'x' },
];

/**
 * What an operation on attendees emits on both outputs in n8n's engine, with the settings of a new node and a join link: in sessions by
 * GUID and by reference that are there, that are not, and that are several, and after a failed request.
 */
export async function itemsOfAttendees(operation: AttendeeOperation): Promise<IDataObject[]> {
	const server = await startPerculusServer();
	const emitted: IDataObject[][] = [[], []];
	const emit = async (ids: string[], session: IDataObject, people: IDataObject[] = PEOPLE) => {
		const items = ids.flatMap((id) =>
			(operation === 'getAll' ? [{}] : people).map((one) => ({ ...one, id })),
		);
		const { approved, rejected } = await runAttendees(server, items, {
			operation,
			session,
			...(operation === 'upsert' && {
				options: { joinUrl: 'https://school.example/app?c={code}' },
			}),
			onError: 'continueRegularOutput',
			parameters: (operation === 'get' || operation === 'delete'
				? { attendee: '={{ $json.attendance_code ?? $json.user_guid ?? $json.email }}' }
				: {}) as never,
		});
		emitted[0]?.push(...approved.map(({ json }) => json));
		emitted[1]?.push(...rejected.map(({ json }) => json));
	};
	try {
		server.preload({ session_guid: GUID, tags: 'ref:deal-1' });
		for (const tags of ['ref:twice', 'ref:twice']) server.preload({ tags });
		server.preloadUser({ user_guid: USER, email: 'grace@account.example', mobile: '+90 444' });
		server.preloadAttendee(GUID, { attendance_code: CODE, email: 'known@school.example' });
		if (operation !== 'upsert') {
			server.preloadAttendee(GUID, { user_guid: USER });
			server.preloadAttendee(GUID, { email: 'p1@school.example' });
		}
		await emit([GUID], BY_GUID);
		if (operation === 'delete') server.preloadAttendee(GUID, { user_guid: USER });
		await emit(['deal-1', 'nowhere', 'twice'], BY_REFERENCE);
		await emit([NOWHERE, 'none'], BY_GUID);
		await emit([GUID], BY_GUID, NOBODY);
		server.fail({ times: 99, status: 401 });
		await emit([GUID], BY_GUID);
		return emitted.flat();
	} finally {
		await server.stop();
	}
}
