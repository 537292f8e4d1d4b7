/** Switches of finding sessions. */
export interface SearchSwitches {
	/** Assumed: whether search finds a part of a name or only the whole (both ignore case). */
	nameMatch: 'partial' | 'exact';
	/**
	 * Assumed: what `tags` asks for. `part`: a part of the session's tags text. `text`: the whole of
	 * it. `tag`: each of the filter's tags is one of the session's. All ignore case. `ignored`: the
	 * filter does nothing.
	 */
	tagsMatch: 'part' | 'text' | 'tag' | 'ignored';
	/** Assumed: the page size where none is asked for. */
	pageSizeDefault: number;
	/** Assumed: a larger page is cut to this size without a word. */
	pageSizeMax: number;
	/** Assumed: the number of the first page (the sample asks for 1). */
	firstPage: 0 | 1;
	/** Assumed: a page before the first is the first one, is empty, or is refused (code 12). */
	pageBelowFirst: 'first' | 'empty' | 'refused';
	/** Assumed: the order of a search's answer. */
	searchOrder: 'start' | 'startDesc' | 'created' | 'createdDesc' | 'shuffled';
	/** Assumed: whether `end_date` takes its whole day in. */
	endDate: 'inclusive' | 'exclusive';
	/** Assumed: bounds compare with the wall clock of each session, or as instants. */
	searchBounds: 'digits' | 'instant';
	/** Assumed: a new session is found only after this time. Batches know it at once. */
	visibilityDelayMs: number;
	/**
	 * Assumed: so many searches still miss a session that was created, changed or deleted since; the
	 * next one shows it. Each page counts as a search. Get knows at once.
	 */
	searchLag: number;
	/** Assumed: whether get finds a new session at once, or as late as search does. */
	visibilityDelayOn: 'search' | 'searchAndGet';
	/** Assumed: whether search still finds deleted sessions, with status -1. */
	deletedInSearch: 'gone' | 'shown';
	/** A status that every search answers instead. */
	searchFails: number | null;
}

export function searchDefaults(): SearchSwitches {
	return {
		nameMatch: 'partial',
		tagsMatch: 'part',
		pageSizeDefault: 10,
		pageSizeMax: 100,
		firstPage: 1,
		pageBelowFirst: 'first',
		searchOrder: 'createdDesc',
		endDate: 'inclusive',
		searchBounds: 'digits',
		visibilityDelayMs: 0,
		searchLag: 0,
		visibilityDelayOn: 'search',
		deletedInSearch: 'gone',
		searchFails: null,
	};
}
