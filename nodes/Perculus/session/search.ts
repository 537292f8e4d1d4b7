import type { IDataObject } from 'n8n-workflow';

import { readModel, type PlainKeys } from '../transport/body';
import { Pages, type PageFailure } from '../transport/pages';
import { isNotThere, type Failure } from '../transport/responses';
import { requestIdempotent } from '../transport/retry';
import { pathOf, type Transport } from '../transport/transport';
import { normalGuid } from '../values/text';
import { isObject } from '../values/types';

/** What a search needs of a run. */
export interface SearchContext {
	transport: Transport;
	/** Digest that identifies the account. */
	account: string;
	/** Keys that must have plain values in what is found; by default those that lookups read. */
	plainKeys?: PlainKeys;
}

const READ_HERE: PlainKeys = new Set(['session_guid', 'tags', 'status']);

/** Deleted sessions keep their tags, and a search may still show them. */
const DELETED = -1;

export const isDeleted = ({ status }: IDataObject): boolean => Number(status) === DELETED;

/**
 * The sessions that a search finds, deleted ones included, page by page.
 *
 * @param filter as the API takes it: `name`, `tags`, `begin_date`, `end_date`
 * @param from number of the page to begin with; by default the first
 */
export const sessionPages = (
	{ transport, account, plainKeys = READ_HERE }: SearchContext,
	filter: IDataObject,
	{ mostPages = Infinity, from }: { mostPages?: number; from?: number } = {},
): Pages =>
	new Pages(transport, {
		path: '/session/search',
		plainKeys,
		counting: `${account} session`,
		keyOf: ({ session_guid }) => normalGuid(session_guid),
		filter,
		mostPages,
		...(from !== undefined && { from }),
	});

/** A search or a GET without a result as a failed request: a refused one would be refused the next time too. */
export function searchFailure(missing: PageFailure): Failure {
	if (missing.kind === 'failed') return missing;
	const { status, code, details } = missing;
	return {
		kind: 'failed',
		name: 'search refused',
		applied: 'no',
		reason: 'request_refused',
		status,
		code,
		message: `Perculus refused to search for sessions${details.length > 0 ? `: ${details.join(' ')}` : '.'}`,
	};
}

/** Reads one session. It is gone only if the API itself says so, by its code or by the status of a deleted one. */
export async function readSession(
	context: SearchContext,
	guid: string,
): Promise<{ kind: 'session'; view: IDataObject } | { kind: 'gone' } | Failure> {
	const path = pathOf('session', guid);
	if (path === undefined) return { kind: 'gone' };
	const isIt = (body: unknown) =>
		isObject(body) && normalGuid(body.session_guid) === normalGuid(guid);
	const { reply } = await requestIdempotent(context.transport, { method: 'GET', path }, isIt);
	if (reply.kind !== 'answer') {
		return isNotThere(reply) ? { kind: 'gone' } : searchFailure(reply);
	}
	const view = readModel(reply.response.body, context.plainKeys ?? READ_HERE) ?? {};
	return isDeleted(view) ? { kind: 'gone' } : { kind: 'session', view };
}
