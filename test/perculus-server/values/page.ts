import { own, type JsonObject } from './json';

/** How a search divides what it finds; see the switches of these names. */
export interface Paging {
	pageSizeDefault: number;
	pageSizeMax: number;
	firstPage: 0 | 1;
	pageBelowFirst: 'first' | 'empty' | 'refused';
}

function whole(filter: JsonObject, key: string, fallback: number): number {
	const value = own(filter, key);
	return typeof value === 'number' && Number.isInteger(value) ? value : fallback;
}

/** The page that `page_number` and `page_size` ask for; null where its number is refused. */
export function pageOf<T>(found: readonly T[], filter: JsonObject, paging: Paging): T[] | null {
	const { pageSizeDefault, pageSizeMax, firstPage, pageBelowFirst } = paging;
	const size = Math.min(Math.max(whole(filter, 'page_size', pageSizeDefault), 1), pageSizeMax);
	const page = whole(filter, 'page_number', firstPage) - firstPage;
	if (page < 0 && pageBelowFirst !== 'first') return pageBelowFirst === 'empty' ? [] : null;
	const from = Math.max(page, 0) * size;
	return found.slice(from, from + size);
}
