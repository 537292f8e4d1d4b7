import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../nodes/Perculus/session/draft';

/** A session as it is sent; a GUID in the request makes it an update. */
export function sessionDraft(request: IDataObject, rest: Partial<SessionDraft> = {}): SessionDraft {
	const guid = (request.session_guid as string | undefined)?.toLowerCase();
	return {
		index: 0,
		request,
		input: request,
		action: guid === undefined ? 'create' : 'update',
		uniqueKeys: guid === undefined ? [] : [guid],
		path: '/session/batch',
		repeatable: guid !== undefined,
		safeToRerun: guid !== undefined || rest.reference !== undefined,
		guid,
		notes: [],
		start: undefined,
		warnings: [],
		...rest,
	};
}
