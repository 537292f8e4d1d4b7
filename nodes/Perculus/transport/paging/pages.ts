import type { IDataObject } from 'n8n-workflow';

import { firstPageOf, type Counting } from './firstPage';
import { askForPage, type NoPage, type Page } from './page';
import type { Response, Transport } from '../transport';

export interface Search extends Counting {
	/** What is searched for; the number and the size of a page are added. */
	filter: IDataObject;
	/** No more pages than these are read. */
	mostPages: number;
}

/** What a page has of what no page before it had. */
export interface NewEntries {
	entries: IDataObject[];
	/** The answer that brought it. */
	response: Response;
}

const SIZE = 100;

/**
 * All that a POST search finds, page by page; whoever reads may stop early:
 *
 *     const pages = new Pages(transport, search);
 *     for await (const { entries } of pages) …
 *     if (!pages.isComplete) …
 *
 * A server may cap the size of its pages, or know no pages at all, so that only a page that is empty or has no news is the
 * last. Page 1 is asked for first, and page 0 where that is found to be the first.
 */
export class Pages implements AsyncIterable<NewEntries> {
	/** Whether all was read to the end. */
	isComplete = false;
	/** Pages read so far. */
	count = 0;
	/** What came instead of a page, where one did not come. */
	missing: NoPage | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly search: Search,
	) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<NewEntries, void> {
		const news = this.news();
		for (let number = 1; this.count < this.search.mostPages; number++) {
			const page = await this.ask(number);
			if (!page) return;
			const earlier = number === 1 ? await this.pageZero(page.entries) : [];
			if (!earlier) return;
			const fromZero = news(earlier);
			const entries = news(page.entries);
			this.count++;
			const isLast = entries.length === 0;
			this.isComplete = isLast;
			yield { entries: [...fromZero, ...entries], response: page.response };
			if (isLast) return;
		}
	}

	/** A page; undefined where none came. */
	private async ask(number: number): Promise<Page | undefined> {
		const page = await askForPage(this.transport, this.search, this.search.filter, number, SIZE);
		if (page.kind === 'page') return page;
		this.missing = page;
		return undefined;
	}

	/** What stands before page 1; undefined where that could not be read. */
	private async pageZero(one: readonly IDataObject[]): Promise<readonly IDataObject[] | undefined> {
		const first = await firstPageOf(this.transport, this.search, this.search.filter, one);
		if (first === 1) return [];
		if (first === 0) return (await this.ask(0))?.entries;
		this.missing = first;
		return undefined;
	}

	private news(): (entries: readonly IDataObject[]) => IDataObject[] {
		const seen = new Set<string>();
		return (entries) =>
			entries.filter((entry) => {
				const key = this.search.keyOf(entry);
				if (key === undefined || seen.has(key)) return false;
				seen.add(key);
				return true;
			});
	}
}
