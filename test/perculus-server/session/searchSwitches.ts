/** Switches of finding sessions. */
export interface SearchSwitches {
	/** Assumed: whether search finds a part of a name or only the whole (both ignore case). */
	nameMatch: 'partial' | 'exact';
	/** Assumed: the page size where none is asked for. */
	pageSizeDefault: number;
	/** Assumed: a larger page is cut to this size without a word. */
	pageSizeMax: number;
	/** Assumed: the number of the first page (the sample asks for 1). */
	firstPage: 0 | 1;
	/** Assumed: the order of a search's answer. */
	searchOrder: 'start' | 'startDesc' | 'created' | 'createdDesc' | 'shuffled';
	/** Assumed: whether `end_date` takes its whole day in. */
	endDate: 'inclusive' | 'exclusive';
	/** Assumed: bounds compare with the wall clock of each session, or as instants. */
	searchBounds: 'digits' | 'instant';
	/** Assumed: a new session is found only after this time (get finds it at once). */
	visibilityDelayMs: number;
	/** A status that every search answers instead. */
	searchFails: number | null;
}

export function searchDefaults(): SearchSwitches {
	return {
		nameMatch: 'partial',
		pageSizeDefault: 10,
		pageSizeMax: 100,
		firstPage: 1,
		searchOrder: 'createdDesc',
		endDate: 'inclusive',
		searchBounds: 'digits',
		visibilityDelayMs: 0,
		searchFails: null,
	};
}
