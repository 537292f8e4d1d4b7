import type { IDataObject } from 'n8n-workflow';

import { by, guidAt, run, UNKNOWN, type Operation } from '../engine/harness/sessions';
import { startPerculusServer } from '../perculus-server';

export type { Operation as ReadingOperation } from '../engine/harness/sessions';

const BY_REFERENCE = { session: by('reference', '={{ $json.id }}') };
const GOING_ON = { onError: 'continueRegularOutput' } as const;

/**
 * The output items of Get, Get Many, Get Report or Delete in n8n's engine, with the settings of a new node: by GUID and by
 * reference, existing and unknown sessions, invalid values, and a failed request.
 */
export async function itemsOfReading(operation: Operation): Promise<IDataObject[]> {
	const server = await startPerculusServer();
	const emitted: IDataObject[][] = [[], []];
	const emit = async (ids: string[], parameters: IDataObject = {}) => {
		const items = ids.map((id) => ({ id }));
		const { approved, rejected } = await run(server, operation, items, parameters, GOING_ON);
		emitted[0]?.push(...approved.map(({ json }) => json));
		emitted[1]?.push(...rejected.map(({ json }) => json));
	};
	try {
		server.preload({ session_guid: guidAt(1), tags: 'ref:deal-1' });
		if (operation === 'getReport') server.set({ reportNotReady: 'soFar' });
		server.preload({ session_guid: guidAt(2), tags: 'math' });
		for (const n of [3, 4]) server.preload({ session_guid: guidAt(n), tags: 'ref:twice' });
		if (operation === 'getAll') {
			await emit([''], {});
			await emit([''], { filters: { name: '' } });
		} else {
			await emit(['deal-1', 'nowhere', 'twice'], BY_REFERENCE);
			await emit([guidAt(2), UNKNOWN, 'none']);
		}
		if (operation === 'getReport') {
			server.finish(guidAt(2));
			await emit([guidAt(2)]);
		}
		server.fail({ times: 99, status: 401 });
		await emit([guidAt(3)]);
		return emitted.flat();
	} finally {
		await server.stop();
	}
}
