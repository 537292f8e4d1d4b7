import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { listSessions } from '../resources/session/find/list';
import { accountOf } from '../transport/client';
import { credentialSecrets, n8nTransport } from '../transport/client';
import { redactSecrets } from '../transport/secrets';

/** Seconds; somebody sits and waits. */
const TIMEOUT = 30;

/**
 * The sessions to choose from, by name as one types.
 *
 * @throws NodeApiError with a sentence on why there is no list
 */
export async function searchSessions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const transport = n8nTransport(this, TIMEOUT);
	const account = (await accountOf(this)) ?? '';
	const list = await listSessions(transport, account, filter?.trim() ?? '', paginationToken);
	if (!('kind' in list)) {
		const results = list.entries.map(({ name, guid }) => ({ name, value: guid }));
		return list.next === undefined ? { results } : { results, paginationToken: list.next };
	}
	const said =
		list.kind === 'failed'
			? list.message
			: ['Perculus refused to search for sessions.', ...list.details].join(' ');
	const message = redactSecrets(said, await credentialSecrets(this));
	throw new NodeApiError(this.getNode(), { message }, { message });
}
