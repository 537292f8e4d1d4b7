import type { IDataObject } from 'n8n-workflow';

import { normalGuid } from '../../../values/guid';

/** The GUID in a result's model, in either shape. */
export function guidOf(model: IDataObject): string | undefined {
	return normalGuid(model.session_guid) ?? normalGuid(model.the_guid);
}
