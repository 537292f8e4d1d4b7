import type { IDataObject } from 'n8n-workflow';

import { ADA, byGuid, byReference, person, runAttendees } from '../engine/harness/attendees';
import { startPerculusServer, type JsonObject, type PerculusServer } from '../perculus-server';

export type AttendeeOperation = 'upsert' | 'get' | 'getAll' | 'getAttendance' | 'delete';

const GUID = '61E3D504-13EE-447F-9B36-6686C5C39FEB';
const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';
const NOWHERE = '99999999-0000-4000-8000-000000000000';
const BY_REFERENCE = byReference('={{ $json.id }}');
const BY_GUID = byGuid('={{ $json.id }}');

/** Attendees named by each selector, with every field and with a warning; and one unknown and one invalid attendee. */
const PEOPLE: IDataObject[] = [
	person(1, { role: 'e', mobile: '+90 555' }),
	{ user_guid: USER },
	{ ...ADA, attendance_code: CODE },
];
const NOBODY: IDataObject[] = [
	{ ...ADA, attendance_code: USER, user_guid: USER, role: 'u', mobile: '5' },
	{ role: 'x' },
];

const PERSON = { attendee: '={{ $json.attendance_code ?? $json.user_guid ?? $json.email }}' };
const PARAMETERS: Readonly<Partial<Record<AttendeeOperation, IDataObject>>> = {
	get: PERSON,
	delete: PERSON,
	getAttendance: { include: 'all' },
};

/** A user and a guest who attend, one of them twice, and an unlisted person whose time can't be read. */
function attendAndFinish(server: PerculusServer): void {
	const start = Date.parse([...server.sessions.values()][0]?.start_date ?? '');
	const visit = { joined: new Date(start), left: new Date(start + 601_000) };
	for (const email of [
		'grace@account.example',
		'p1@school.example',
		'p1@school.example',
		'w@x.example',
	])
		server.attend(GUID, { email, ...visit });
	server.finish(GUID);
	server.set({
		reportEntries: 'perVisit',
		editReport: (report) => ({
			...report,
			user_stats: (report.user_stats as JsonObject[]).map((one) =>
				one.email === 'w@x.example' ? { ...one, email: null, duration_live: null } : one,
			),
		}),
	});
}

/** An item that names a session, but no attendee. */
const IS_OF_SESSION: ReadonlySet<AttendeeOperation> = new Set(['getAll', 'getAttendance']);

/**
 * The output items of an attendee operation in n8n's engine, with the settings of a new node and a join link: in sessions by
 * GUID and by reference that exist, that don't, and that have the same reference, and after a failed request.
 */
export async function itemsOfAttendees(operation: AttendeeOperation): Promise<IDataObject[]> {
	const server = await startPerculusServer();
	const emitted: IDataObject[][] = [[], []];
	const emit = async (ids: string[], session: IDataObject, people: IDataObject[] = PEOPLE) => {
		const items = ids.flatMap((id) =>
			(IS_OF_SESSION.has(operation) ? [{}] : people).map((one) => ({ ...one, id })),
		);
		const { approved, rejected } = await runAttendees(server, items, {
			operation,
			session,
			...(operation === 'upsert' && {
				options: { joinUrl: 'https://school.example/app?c={code}' },
			}),
			onError: 'continueRegularOutput',
			parameters: PARAMETERS[operation] as never,
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
		if (operation === 'getAttendance') attendAndFinish(server);
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
