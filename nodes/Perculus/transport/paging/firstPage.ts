import type { IDataObject } from 'n8n-workflow';

import { askForPage, isNoSuchPage, type NoPage, type Paged } from './page';
import type { Transport } from '../transport';

/** The number of the first page. */
export type FirstPage = 0 | 1;

export interface Counting extends Paged {
	/** Searches that number their pages alike: one account, one kind of search. */
	counting: string;
	/** What tells an entry from all others. */
	keyOf(entry: IDataObject): string | undefined;
}

/** Enough that two pages hardly become the same one by what others do between the two requests. */
const SIZE = 10;

const known = new Map<string, FirstPage>();
/** Questions under way, so that searches side by side ask once. Not shared between runs: one may be cancelled. */
const asked = new WeakMap<Transport, Map<string, Promise<FirstPage | NoPage>>>();

/**
 * Finds out whether a search counts its pages from 0 or from 1, which is documented nowhere, by comparing the two. Where
 * the search finds nothing on page 1, that is done without its filter. Once found out, this process remembers it; while
 * there is nothing at all to tell it by, there is nothing to be found either, and page 1 will do.
 *
 * @param one what page 1 of the search has
 */
export async function firstPageOf(
	transport: Transport,
	search: Counting,
	filter: IDataObject,
	one: readonly IDataObject[],
): Promise<FirstPage | NoPage> {
	const { counting } = search;
	const remembered = known.get(counting);
	if (remembered !== undefined) return remembered;

	const questions = asked.get(transport) ?? new Map<string, Promise<FirstPage | NoPage>>();
	asked.set(transport, questions);
	// What is found tells more than what is not; that one thing has nothing below it tells nothing of another.
	const key = one.length > 0 ? `${counting} found` : `${counting} ${search.path}`;
	const question =
		questions.get(key) ??
		(one.length > 0
			? compare(transport, search, filter, one)
			: withoutFilter(transport, search, filter));
	questions.set(key, question);
	const first = await question;
	// What did not come may come the next time: one failure is not that of all that follow.
	if (typeof first === 'object' && questions.get(key) === question) questions.delete(key);
	return first;
}

async function compare(
	transport: Transport,
	search: Counting,
	filter: IDataObject,
	one: readonly IDataObject[],
): Promise<FirstPage | NoPage> {
	const { counting } = search;
	const zero = await askForPage(transport, search, filter, 0, SIZE);
	if (zero.kind !== 'page') return isNoSuchPage(zero) ? remember(counting, 1) : zero;
	return decide(search, zero.entries, one);
}

/** Page 0 is the first unless it is empty, or is what page 1 is. */
function decide(
	{ counting, keyOf }: Counting,
	zero: readonly IDataObject[],
	one: readonly IDataObject[],
): FirstPage {
	const keys = new Set(one.map(keyOf));
	const common = zero.filter((entry) => keys.has(keyOf(entry))).length;
	return remember(counting, common * 2 >= zero.length ? 1 : 0);
}

async function withoutFilter(
	transport: Transport,
	search: Counting,
	filter: IDataObject,
): Promise<FirstPage | NoPage> {
	const { counting } = search;
	const zero = await askForPage(transport, search, {}, 0, SIZE);
	if (zero.kind === 'page' && zero.entries.length === 0) return 1;
	if (zero.kind === 'page') {
		const one = await askForPage(transport, search, {}, 1, SIZE);
		if (one.kind === 'page') return decide(search, zero.entries, one.entries);
		return isNoSuchPage(one) ? remember(counting, 0) : one;
	}
	if (!isNoSuchPage(zero)) return zero;
	// Refused for its number, or because a search has to look for something.
	const filtered = await askForPage(transport, search, filter, 0, SIZE);
	if (filtered.kind !== 'page') return isNoSuchPage(filtered) ? remember(counting, 1) : filtered;
	return filtered.entries.length > 0 ? remember(counting, 0) : 1;
}

function remember(counting: string, first: FirstPage): FirstPage {
	known.set(counting, first);
	return first;
}
