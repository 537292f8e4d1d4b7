import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Run } from '../../../batch/contract';
import { invalid } from '../../../batch/outcome';
import { locateSessions } from '../../../each/locate';
import type { Asked, AskedItems } from '../../../each/contract';
import { pathOf } from '../../../transport/transport';

/** A session that an item names. */
export interface SessionSubject {
	guid: string;
	/** Of the session itself. */
	path: string;
	/** `session_guid`, and `session_reference` where it was named so. */
	shown: IDataObject;
}

/** Reads which session each item names; what is looked up is looked up for all of them at once. */
export async function readNamed(
	run: Run,
	items: readonly INodeExecutionData[],
): Promise<AskedItems<SessionSubject>> {
	const indexed = items.map(({ json }, index) => ({ index, json }));
	const located = await locateSessions(run, indexed);
	const each = located.each.map(({ guid, shown, refused }): Asked<SessionSubject> => {
		const path = guid === undefined ? undefined : pathOf('session', guid);
		return guid === undefined || path === undefined
			? { shown, refused: refused ?? invalid(["'Session' isn't a valid GUID"]) }
			: { shown, subject: { guid, path, shown } };
	});
	return { ...located, each };
}
