import type { IDataObject } from 'n8n-workflow';

import { refusedByPerculus } from '../../batch/outcome';
import { apiCodeOf } from '../../transport/body';
import { isNotThere } from '../../transport/responses';
import { requestIdempotent } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import type { ItemResult } from './perItem';

/** A page of a proxy or a login, not a response of the API. */
const isPage = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

/**
 * Deletes one thing. Any 2xx will do, with or without a body, unless it is a web page or has a code. So will the API's own
 * 404 to a repeated request: what the first one was for is gone.
 *
 * @param item for the first output once it is deleted
 */
export async function deleteOne(
	transport: Transport,
	path: string,
	item: IDataObject,
): Promise<ItemResult> {
	const { reply, sent } = await requestIdempotent(
		transport,
		{ method: 'DELETE', path },
		(body) => !isPage(body) && apiCodeOf(body) === null,
	);
	const isGone = reply.kind === 'answer' || (sent > 1 && isNotThere(reply));
	if (isGone) return [item];
	if (reply.kind === 'failed' || sent < 2) return reply;
	const details = [
		'This is the response to a second request; the first got no response and may have deleted it.',
	];
	return {
		...refusedByPerculus(reply.code, reply.details),
		kind: 'unknown',
		retryable: false,
		details,
	};
}
