import { randomUUID } from 'node:crypto';
import type { Refusal } from '../batch/switches';
import type { OffsetRule, RepeatedHour } from '../values/startDate';
import type { SessionInput } from './batch/item';
import type { AutoStartKey } from './options';

/**
 * How a rejected item's model looks. `A`: the request view. `B`: the internal entity. `null`: none.
 * `documented` is what the vendor's one sample shows, refined by the narrower switches below.
 */
export type RejectedShape = 'documented' | 'A' | 'B' | 'null';

/** Switches of making and changing sessions. */
export interface SessionSwitches {
	/** The GUIDs of new sessions. */
	newGuid: () => string;
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
	/** Assumed: what the server makes of tags before it keeps them. `tidied`: sorted, joined by ", ". */
	tags: 'kept' | 'tidied';
	/** Assumed: whether an update's tags take the place of the old ones or are added to them. */
	tagsOnUpdate: 'replace' | 'join';
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

	/** Assumed: the 400 body when every session failed. `code13` is the v1 form. */
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
	/**
	 * Assumed: the same GUID twice in a batch. `apply`: one after the other, both approved.
	 * `once`: all are applied, one result. `rejectLater`, `rejectAll`: code 12.
	 */
	duplicateGuid: 'apply' | 'once' | 'rejectLater' | 'rejectAll';
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

	/** Assumed: more items than this are refused as a whole; null for no limit. */
	batchLimit: number | null;
	/** Assumed: creates past this number (since the start or the reset) get code 35. */
	licenseLimit: number | null;
	/** A test's own refusals; asked for every item that would otherwise be applied. */
	refuse: (item: SessionInput, index: number) => Refusal | null;

	/** Assumed: a delete is answered with 204 (as in v1), or with 200 and the deleted session. */
	deleteAnswer: 'empty' | 'json';
	/** Assumed: a second delete finds nothing (404, code 30), or is answered with 204. */
	secondDelete: 'notFound' | 'empty';
	/** Assumed: get of a deleted session finds nothing (404, code 30), or shows it with status -1. */
	deletedInGet: 'gone' | 'shown';
}

export function sessionDefaults(): SessionSwitches {
	return {
		newGuid: randomUUID,
		defaultLang: 'tr-TR',
		defaultTimezone: 'Europe/Istanbul',
		langs: 'any',
		nameMax: null,
		names: 'kept',
		tags: 'kept',
		tagsOnUpdate: 'replace',
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
		stranger: 0,
		omit: 0,
		optionsOnUpdate: 'merge',
		nullFields: 'ignore',
		emptyGuid: 'create',
		duplicateGuid: 'apply',
		malformedEcho: 'null',
		numericStrings: false,
		strictOptionNames: false,
		strictFieldNames: false,
		autoStartKey: 'both',
		batchLimit: null,
		licenseLimit: null,
		refuse: () => null,
		deleteAnswer: 'empty',
		secondDelete: 'notFound',
		deletedInGet: 'gone',
	};
}
