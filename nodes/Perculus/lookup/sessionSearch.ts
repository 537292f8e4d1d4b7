import type { IDataObject } from 'n8n-workflow';

import { readModel, type PlainKeys } from '../transport/batchBody';
import type { NoPage } from '../transport/paging/page';
import { Pages } from '../transport/paging/pages';
import { pathOf } from '../transport/path';
import type { Failure } from '../transport/reply';
import { askWithRetry } from '../transport/retry';
import type { Transport } from '../transport/transport';
import { normalGuid } from '../values/guid';
import { isObject } from '../values/isObject';

/** As many rows as a page is asked for; a server may give fewer. */
export const PAGE_SIZE = 100;

/** What is read of a session here. */
const READ_HERE = ['session_guid', 'tags', 'status'];

/** How the reading of pages came to its end. */
export type End = 'whole' | 'stopped' | 'capped' | 'failed';

const NOT_FOUND = 404;

/** A search that is refused will be refused the next time, too: whoever runs the account has to know. */
function asFailure(missing: NoPage, now: number): Failure {
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
		sentAt: now,
	};
}

/** Sessions as the API shows them, read for one run. The first read that does not come about ends all. */
export class SessionSearch {
	/** What stopped it. */
	failure: Failure | undefined;
	/** Pages that were read by going through all that there is, as against looking for one thing. */
	pagesRead = 0;

	private readonly plainKeys: PlainKeys;

	/**
	 * @param account tells accounts apart
	 * @param plainKeys keys under which sessions have plain values, for who reads them
	 */
	constructor(
		private readonly transport: Transport,
		private readonly account: string,
		plainKeys: Iterable<string> = [],
	) {
		this.plainKeys = new Set([...READ_HERE, ...plainKeys]);
	}

	/** Milliseconds since 1970. */
	now(): number {
		return this.transport.now();
	}

	/**
	 * Goes through the pages of a search.
	 *
	 * @param filter as the API takes it: `name`, `tags`, `begin_date`, `end_date`
	 * @param onPage is handed what a page has of new sessions, and says whether to go on
	 */
	async pages(
		filter: IDataObject,
		mostPages: number,
		onPage: (views: readonly IDataObject[]) => boolean,
	): Promise<End> {
		if (this.failure) return 'failed';
		const pages = new Pages(this.transport, {
			path: '/session/search',
			plainKeys: this.plainKeys,
			counting: `${this.account} session`,
			keyOf: ({ session_guid }) => normalGuid(session_guid),
			filter,
			mostPages,
		});
		for await (const { entries } of pages) {
			if (this.failure) return 'failed';
			if (!onPage(entries) && !pages.isComplete) return 'stopped';
		}
		if (pages.missing) this.failure ??= asFailure(pages.missing, this.now());
		if (this.failure) return 'failed';
		return pages.isComplete ? 'whole' : 'capped';
	}

	/** The session with this GUID; undefined where there is none, or where it could not be read, which `failure` tells. */
	async byGuid(guid: string): Promise<IDataObject | undefined> {
		const path = pathOf('session', guid);
		if (this.failure || path === undefined) return undefined;
		const isIt = (body: unknown) =>
			isObject(body) && normalGuid(body.session_guid) === normalGuid(guid);
		const { reply } = await askWithRetry(this.transport, { method: 'GET', path }, isIt);
		if (reply.kind === 'answer') return readModel(reply.response.body, this.plainKeys) ?? undefined;
		if (reply.status !== NOT_FOUND) this.failure ??= asFailure(reply, this.now());
		return undefined;
	}
}
