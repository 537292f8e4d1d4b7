import type { IDataObject } from 'n8n-workflow';

import { firstPageOf, type Counting } from './firstPage';
import { askForPage, isNoSuchPage, type NoPage } from './page';
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
 * last. Where it is unclear whether page 0 is the first, pages 0 and 1 come as one.
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
		const { filter, mostPages } = this.search;
		const first = await firstPageOf(this.transport, this.search);
		if (typeof first === 'object') {
			this.missing = first;
			return;
		}
		const news = this.news();
		let held: IDataObject[] = [];
		for (let number = first === 1 ? 1 : 0; this.count < mostPages; number++) {
			const page = await askForPage(this.transport, this.search, filter, number, SIZE);
			if (page.kind !== 'page') {
				if (number === 0 && isNoSuchPage(page)) continue;
				this.missing = page;
				return;
			}
			const entries = news(page.entries);
			if (number === 0 && first === 'unclear') {
				held = entries;
				continue;
			}
			this.count++;
			// Some servers give their first page for number 0, too.
			const isLast =
				number > 0 && (page.entries.length === 0 || (entries.length === 0 && number > 1));
			this.isComplete = isLast;
			yield { entries: [...held, ...entries], response: page.response };
			if (isLast) return;
			held = [];
		}
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
