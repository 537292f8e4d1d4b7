import { randomUUID } from 'node:crypto';
import { ACCESS_KEY, SECRET_KEY } from './http/bearer';
import type { Clock, StampForm } from './values/clock';
import type { SessionInput } from './session/item';
import type { Json } from './values/json';
import type { AutoStartKey } from './session/options';
import type { OffsetRule, RepeatedHour } from './values/startDate';
import type { DetailsShape, Language } from './values/texts';

/**
 * How a rejected item's model looks. `A`: the request view. `B`: the internal entity. `null`: none.
 * `documented` is what the vendor's one sample shows, refined by the narrower switches below.
 */
export type RejectedShape = 'documented' | 'A' | 'B' | 'null';

/** An item's refusal by a test's own rule. */
export interface Refusal {
	code: number;
	details?: Json;
	/** Assumed: validation failures carry shape A, later ones shape B. Default `later`. */
	stage?: 'validation' | 'later';
}

/**
 * Everything about the vendor's API that a test may want otherwise. "Documented" marks a fact with
 * a source in the API notes; "Assumed" marks a choice that no source settles, so a client has to
 * work with every value of it.
 */
export interface Switches {
	/** Documented: every request is signed with this pair (the formula; the values are made up). */
	accessKey: string;
	secretKey: string;
	/** Assumed: an unknown path is answered without a body. Documented: both spellings exist. */
	basePaths: readonly string[];

	/** Documented: one reading per batch, shared by all its items. The Date header reads anew. */
	clock: Clock;
	/** The server's clock ahead of `clock`: moves its stamps, the past check and the Date header. */
	clockSkewMs: number;
	/** Assumed: whether there is a Date header (a proxy may strip it). */
	dateHeader: boolean;
	/** Documented: v2 answers have up to six digits and an offset, v1 samples seven and `Z`. */
	stamps: StampForm;
	/** The GUIDs of new sessions. */
	newGuid: () => string;
	/** Documented: GUIDs come back in upper case, and requests may use either. */
	guidCase: 'upper' | 'lower' | 'mixed';

	/** Documented: `tr-TR`. Assumed: that it may differ from account to account. */
	defaultLang: string;
	/** Documented: `Europe/Istanbul`. Assumed: it is the zone of the stamps, too. */
	defaultTimezone: string;
	/** Assumed: languages accepted, or any. Another one is refused with code 12. */
	langs: readonly string[] | 'any';
	/** Assumed: the longest name accepted; null for no limit. */
	nameMax: number | null;
	/** Assumed: what the server makes of a name before it keeps and echoes it. */
	names: 'kept' | 'trimmed' | 'collapsed' | 'nfc';
	/** Assumed: the sample shows null though a description was sent; search and get show it. */
	descriptionEchoed: boolean;

	/** Assumed: what a non-zero offset does. Documented: with `Z` the digits are kept. */
	offset: OffsetRule;
	/** Assumed: whether a date without any offset is accepted (digits kept) or malformed. */
	acceptsNoOffset: boolean;
	/** Assumed: whether a date without a time is accepted (midnight) or malformed. */
	acceptsDateOnly: boolean;
	/** Assumed: which instant a time means that occurs twice when the clocks go back. */
	repeatedHour: RepeatedHour;
	/** Assumed: how far in the past a start may lie. Documented: a past start is refused. */
	pastToleranceMs: number;
	/** Assumed: what an update of the zone alone keeps: the digits or the instant of the start. */
	zoneChange: 'digits' | 'instant';

	/** Assumed: the 400 body when every item failed. `code13` is the v1 form. */
	allFailedBody: 'lists' | 'code13';
	/** Assumed: the shape for an update that fails validation, where `documented` rules. */
	updateValidationShape: 'A' | 'B';
	/** Assumed: the shape for a create refused by the license, where `documented` rules. */
	createLicenseShape: 'A' | 'B';
	/** Documented: a create that fails validation has shape A. The rest is assumed. */
	createRejectedShape: RejectedShape;
	/** Documented: an update of an unknown session has shape B. The rest is assumed. */
	updateRejectedShape: RejectedShape;
	/** Assumed: the GUID that shape B of a create carries. */
	createEntityGuid: 'fresh' | 'null' | 'zero';
	/** Documented: a list for a failed validation, one text for a later failure. */
	details: DetailsShape;
	/** Documented: both languages exist. Assumed: what selects one. */
	language: Language;
	/** Documented: rejected = later failures, then failed validations. The others are assumed. */
	order: 'documented' | 'request' | 'reversed' | 'shuffled';
	/** Seed of `order: 'shuffled'`, of `searchOrder: 'shuffled'` and of `omit`. */
	seed: number;
	/** Assumed: this many sessions that nobody asked for are added to `approved`. */
	stranger: number;
	/** Assumed: so many results (chosen by the seed), or those of these items, are left out. */
	omit: number | ((item: SessionInput, index: number) => boolean);

	/** Assumed: whether an update's options are laid over the stored ones or over the defaults. */
	optionsOnUpdate: 'merge' | 'replace';
	/** Assumed: whether a null in an update is ignored or restores the default. */
	nullFields: 'ignore' | 'clear';
	/** Assumed: what `session_guid: ""` means. Never send it; `create` is the worst case. */
	emptyGuid: 'create' | 'reject' | 'notFound';
	/** Assumed: what a text that is no GUID is (for attendees: refused alone, documented). */
	malformedGuid: 'notFound' | 'malformed';
	/**
	 * Assumed: the same GUID twice in a batch. `apply`: one after the other, both approved.
	 * `once`: all are applied, one result. `rejectLater`, `rejectAll`: code 12.
	 */
	duplicateGuid: 'apply' | 'once' | 'rejectLater' | 'rejectAll';
	/**
	 * Assumed: what a value of a wrong type does. `perItem`: code 12 for that item. The others
	 * refuse the whole body and apply nothing: with code 12, with code 19, or with the problem
	 * document of a typed server, which has no code.
	 */
	malformed: 'perItem' | 'wholeBody12' | 'wholeBody19' | 'modelBinding';
	/** Assumed: how a malformed value looks in shape A: a typed model cannot hold it. */
	malformedEcho: 'null' | 'raw';
	/** Assumed: whether "90" passes for 90 (v1 samples do it). */
	numericStrings: boolean;
	/** Assumed: unknown names in `options` are refused (code 12) or ignored. */
	strictOptionNames: boolean;
	/** Assumed: unknown names in the item itself are refused (code 12) or ignored. */
	strictFieldNames: boolean;
	/** Assumed: which name of the recording option is accepted in requests. */
	autoStartKey: AutoStartKey;
	/** Assumed: an empty list is answered with two empty lists, or refused (code 19). */
	emptyBatch: 'ok' | 'refused';
	/** Assumed: more items than this are refused as a whole; null for no limit. */
	batchLimit: number | null;
	/** Assumed: 400 with code 38, or 413 with the HTML of a proxy and no code. */
	batchLimitStatus: 400 | 413;
	/** Assumed: creates past this number (since the start or the reset) get code 35. */
	licenseLimit: number | null;
	/** A test's own refusals; asked for every item that would otherwise be applied. */
	refuse: (item: SessionInput, index: number) => Refusal | null;

	/** Assumed: the body of a 401. `json` carries code 14. */
	unauthorizedBody: 'json' | 'empty' | 'html';

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

export function defaultSwitches(): Switches {
	return {
		accessKey: ACCESS_KEY,
		secretKey: SECRET_KEY,
		basePaths: ['/xapi/v2', '/api/groups/xapi'],
		clock: () => new Date(),
		clockSkewMs: 0,
		dateHeader: true,
		stamps: 'micros',
		newGuid: randomUUID,
		guidCase: 'upper',
		defaultLang: 'tr-TR',
		defaultTimezone: 'Europe/Istanbul',
		langs: 'any',
		nameMax: null,
		names: 'kept',
		descriptionEchoed: false,
		offset: 'keepDigits',
		acceptsNoOffset: false,
		acceptsDateOnly: false,
		repeatedHour: 'first',
		pastToleranceMs: 0,
		zoneChange: 'digits',
		allFailedBody: 'lists',
		updateValidationShape: 'A',
		createLicenseShape: 'B',
		createRejectedShape: 'documented',
		updateRejectedShape: 'documented',
		createEntityGuid: 'fresh',
		details: 'documented',
		language: 'en',
		order: 'documented',
		seed: 1,
		stranger: 0,
		omit: 0,
		optionsOnUpdate: 'merge',
		nullFields: 'ignore',
		emptyGuid: 'create',
		malformedGuid: 'notFound',
		duplicateGuid: 'apply',
		malformed: 'perItem',
		malformedEcho: 'null',
		numericStrings: false,
		strictOptionNames: false,
		strictFieldNames: false,
		autoStartKey: 'both',
		emptyBatch: 'ok',
		batchLimit: null,
		batchLimitStatus: 400,
		licenseLimit: null,
		refuse: () => null,
		unauthorizedBody: 'json',
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
