/** What the API's documentation says about a code. */
interface Code {
	/** The documented name in snake_case. */
	name: string;
	/** HTTP status of a response that consists of this code. */
	http: number;
	/** The same request sent again soon gets the same code. */
	lasting?: true;
	/** It says that a session, report, attendee or user isn't there. */
	notFound?: true;
	/**
	 * Why a whole request is refused with it: a bad value in its body, or its size. Nothing of the request was applied
	 * then. Any other code refuses each item of the request.
	 */
	whole?: 'body' | 'size';
}

/** The API's "Error Codes" page. No other file of this package contains the number of a code. */
const CODES = {
	10: { name: 'general_error', http: 500 },
	11: { name: 'server_error', http: 500 },
	12: { name: 'validation_error', http: 400, whole: 'body' },
	13: { name: 'multiple_errors', http: 400 },
	14: { name: 'unauthorized', http: 401 },
	15: { name: 'incompatible_values', http: 400 },
	17: { name: 'authorization_error', http: 401 },
	19: { name: 'bad_request', http: 400, whole: 'body' },
	25: { name: 'account_not_found', http: 404 },
	30: { name: 'session_not_found', http: 404, notFound: true },
	31: { name: 'session_stat_not_found', http: 404, notFound: true },
	32: { name: 'session_invalid_status', http: 500, lasting: true },
	35: { name: 'session_license_limit_exceed', http: 400 },
	36: { name: 'session_license_alert', http: 400 },
	38: { name: 'session_list_limit_exceed', http: 400, whole: 'size' },
	40: { name: 'attendee_not_found', http: 404, notFound: true },
	41: { name: 'attendee_list_limit_exceed', http: 400, whole: 'size' },
	42: { name: 'attendee_license_limit_exceed', http: 400 },
	50: { name: 'user_name_conflict', http: 409 },
	51: { name: 'user_mail_conflict', http: 409 },
	52: { name: 'user_not_found', http: 404, notFound: true },
	53: { name: 'user_invalid_status', http: 500, lasting: true },
	60: { name: 'file_unsupported_types', http: 500, lasting: true },
} as const satisfies Record<number, Code>;

type CodeName = (typeof CODES)[keyof typeof CODES]['name'];

const codeRows: ReadonlyMap<number | null, Code & { name: CodeName }> = new Map(
	Object.entries(CODES).map(([code, row]) => [Number(code), row]),
);

/** The documented name of a code; undefined for null and for codes that aren't documented. */
export const codeName = (code: number | null): CodeName | undefined => codeRows.get(code)?.name;

/** Whether the same request sent again soon gets the same code. */
export const isLasting = (code: number | null) => codeRows.get(code)?.lasting === true;

/** Whether a request refused with it has a bad value somewhere in its body; nothing was applied then. */
export const isBodyRefusal = (code: number | null) => codeRows.get(code)?.whole === 'body';

/** Whether a request refused with it has too many items; nothing was applied then. */
export const isSizeCode = (code: number | null) => codeRows.get(code)?.whole === 'size';

/** Whether a value was refused, for example a start in the past. */
export const isWrongValue = (code: number | null) => codeName(code) === 'validation_error';

/** Whether a response with it may list the refusals of single items in its details. */
export const isSeveral = (code: number | null) => codeName(code) === 'multiple_errors';

/** Whether the code is documented with this HTTP status. */
export const isDocumentedAs = (code: number | null, status: number) =>
	codeRows.get(code)?.http === status;

/** Whether a session, report, attendee or user isn't there. */
export const isNotFound = (code: number | null) => codeRows.get(code)?.notFound === true;

/** Who rejects an item: our check or our search (nothing was sent), Perculus, or the request to it. */
export type Source = 'check' | 'lookup' | 'perculus' | 'request';

/** What determines the sentences about an item that was not approved. */
export interface Cause {
	/** 'unknown': it may have been saved. */
	kind: 'rejected' | 'unknown';
	source: Source;
	reason: ReasonName;
	/** False where no request was made for the item. */
	isSent: boolean;
	/** Whether sending an item of unknown outcome again does no harm. */
	isSafeToRepeat?: boolean;
	/** What isn't there, or is there several times, as the user named it: 'the reference D-4711'. */
	named?: string;
}

interface Reason {
	/** What happened. Without it: "Perculus refused this session:" and the words of Perculus. */
	what?: string | ((noun: string, cause: Cause) => string);
	/** What to do about it. */
	advice?: string;
	/** True only for what passes by itself and was certainly not applied. */
	retryable?: true;
}

/** Reasons without a code of the API. */
type OwnName =
	| 'unknown_error'
	| 'already_exists'
	| 'ambiguous_reference'
	| 'lookup_incomplete'
	| 'rate_limited'
	| 'request_refused'
	| 'service_unavailable'
	| 'outcome_unknown'
	| 'no_result';

/** A stable snake_case word to branch on. */
export type ReasonName = CodeName | OwnName;

const CORRECT = 'Correct it and try again.';
const ASK = 'Ask the administrator of your Perculus account.';
const ASK_OR_SMALLER = `Set the option 'Batch Size' to a smaller number. If that doesn't help, ask the administrator of your Perculus account.`;

const reference = ({ named = 'this reference' }: Cause) => named;

/** The one table of reasons: what a person reads, and whether the same item may be accepted later. */
export const REASONS: Readonly<Record<ReasonName, Reason>> = {
	general_error: {
		what: (noun) => `Perculus couldn't process this ${noun}.`,
		advice: 'Check it in Perculus.',
	},
	server_error: {
		what: (noun) => `Perculus couldn't process this ${noun}.`,
		advice: 'Check it in Perculus.',
	},
	validation_error: { advice: CORRECT },
	multiple_errors: { advice: CORRECT },
	incompatible_values: { advice: CORRECT },
	bad_request: { advice: CORRECT },
	unauthorized: {
		what: "Perculus didn't accept the credential.",
		advice: 'Check the Access Key and the Secret Key.',
	},
	authorization_error: { what: "This API key isn't allowed to do this.", advice: ASK },
	account_not_found: {
		what: "Perculus doesn't know this account.",
		advice: 'Check the Domain and the keys in the credential.',
	},
	session_not_found: {
		what: (_, { source, named }) =>
			`Perculus has no session with ${named ?? (source === 'lookup' ? 'this reference' : 'this GUID')}.`,
		advice: 'It may be misspelled, or the session was deleted.',
	},
	session_stat_not_found: {
		what: "The report isn't ready.",
		advice: 'Perculus creates it after the session ends; try again later.',
		retryable: true,
	},
	session_invalid_status: {
		what: "The status of the session doesn't allow this.",
		advice: 'Check the session in Perculus.',
	},
	session_license_limit_exceed: {
		what: 'Your Perculus license allows no further session at that time.',
		advice: ASK,
	},
	session_license_alert: {
		what: "Your Perculus license doesn't allow this session.",
		advice: ASK,
	},
	session_list_limit_exceed: {
		what: 'There are too many sessions in one request.',
		advice: ASK_OR_SMALLER,
	},
	attendee_not_found: {
		what: (_, { named = 'such attendee' }) => `This session has no ${named}.`,
		advice: "Check the attendee. An 'Attendance Code' is only valid in its own session.",
	},
	attendee_list_limit_exceed: {
		what: 'There are too many attendees in one request.',
		advice: ASK_OR_SMALLER,
	},
	attendee_license_limit_exceed: {
		what: 'Your Perculus license allows no further attendees.',
		advice: ASK,
	},
	user_name_conflict: {},
	user_mail_conflict: { what: 'Another Perculus user has this email address.' },
	user_not_found: { what: 'Perculus has no such user.', advice: "Check the 'User GUID'." },
	user_invalid_status: {},
	file_unsupported_types: {},
	unknown_error: {},

	// Not sent, because of what a search showed.
	already_exists: {
		what: (_, cause) => `A session with ${reference(cause)} already exists, so nothing was sent.`,
		advice: "Use the operation 'Create or Update' to change it.",
	},
	ambiguous_reference: {
		what: (_, cause) => `Several sessions have ${reference(cause)}, so nothing was sent.`,
		advice: "Map 'Session GUID' to choose one.",
	},
	lookup_incomplete: {
		what: (_, cause) =>
			`Perculus has too many sessions to search them all for ${reference(cause)}, so nothing was sent.`,
		advice: "Send fewer items at once, or map 'Session GUID'.",
	},

	// About the request: `transport/failures` says what happened, and what to do.
	rate_limited: { retryable: true },
	request_refused: {},
	service_unavailable: { retryable: true },
	outcome_unknown: {},
	no_result: {
		what: (noun) =>
			`The response has no result for this ${noun}, so it may or may not have been saved.`,
	},
};

/** The reason for a code of the API; `unknown_error` for null and for codes that aren't documented. */
export const reasonForCode = (code: number | null): ReasonName => codeName(code) ?? 'unknown_error';

export const isRetryable = (reason: ReasonName): boolean => REASONS[reason].retryable === true;

const isNotReached = ({ source, isSent }: Cause) => source === 'request' && !isSent;

/**
 * What happened, in one sentence; undefined where the words of Perculus say it.
 *
 * @param noun what the item is about, in the singular: 'session'
 */
export function whatHappened(cause: Cause, noun: string): string | undefined {
	if (cause.source === 'check') return 'Not sent:';
	if (isNotReached(cause)) return 'Not sent, because an earlier request was unsuccessful.';
	const { what } = REASONS[cause.reason];
	return typeof what === 'function' ? what(noun, cause) : what;
}

/** What to do about it; undefined where that is said already. */
export function adviceFor(cause: Cause, noun: string): string | undefined {
	if (cause.kind === 'unknown') {
		return cause.isSafeToRepeat === true
			? `Sending this ${noun} again does no harm.`
			: `Check in Perculus before sending this ${noun} again: use 'Get Many' with its name and day. With a 'Session Reference', this node can search for it.`;
	}
	return isNotReached(cause) ? undefined : REASONS[cause.reason].advice;
}
