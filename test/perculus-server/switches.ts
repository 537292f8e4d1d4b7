import { randomUUID } from 'node:crypto';
import type { AttendeeInput } from './attendeeBatch';
import type { Refusal } from './batch';
import { ACCESS_KEY, SECRET_KEY, type Route } from './routes';
import type { SessionInput } from './sessionItem';
import type { GuidCase, Json, JsonObject } from './values';

/** What tests can change of the API. D: documented, I: inferred, A: assumed, so a client works with each value. */
export type Switches = ReturnType<typeof defaultSwitches>;

export const defaultSwitches = () => ({
	accessKey: ACCESS_KEY, // D: every request is signed with the pair; its values are made up
	secretKey: SECRET_KEY,
	basePaths: ['/xapi/v2', '/api/groups/xapi'] as readonly string[], // D: both exist
	pathIds: 'decoded' as 'decoded' | 'raw', // A: whether `%40` in a path is `@`
	missingRoutes: [] as readonly Route[], // A: a 404 page, before the keys are checked
	latencyMs: 0, // of every response; the request is applied immediately
	clock: (() => new Date()) as () => Date | string, // D: one reading for each batch. A text has microseconds
	stamps: 'micros' as 'micros' | 'ticksUtc', // D: v2: six digits and an offset; v1: seven and `Z`
	guidCase: 'upper' as GuidCase, // D: upper case in responses, either in requests
	language: 'en' as 'en' | 'tr', // D: both exist. A: what selects one

	// Batches of sessions and of attendees
	batchLimit: null as number | null, // A: more items than this are refused as a whole,
	batchLimitStatus: 400 as 400 | 413, // A: with code 38 (attendees: 41), or by a proxy's page
	// A: a value of a wrong type is its item's code 12, or refuses the body, with or without a code
	malformed: 'perItem' as 'perItem' | 'wholeBody12' | 'modelBinding',
	malformedGuid: 'notFound' as 'notFound' | 'malformed', // A: unknown, or of a wrong type
	details: 'documented' as 'documented' | 'string' | 'array' | 'objects' | 'absent', // of `state`
	order: 'documented' as 'documented' | 'request' | 'reversed' | 'shuffled', // of the results
	seed: 1, // of everything that is shuffled or chosen
	strictFieldNames: false, // A: unknown names, also in `options`, are code 12, or ignored
	allFailedBody: 'lists' as 'lists' | 'code13', // I: lists; v1: code 13
	stranger: 0, // A: so many results that weren't asked for are in `approved`
	omit: 0 as number | ((item: SessionInput & AttendeeInput, index: number) => boolean), // A: left out

	// Sessions
	newGuid: randomUUID as () => string,
	defaultLang: 'tr-TR', // D. A: may differ from account to account
	defaultTimezone: 'Europe/Istanbul', // D. A: also the zone of creation and update dates
	names: 'kept' as 'kept' | 'trimmed' | 'collapsed' | 'nfc', // A
	tags: 'kept' as 'kept' | 'tidied', // A: tidied is sorted, joined by ", "
	tagsOnUpdate: 'replace' as 'replace' | 'join', // A
	descriptionEchoed: false, // D: null in the sample of a batch; search and get show it
	offset: 'keepDigits' as 'keepDigits' | 'convert' | 'utcDigits', // A: an offset other than `Z`
	acceptsNoOffset: false, // A: a date without an offset is malformed, or its digits are kept
	repeatedHour: 'first' as 'first' | 'second', // A: a time that occurs twice
	zoneChange: 'digits' as 'digits' | 'instant', // A: what an update of only the zone keeps
	// The rejected model: A, the request view; B, the internal entity. D: the sample's one example of each
	createRejectedShape: 'documented' as 'documented' | 'A' | 'B' | 'null',
	updateRejectedShape: 'documented' as 'documented' | 'A' | 'B' | 'null',
	createEntityGuid: 'fresh' as 'fresh' | 'null' | 'zero', // A: in shape B of a create
	optionsOnUpdate: 'merge' as 'merge' | 'replace', // A: laid over the stored ones or the defaults
	licenseLimit: null as number | null, // A: creates past this number get code 35
	refuse: (() => null) as (item: SessionInput, index: number) => Refusal | null, // a test's own
	deleteAnswer: 'empty' as 'empty' | 'json', // A: 204 (as in v1), or 200 and the session
	secondDelete: 'notFound' as 'notFound' | 'empty', // A: 404 and code 30, or 204
	deletedInGet: 'gone' as 'gone' | 'shown', // A: 404, or shown with status -1

	// Searches
	nameMatch: 'partial' as 'partial' | 'exact', // A: both ignore case
	tagsMatch: 'part' as 'part' | 'text' | 'tag' | 'ignored', // A: of the tags' text; all ignore case
	pageSizeMax: 100, // A: a larger page is cut to this size
	firstPage: 1 as 0 | 1, // A: the sample asks for 1
	pageBelowFirst: 'first' as 'first' | 'empty' | 'refused', // A: refused is code 12
	searchOrder: 'createdDesc' as 'createdDesc' | 'shuffled', // A
	searchBounds: 'digits' as 'digits' | 'instant', // A: compared with wall clocks, or as instants
	searchLag: 0, // A: so many searches (pages) miss a change; get shows it at once
	deletedInSearch: 'gone' as 'gone' | 'shown', // A: shown with status -1

	// Attendees
	attendeeKeys: 'guid' as 'guid' | 'id', // I: `session_guid`; v1: `session_id`, `user_id`
	emails: 'kept' as 'kept' | 'lowerCase', // A
	attendeeStatus: 'byResult' as 'byResult' | 'always200', // I: as for sessions; v1: always 200
	attendeeRejectedModel: 'sent' as 'sent' | 'entity' | 'null', // A
	// A: code, user, email in this order name the attendee, or another beside a code is code 15
	attendeeSelectors: 'firstOf' as 'firstOf' | 'refused',
	// A: adding again keeps what isn't sent, or resets it to the user's values or the guest's defaults
	attendeeUnsent: 'kept' as 'kept' | 'reset',
	refuseAttendee: (() => null) as (item: AttendeeInput, index: number) => Refusal | null,
	attendeeList: 'bare' as 'bare' | 'data', // I: a bare array, as for sessions, or `data` of an object
	attendeePaging: 'paged' as 'paged' | 'whole', // A

	// Reports
	reportMethod: 'POST' as 'POST' | 'GET' | 'both', // D: POST; the vendor's client sends GET
	reportOtherMethod: 405 as 405 | 'page', // A: or a 404 page
	// A: before the finish: 404 and code 31, nothing, zeros, or what is known without a finish
	reportNotReady: 'code31' as 'code31' | 'noContent' | 'emptyBody' | 'zeros' | 'soFar',
	reportLag: 0, // A: so many requests after the finish find it not ready
	reportBody: 'json' as 'json' | 'text' | 'noPeople', // A: noPeople has no `user_stats`
	durationOnFinish: 'actual' as 'actual' | 'planned', // D: a finish changes the session's duration
	editReport: ((report) => report) as (report: JsonObject) => Json, // a test's own changes
	userStats: 'list' as 'list' | 'byCode' | 'byEmail', // A
	reportUserKey: 'user_id' as 'user_id' | 'user_guid', // D (v1): `user_id`
	liveUnit: 'seconds' as 'seconds' | 'minutes', // I: seconds; the unit isn't stated
	reportAbsent: 'missing' as 'missing' | 'zeros', // A: attendees who never came
	reportGuests: 'whole' as 'whole' | 'withoutCode' | 'withoutEmail', // A: of guests
	reportEntries: 'perPerson' as 'perPerson' | 'perVisit', // A
});
