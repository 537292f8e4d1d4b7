import type { Switches } from './switches';

/** The values to choose from, or what any value has to be. */
type Kind = ReadonlyArray<string | number> | 'text' | 'number';

/** The switches that a plain text, number or yes/no can express. */
export const FLAGS = {
	'all-failed-body': ['allFailedBody', ['lists', 'code13']],
	'create-rejected-shape': ['createRejectedShape', ['documented', 'A', 'B', 'null']],
	'update-rejected-shape': ['updateRejectedShape', ['documented', 'A', 'B', 'null']],
	details: ['details', ['documented', 'string', 'array', 'objects', 'absent']],
	language: ['language', ['en', 'tr']],
	order: ['order', ['documented', 'request', 'reversed', 'shuffled']],
	'options-on-update': ['optionsOnUpdate', ['merge', 'replace']],
	'null-fields': ['nullFields', ['ignore', 'clear']],
	'empty-guid': ['emptyGuid', ['create', 'reject', 'notFound']],
	malformed: ['malformed', ['perItem', 'wholeBody12', 'wholeBody19', 'modelBinding']],
	offset: ['offset', ['keepDigits', 'convert', 'utcDigits']],
	'guid-case': ['guidCase', ['upper', 'lower', 'mixed']],
	names: ['names', ['kept', 'trimmed', 'collapsed', 'nfc']],
	'unauthorized-body': ['unauthorizedBody', ['json', 'empty', 'html']],
	'not-found-body': ['notFoundBody', ['code', 'page']],
	'record-dates': ['recordDates', ['fixed', 'moving']],
	'name-match': ['nameMatch', ['partial', 'exact']],
	'tags-match': ['tagsMatch', ['part', 'text', 'tag', 'ignored']],
	tags: ['tags', ['kept', 'tidied']],
	'tags-on-update': ['tagsOnUpdate', ['replace', 'join']],
	'search-order': ['searchOrder', ['start', 'startDesc', 'created', 'createdDesc', 'shuffled']],
	'end-date': ['endDate', ['inclusive', 'exclusive']],
	'page-below-first': ['pageBelowFirst', ['first', 'empty', 'refused']],
	'visibility-delay-on': ['visibilityDelayOn', ['search', 'searchAndGet']],
	'delete-answer': ['deleteAnswer', ['empty', 'json']],
	'second-delete': ['secondDelete', ['notFound', 'empty']],
	'deleted-in-search': ['deletedInSearch', ['gone', 'shown']],
	'deleted-in-get': ['deletedInGet', ['gone', 'shown']],
	stamps: ['stamps', ['micros', 'ticksUtc']],
	'empty-batch': ['emptyBatch', ['ok', 'refused']],
	'repeated-hour': ['repeatedHour', ['first', 'second']],
	'zone-change': ['zoneChange', ['digits', 'instant']],
	'update-validation-shape': ['updateValidationShape', ['A', 'B']],
	'create-license-shape': ['createLicenseShape', ['A', 'B']],
	'create-entity-guid': ['createEntityGuid', ['fresh', 'null', 'zero']],
	'duplicate-guid': ['duplicateGuid', ['apply', 'once', 'rejectLater', 'rejectAll']],
	'malformed-echo': ['malformedEcho', ['null', 'raw']],
	'auto-start-key': ['autoStartKey', ['documented', 'view', 'both']],
	'search-bounds': ['searchBounds', ['digits', 'instant']],
	'path-ids': ['pathIds', ['decoded', 'raw']],
	'malformed-guid': ['malformedGuid', ['notFound', 'malformed']],
	'attendee-keys': ['attendeeKeys', ['guid', 'id']],
	emails: ['emails', ['kept', 'lowerCase']],
	'attendee-status': ['attendeeStatus', ['byResult', 'always200']],
	'attendee-all-failed-body': ['attendeeAllFailedBody', ['lists', 'code13']],
	'attendee-rejected-model': ['attendeeRejectedModel', ['sent', 'entity', 'null']],
	'attendee-selectors': ['attendeeSelectors', ['firstOf', 'refused']],
	'attendee-unsent': ['attendeeUnsent', ['kept', 'reset']],
	'mail-conflict': ['mailConflict', ['perItem', 'wholeBody']],
	'attendee-list': ['attendeeList', ['bare', 'data']],
	'attendee-paging': ['attendeePaging', ['paged', 'whole']],
	'report-method': ['reportMethod', ['POST', 'GET', 'both']],
	'report-not-ready': ['reportNotReady', ['code31', 'noContent', 'emptyBody', 'zeros', 'soFar']],
	'report-lag': ['reportLag', 'number'],
	'report-error-code': ['reportErrorCode', 'text'],
	'report-body': ['reportBody', ['json', 'text', 'noPeople']],
	'duration-on-finish': ['durationOnFinish', ['actual', 'planned']],
	'user-stats': ['userStats', ['list', 'byCode', 'byEmail']],
	'report-user-key': ['reportUserKey', ['user_id', 'user_guid']],
	'live-unit': ['liveUnit', ['seconds', 'minutes']],
	'report-absent': ['reportAbsent', ['missing', 'zeros']],
	'report-guests': ['reportGuests', ['whole', 'withoutCode', 'withoutEmail']],
	'report-entries': ['reportEntries', ['perPerson', 'perVisit']],
	'report-other-method': ['reportOtherMethod', [405, 'page']],
	'default-lang': ['defaultLang', 'text'],
	'default-timezone': ['defaultTimezone', 'text'],
	'batch-limit': ['batchLimit', 'number'],
	'attendee-limit': ['attendeeLimit', 'number'],
	'attendee-omit': ['attendeeOmit', 'number'],
	'attendee-stranger': ['attendeeStranger', 'number'],
	'page-size-default': ['pageSizeDefault', 'number'],
	'page-size-max': ['pageSizeMax', 'number'],
	'first-page': ['firstPage', [0, 1]],
	'latency-ms': ['latencyMs', 'number'],
	seed: ['seed', 'number'],
	'batch-limit-status': ['batchLimitStatus', [400, 413]],
	'license-limit': ['licenseLimit', 'number'],
	'visibility-delay-ms': ['visibilityDelayMs', 'number'],
	'search-lag': ['searchLag', 'number'],
	'clock-skew-ms': ['clockSkewMs', 'number'],
} as const satisfies Record<string, [keyof Switches, Kind]>;

/** Throws, naming the values, where a flag was set to something else. */
export function readFlags(values: Record<string, string | boolean | undefined>): Partial<Switches> {
	const switches: Record<string, string | number> = {};
	for (const [flag, [name, kind]] of Object.entries(FLAGS)) {
		const value = values[flag];
		if (typeof value === 'string') switches[name] = readFlag(flag, kind, value);
	}
	return switches;
}

function readFlag(flag: string, kind: Kind, value: string): string | number {
	if (kind === 'text') return value;
	if (kind === 'number') {
		if (/^-?\d+$/.test(value)) return Number(value);
		throw new Error(`--${flag} takes a whole number, not "${value}"`);
	}
	const chosen = kind.find((choice) => String(choice) === value);
	if (chosen !== undefined) return chosen;
	throw new Error(`--${flag} takes ${kind.join(', ')}; not "${value}"`);
}
