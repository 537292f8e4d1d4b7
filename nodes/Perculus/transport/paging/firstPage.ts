import type { IDataObject } from 'n8n-workflow';

import { askForPage, isNoSuchPage, type NoPage, type Paged } from './page';
import type { Transport } from '../transport';

/** The number of the first page; 'unclear' where there is nothing yet to tell it by. */
export type FirstPage = 0 | 1 | 'unclear';

export interface Counting extends Paged {
	/** Searches that number their pages alike: one account, one kind of search. */
	counting: string;
	/** What tells an entry from all others. */
	keyOf(entry: IDataObject): string | undefined;
}

/** Enough that two pages hardly become the same one by what others do between the two requests. */
const SIZE = 10;

const known = new Map<string, 0 | 1>();
/** Questions under way, so that searches side by side ask once. Not shared between runs: one may be cancelled. */
const underWay = new WeakMap<Transport, Map<string, Promise<FirstPage | NoPage>>>();

/**
 * Finds out whether a search counts its pages from 0 or from 1, which is documented nowhere, by what it calls page 1 and
 * page 0, whatever is in them; once found out, this process remembers it.
 */
export async function firstPageOf(
	transport: Transport,
	search: Counting,
): Promise<FirstPage | NoPage> {
	const { counting } = search;
	const remembered = known.get(counting);
	if (remembered !== undefined) return remembered;

	const asked = underWay.get(transport) ?? new Map<string, Promise<FirstPage | NoPage>>();
	underWay.set(transport, asked);
	const question = asked.get(counting) ?? compare(transport, search);
	asked.set(counting, question);
	try {
		const first = await question;
		if (typeof first === 'number') known.set(counting, first);
		return first;
	} finally {
		asked.delete(counting);
	}
}

async function compare(transport: Transport, search: Counting): Promise<FirstPage | NoPage> {
	const { keyOf } = search;
	// In this order: what is made between the two requests moves page 0 away from page 1, never on to it.
	const one = await askForPage(transport, search, {}, 1, SIZE);
	if (one.kind === 'failed') return one;
	if (one.kind === 'refused') return 'unclear';
	const zero = await askForPage(transport, search, {}, 0, SIZE);
	if (zero.kind !== 'page') return isNoSuchPage(zero) ? 1 : zero;
	if (zero.entries.length === 0) return one.entries.length > 0 ? 1 : 'unclear';

	const keys = new Set(one.entries.map(keyOf));
	const common = zero.entries.filter((entry) => keys.has(keyOf(entry))).length;
	return common * 2 >= zero.entries.length ? 1 : 0;
}
