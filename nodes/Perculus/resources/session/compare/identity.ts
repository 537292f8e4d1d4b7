import type { IDataObject } from 'n8n-workflow';

import type { Identity } from '../../../batch/contract';
import { normalGuid } from '../../../values/guid';

/** The GUID in a result's model, in either shape. */
export function guidOf(model: IDataObject): string | undefined {
	return normalGuid(model.session_guid) ?? normalGuid(model.the_guid);
}

/** The GUID of a view as the API wrote it. */
export function guidIn({ session_guid }: IDataObject): string | undefined {
	return typeof session_guid === 'string' && session_guid !== '' ? session_guid : undefined;
}

/** How a session that was answered is told. */
export const SESSION_IDENTITY: Identity = {
	key: 'session_guid',
	words: 'a GUID',
	of: guidIn,
};
