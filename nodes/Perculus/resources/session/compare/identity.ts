import type { IDataObject } from 'n8n-workflow';

import type { Identity } from '../../../batch/contract';
import { normalGuid } from '../../../values/guid';

/** The GUID in a result's model, in either shape. */
export function guidOf(model: IDataObject): string | undefined {
	return normalGuid(model.session_guid) ?? normalGuid(model.the_guid);
}

/** How a session that was answered is told. */
export const SESSION_IDENTITY: Identity = {
	key: 'session_guid',
	words: 'a GUID',
	of: ({ session_guid }) => (typeof session_guid === 'string' ? session_guid : undefined),
};
