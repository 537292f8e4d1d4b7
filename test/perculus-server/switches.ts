import { randomUUID } from 'node:crypto';
import type { DetailsShape, Language } from './answers';
import type { AttendeeInput } from './attendeeItem';
import type { Refusal } from './batch';
import type { Clock, OffsetRule, RepeatedHour, StampForm } from './dates';
import { ACCESS_KEY, SECRET_KEY, type Route } from './routes';
import type { SessionInput } from './sessionItem';
import type { RejectedShape } from './sessionRejection';
import type { GuidCase, Json, JsonObject } from './values';

/**
 * Everything about the vendor's API that a test may want otherwise. "Documented" marks a fact with
 * a source in the API notes; "Assumed" a choice that no source settles, so a client has to work with
 * each of its values.
 */
export type Switches = ReturnType<typeof defaultSwitches>;

export function defaultSwitches() {
	return {
		...serverSwitches(),
		...batchSwitches(),
		...sessionSwitches(),
		...searchSwitches(),
		...attendeeSwitches(),
		...reportSwitches(),
	};
}

function serverSwitches() {
	return {
		/** Documented: every request is signed with this pair (the formula; the values are made up). */
		accessKey: ACCESS_KEY,
		secretKey: SECRET_KEY,
		/** Documented: both spellings exist. Assumed: an unknown path is a 404 without a body. */
		basePaths: ['/xapi/v2', '/api/groups/xapi'] as readonly string[],
		/** Assumed: whether `%40` in a path is `@`. With `raw` only ids sent as they are fit. */
		pathIds: 'decoded' as 'decoded' | 'raw',
		/** How long every answer takes, in milliseconds; what it does is done at once. */
		latencyMs: 0,
		/** Documented: one reading for each batch. The Date header reads anew. */
		clock: (() => new Date()) as Clock,
		/** Documented: v2 answers have up to six digits and an offset, v1 samples seven and `Z`. */
		stamps: 'micros' as StampForm,
		/** Documented: fixed. Assumed: both dates of every record are later in each answer. */
		recordDates: 'fixed' as 'fixed' | 'moving',
		/** Documented: GUIDs come back in upper case, and requests may use either. */
		guidCase: 'upper' as GuidCase,
		/** Documented: both languages exist. Assumed: what selects one. */
		language: 'en' as Language,
		/** Inferred: what isn't there is a 404 with its code. Assumed: or a gateway's HTML page. */
		notFoundBody: 'code' as 'code' | 'page',
		/** Assumed: routes that this address doesn't have: a 404 page, before the keys are checked. */
		missingRoutes: [] as readonly Route[] | 'all',
	};
}

/** For every batch, of sessions and of attendees. */
function batchSwitches() {
	return {
		/** Assumed: 400 with code 38 (41 for attendees), or 413 with a proxy's HTML and no code. */
		batchLimitStatus: 400 as 400 | 413,
		/**
		 * Assumed: what a value of a wrong type does. `perItem`: code 12 for that item. The others
		 * refuse the whole body: with code 12, or with a typed server's document, without a code.
		 */
		malformed: 'perItem' as 'perItem' | 'wholeBody12' | 'modelBinding',
		/** Assumed: a text that is no GUID is unknown, or a value of a wrong type. */
		malformedGuid: 'notFound' as 'notFound' | 'malformed',
		/** Documented: a list for a failed validation, one text for a later failure. */
		details: 'documented' as DetailsShape,
		/** Documented: in `rejected`, later failures come before failed validations. */
		order: 'documented' as 'documented' | 'request' | 'reversed' | 'shuffled',
		/** Seed of everything that is shuffled or chosen. */
		seed: 1,
		/** Assumed: names of fields that the API doesn't have are refused (code 12), or ignored. */
		strictFieldNames: false,
	};
}

function sessionSwitches() {
	return {
		/** The GUIDs of new sessions. */
		newGuid: randomUUID as () => string,
		/** Documented: `tr-TR`. Assumed: that it may differ from account to account. */
		defaultLang: 'tr-TR',
		/** Documented: `Europe/Istanbul`. Assumed: it is also the zone of the records' dates. */
		defaultTimezone: 'Europe/Istanbul',
		/** Assumed: what the server does to a name. */
		names: 'kept' as 'kept' | 'trimmed' | 'collapsed' | 'nfc',
		/** Assumed: what the server does to tags. `tidied`: sorted, joined by ", ". */
		tags: 'kept' as 'kept' | 'tidied',
		/** Assumed: whether an update's tags replace the old ones or are added to them. */
		tagsOnUpdate: 'replace' as 'replace' | 'join',
		/** Documented: the sample shows null though a description was sent; search and get show it. */
		descriptionEchoed: false,

		/** Assumed: what an offset other than `Z` does. Documented: with `Z` the digits are kept. */
		offset: 'keepDigits' as OffsetRule,
		/** Assumed: whether a date without any offset is accepted (digits kept) or malformed. */
		acceptsNoOffset: false,
		/** Assumed: which instant a time means that occurs twice when the clocks go back. */
		repeatedHour: 'first' as RepeatedHour,
		/** Assumed: what an update of only the zone keeps: the start's digits or its instant. */
		zoneChange: 'digits' as 'digits' | 'instant',

		/** Inferred: the 400 body when every session failed has lists. `code13` is the v1 form. */
		allFailedBody: 'lists' as 'lists' | 'code13',
		/** Assumed: the shape for a create refused by the license, where `documented` rules. */
		createLicenseShape: 'B' as 'A' | 'B',
		/** Documented: a create that fails validation has shape A. Assumed: the rest. */
		createRejectedShape: 'documented' as RejectedShape,
		/** Documented: an update of an unknown session has shape B. Assumed: the rest. */
		updateRejectedShape: 'documented' as RejectedShape,
		/** Assumed: the GUID that shape B of a create has. */
		createEntityGuid: 'fresh' as 'fresh' | 'null' | 'zero',
		/** Assumed: so many sessions that nobody asked for are added to `approved`. */
		stranger: 0,
		/** Assumed: so many results (chosen by the seed), or those of these items, are left out. */
		omit: 0 as number | ((item: SessionInput, index: number) => boolean),

		/** Assumed: whether an update's options are laid over the stored ones or over the defaults. */
		optionsOnUpdate: 'merge' as 'merge' | 'replace',
		/** Assumed: names in `options` that the API doesn't have are refused (code 12), or ignored. */
		strictOptionNames: false,
		/** Assumed: more items than this are refused as a whole; null for no limit. */
		batchLimit: null as number | null,
		/** Assumed: creates past this number (since the start or the reset) get code 35. */
		licenseLimit: null as number | null,
		/** A test's own refusals; asked for every item that would otherwise be applied. */
		refuse: (() => null) as (item: SessionInput, index: number) => Refusal | null,

		/** Assumed: a delete is answered with 204 (as in v1), or with 200 and the deleted session. */
		deleteAnswer: 'empty' as 'empty' | 'json',
		/** Assumed: a second delete finds nothing (404, code 30), or is answered with 204. */
		secondDelete: 'notFound' as 'notFound' | 'empty',
		/** Assumed: get of a deleted session finds nothing, or shows it with status -1. */
		deletedInGet: 'gone' as 'gone' | 'shown',
	};
}

function searchSwitches() {
	return {
		/** Assumed: whether search finds a part of a name or only the whole (both ignore case). */
		nameMatch: 'partial' as 'partial' | 'exact',
		/**
		 * Assumed: what `tags` asks for. `part`: a part of the session's tags text. `text`: the whole
		 * of it. `tag`: each of the filter's tags is one of the session's. All ignore case.
		 */
		tagsMatch: 'part' as 'part' | 'text' | 'tag' | 'ignored',
		/** Assumed: a larger page is cut to this size. */
		pageSizeMax: 100,
		/** Assumed: the number of the first page (the sample asks for 1). */
		firstPage: 1 as 0 | 1,
		/** Assumed: a page before the first is the first one, is empty, or is refused (code 12). */
		pageBelowFirst: 'first' as 'first' | 'empty' | 'refused',
		/** Assumed: the order of a search's answer. */
		searchOrder: 'createdDesc' as 'createdDesc' | 'shuffled',
		/** Assumed: whether `end_date` includes its whole day. */
		endDate: 'inclusive' as 'inclusive' | 'exclusive',
		/** Assumed: bounds compare with the wall clock of each session, or as instants. */
		searchBounds: 'digits' as 'digits' | 'instant',
		/**
		 * Assumed: so many searches still miss a session that was created, changed or deleted since;
		 * the next one shows it. Each page counts as a search. Get knows at once.
		 */
		searchLag: 0,
		/** Assumed: whether search still finds deleted sessions, with status -1. */
		deletedInSearch: 'gone' as 'gone' | 'shown',
		/** A status that every search answers instead. */
		searchFails: null as number | null,
	};
}

function attendeeSwitches() {
	return {
		/** Inferred: v2's views have session_guid and user_guid. `id`: v1's session_id and user_id. */
		attendeeKeys: 'guid' as 'guid' | 'id',
		/** Assumed: what the server does to an email address. */
		emails: 'kept' as 'kept' | 'lowerCase',
		/** Assumed: 200, 207 or 400 as for sessions, or 200 whatever became of the items (as in v1). */
		attendeeStatus: 'byResult' as 'byResult' | 'always200',
		/** Assumed: the body when every item failed. `code13` is the v1 form; its status is 400. */
		attendeeAllFailedBody: 'lists' as 'lists' | 'code13',
		/** Assumed: a rejected item's model: what was sent, an internal entity, or none. */
		attendeeRejectedModel: 'sent' as 'sent' | 'entity' | 'null',
		/**
		 * Assumed: attendance code, then user, then email decides, and the others are values. `refused`:
		 * code 15 for another one beside an attendance code. Documented: an email beside a user is a value.
		 */
		attendeeSelectors: 'firstOf' as 'firstOf' | 'refused',
		/**
		 * Assumed: what adding again by user or email does to fields that weren't sent. `reset`: a user's
		 * own values, or a guest's role `u` and no mobile. Updates by attendance code keep them.
		 */
		attendeeUnsent: 'kept' as 'kept' | 'reset',
		/**
		 * Documented: code 51 comes with 409 where it is the whole answer. Assumed: a conflict is its
		 * item's rejection, or (`wholeBody`) refuses the whole list with 409, and nothing is saved.
		 */
		mailConflict: 'perItem' as 'perItem' | 'wholeBody',
		/** Assumed: more attendees than this are refused as a whole; null for no limit. */
		attendeeLimit: null as number | null,
		/** As `refuse`, `omit` and `stranger`, for attendees. */
		refuseAttendee: (() => null) as (item: AttendeeInput, index: number) => Refusal | null,
		attendeeOmit: 0 as number | ((item: AttendeeInput, index: number) => boolean),
		attendeeStranger: 0,
		/** Inferred: search answers a bare array, as for sessions. `data`: an object with the list. */
		attendeeList: 'bare' as 'bare' | 'data',
		/** Assumed: whether search divides what it finds into pages, or answers all of it. */
		attendeePaging: 'paged' as 'paged' | 'whole',
	};
}

/** Documented: paths, names of fields, seconds in the session's report. */
function reportSwitches() {
	return {
		/** The docs say POST, the vendor's client sends GET. */
		reportMethod: 'POST' as 'POST' | 'GET' | 'both',
		/** Assumed: the answer to the other method. `page`: an HTML page with 404, without a code. */
		reportOtherMethod: 405 as 405 | 'page',
		/**
		 * Assumed: a report before the session is finished. `code31`: 404 with the documented code.
		 * `zeros`: a report in which nothing happened. `soFar`: the real one, without a date of finish.
		 */
		reportNotReady: 'code31' as 'code31' | 'noContent' | 'emptyBody' | 'zeros' | 'soFar',
		/** Assumed: so many requests for a report after the finish are still answered as not ready. */
		reportLag: 0,
		/** Documented: `NONE`, or what went wrong while the session was packed. */
		reportErrorCode: 'NONE',
		/** Assumed: `text`: 200 with words instead of JSON. `noPeople`: no `user_stats` in it. */
		reportBody: 'json' as 'json' | 'text' | 'noPeople',
		/** Documented: a finish changes the session's `duration`. Assumed: or it leaves it alone. */
		durationOnFinish: 'actual' as 'actual' | 'planned',
		/** A test's own changes to a report before it is sent. */
		editReport: ((report) => report) as (report: JsonObject) => Json,
		/** Assumed: a list, or an object with attendance codes or email addresses as its keys. */
		userStats: 'list' as 'list' | 'byCode' | 'byEmail',
		/** Documented (v1): `user_id`. Inferred: `user_guid` in v2. */
		reportUserKey: 'user_id' as 'user_id' | 'user_guid',
		/** Assumed: the unit of one person's durations, which isn't stated. */
		liveUnit: 'seconds' as 'seconds' | 'minutes',
		/** Assumed: whether attendees who never came are in the report, with zeros. */
		reportAbsent: 'missing' as 'missing' | 'zeros',
		/** Assumed: what the report knows of guests (attendees who are no users). */
		reportGuests: 'whole' as 'whole' | 'withoutCode' | 'withoutEmail',
		/** Assumed: an entry for each person, or for each of their visits (not in an object). */
		reportEntries: 'perPerson' as 'perPerson' | 'perVisit',
	};
}
