import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/collections';
import { type PlainKeys, readModel } from './body';
import type { SingleReply } from './responses';
import { requestIdempotent } from './retry';
import type { Response, Transport } from './transport';

/** What came instead of a page: the API's refusal, or a failed request. */
export type PageFailure = Exclude<SingleReply, { kind: 'answer' }>;

/** A POST search whose responses are lists. */
export interface Search {
	path: string;
	/** What is searched for; number and size of a page are added. */
	filter: IDataObject;
	/** Keys under which its entries have plain values. */
	plainKeys?: PlainKeys;
	/** Searches that number their pages alike: one account, one kind of search. */
	counting: string;
	/** Identifies an entry. */
	keyOf(entry: IDataObject): string | undefined;
	/** No more pages than these are read. */
	mostPages: number;
	/** The page to go on with; by default the first. */
	from?: number;
}

/** What a page has that no page before it had. */
export interface NewEntries {
	entries: IDataObject[];
	/** The response that brought it. */
	response: Response;
}

interface Page extends NewEntries {
	kind: 'page';
}

/** Entries of a page. A server may give fewer. */
const PAGE_SIZE = 100;

/** Statuses of a response about the number of the page; 500 if a server takes -1 times the size for an offset. */
const NO_SUCH_PAGE = new Set([400, 404, 409, 410, 416, 422, 500]);

/** Number of the first page by `counting`, once it is known. The documented sample asks for 1. */
const firstPages = new Map<string, 0 | 1>();
/** Probes under way, so that searches side by side ask once. Not shared between runs: one may be cancelled. */
const probes = new WeakMap<Transport, Promise<PageFailure | undefined>>();

/** The list in a response: the body itself, or its `data`. */
function listOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	return isObject(body) && Array.isArray(body.data) ? body.data : undefined;
}

async function fetchPage(
	transport: Transport,
	{ path, filter, plainKeys }: Search,
	number: number,
): Promise<Page | PageFailure> {
	const body = { ...filter, page_number: number, page_size: PAGE_SIZE };
	const request = { method: 'POST', path, body } as const;
	const { reply } = await requestIdempotent(transport, request, (answer) => !!listOf(answer));
	if (reply.kind !== 'answer') return reply;
	const entries = (listOf(reply.response.body) ?? [])
		.map((entry) => readModel(entry, plainKeys))
		.filter((entry) => entry !== null);
	return { kind: 'page', entries, response: reply.response };
}

/**
 * All entries that a POST search finds, page by page; the reader may stop early:
 *
 *     const pages = new Pages(transport, search);
 *     for await (const { entries } of pages) …
 *     if (!pages.isComplete) …
 *
 * A server may cap the size of its pages, or ignore their numbers, so only a page that is empty or has nothing new is the
 * last. Page 0 is asked for at the end, until it is known whether there is one.
 */
export class Pages implements AsyncIterable<NewEntries> {
	/** Whether everything was read to the end. */
	isComplete = false;
	/** Pages read so far. */
	count = 0;
	/** Number of the page after the last one that was read. */
	next: number;
	/** What came instead of a page, if one didn't come. */
	missing: PageFailure | undefined;

	private readonly seen = new Set<string>();

	constructor(
		private readonly transport: Transport,
		private readonly search: Search,
	) {
		this.next = search.from ?? firstPages.get(search.counting) ?? 1;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<NewEntries, void> {
		while (this.count < this.search.mostPages) {
			const number = this.next++;
			const page = await this.fetch(number);
			if (!page) return;
			this.count++;
			const entries = this.takeNew(page.entries);
			// Page 1 may be page 0 once more.
			const isLast = page.entries.length === 0 || (entries.length === 0 && number > 1);
			const fromZero = isLast ? await this.readPageZero() : [];
			if (!fromZero) return;
			this.isComplete = isLast;
			yield { entries: [...entries, ...fromZero], response: page.response };
			if (isLast) return;
		}
	}

	private async fetch(number: number): Promise<Page | undefined> {
		const page = await fetchPage(this.transport, this.search, number);
		if (page.kind === 'page') return page;
		this.missing = page;
		return undefined;
	}

	private takeNew(entries: readonly IDataObject[]): IDataObject[] {
		return entries.filter((entry) => {
			const key = this.search.keyOf(entry);
			if (key === undefined || this.seen.has(key)) return false;
			this.seen.add(key);
			return true;
		});
	}

	/** What only page 0 has, while it isn't known whether there is one; undefined if it couldn't be read. */
	async readPageZero(): Promise<IDataObject[] | undefined> {
		const { counting, filter, from } = this.search;
		if (firstPages.has(counting) || from !== undefined) return [];
		const hasSeen = this.seen.size > 0;
		// Two empty pages prove nothing, and the next search may find something on page 0.
		if (!hasSeen && Object.keys(filter).length > 0) {
			const missing = await this.probe();
			if (missing && !isRefused(missing)) {
				this.missing = missing;
				return undefined;
			}
			if (!missing && firstPages.get(counting) !== 0) return [];
		}
		const zero = await fetchPage(this.transport, this.search, 0);
		if (zero.kind !== 'page') {
			if (isRefused(zero)) firstPages.set(counting, 1);
			else this.missing = zero;
			return this.missing ? undefined : [];
		}
		const entries = this.takeNew(zero.entries);
		if (entries.length > 0) firstPages.set(counting, 0);
		else if (hasSeen) firstPages.set(counting, 1);
		return entries;
	}

	/** Compares page 0 with page 1 of the search without its filter. */
	private async probe(): Promise<PageFailure | undefined> {
		const compare = async () => {
			const all = new Pages(this.transport, { ...this.search, filter: {} });
			const one = await all.fetch(1);
			all.takeNew(one?.entries ?? []);
			if (one) await all.readPageZero();
			return all.missing;
		};
		const probe = probes.get(this.transport) ?? compare();
		probes.set(this.transport, probe);
		const missing = await probe;
		probes.delete(this.transport);
		return missing;
	}
}

/** Whether there is no such page. */
const isRefused = ({ kind, status }: PageFailure): boolean =>
	kind === 'refused' || (status !== null && NO_SUCH_PAGE.has(status));
