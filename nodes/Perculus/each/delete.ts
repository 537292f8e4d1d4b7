import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../batch/output/outcome';
import { askWithRetry } from '../transport/retry';
import type { Transport } from '../transport/transport';
import { unsuccessful } from './answers';
import type { Answer } from './contract';

const NOT_FOUND = 404;

/** A page of a proxy or a login, which is no answer of the API's. */
const isPage = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

/**
 * Deletes one thing. Any 2xx will do, with or without a body, unless it is a page for people; so will a 404 to a
 * repeated request, since what the first one was for is gone.
 *
 * @param item for the first output once it is deleted
 */
export async function deleteOne(
	transport: Transport,
	path: string,
	item: IDataObject,
): Promise<Answer> {
	const { reply, sent } = await askWithRetry(
		transport,
		{ method: 'DELETE', path },
		(body) => !isPage(body),
	);
	const isGone = reply.kind === 'answer' || (sent > 1 && reply.status === NOT_FOUND);
	if (isGone) return { items: [item] };
	if (reply.kind === 'failed' || sent < 2) return unsuccessful(reply);
	const refused = refuse(reply.code, reply.details);
	const details = [
		'This is the response to a second request; the first got no response and may have deleted it.',
	];
	return { refused: { ...refused, kind: 'unknown', retryable: false, details } };
}
