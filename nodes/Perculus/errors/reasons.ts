import { nameOf, type CodeName } from './codes';

/** A text for a person; where it names what an item is about, it takes the noun: 'session'. */
export type Text = string | ((noun: string) => string);

/** How one reason is told. */
export interface Wording {
	/** What happened, in one sentence. */
	what: Text;
	/** What to do about it, in one sentence; none where the details tell, or nothing can be done. */
	todo?: Text;
	/** In a count, after 'refused by Perculus:', 'not sent:' or 'not saved:'. */
	phrase: Text;
}

interface Reason extends Wording {
	/** True only for what is transient and certainly not applied: the same item may well be taken later. */
	retryable?: true;
	/** Where the node found it by itself, so that the item was not sent. */
	unsent?: Wording;
}

/** Reasons that no code of the API has. */
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

const CORRECT = 'Correct it and send it again.';
const SMALLER =
	"Set the option 'Batch Size' to a smaller number, or ask the administrator of your Perculus account.";
const ASK = 'Ask the administrator of your Perculus account.';

const UNPROCESSED: Reason = {
	what: (noun) => `Perculus could not process this ${noun}.`,
	todo: 'Check it in Perculus.',
	phrase: 'could not be processed',
};

/** The one table of reasons: what a person reads, and whether sending the same item again later may well succeed. */
export const REASONS: Readonly<Record<ReasonName, Reason>> = {
	// Refused by Perculus, by code; two of them are found by the node, too.
	general_error: UNPROCESSED,
	server_error: UNPROCESSED,
	validation_error: {
		what: (noun) => `Perculus does not accept a value of this ${noun}.`,
		todo: CORRECT,
		phrase: 'values to correct',
		unsent: {
			what: (noun) => `This ${noun} was not sent.`,
			todo: CORRECT,
			phrase: 'values to correct',
		},
	},
	multiple_errors: {
		what: (noun) => `Perculus refused this ${noun}.`,
		todo: CORRECT,
		phrase: 'several things to correct',
	},
	unauthorized: {
		what: 'Perculus did not accept the credential.',
		todo: 'Check the Access Key and the Secret Key.',
		phrase: 'keys not accepted',
	},
	incompatible_values: {
		what: (noun) => `Values of this ${noun} do not go together.`,
		todo: 'Correct them and send it again.',
		phrase: 'values that do not go together',
	},
	authorization_error: {
		what: 'The API key may not do this.',
		todo: ASK,
		phrase: 'not allowed to this API key',
	},
	bad_request: {
		what: (noun) => `Perculus could not read this ${noun}.`,
		todo: 'Correct its values and send it again.',
		phrase: 'values that could not be read',
	},
	account_not_found: {
		what: 'Perculus does not know the account.',
		todo: 'Check the domain and the keys in the credential.',
		phrase: 'account not known',
	},
	session_not_found: {
		what: 'There is no session with this GUID in Perculus.',
		todo: 'Check the Session GUID.',
		phrase: 'no session with this GUID',
		unsent: {
			what: 'There is no session with this reference in Perculus.',
			todo: 'Check the Session Reference.',
			phrase: 'no session with this reference',
		},
	},
	session_stat_not_found: {
		what: 'Perculus has no statistics of this session.',
		phrase: 'no statistics',
	},
	session_invalid_status: {
		what: 'The session is in a state that does not allow this change.',
		todo: 'Look at it in Perculus.',
		phrase: 'not allowed in the state of the session',
	},
	session_license_limit_exceed: {
		what: 'The license of your Perculus account allows no further session at that time.',
		todo: ASK,
		phrase: 'no license free at that time',
	},
	session_license_alert: {
		what: 'The license of your Perculus account does not allow this session.',
		todo: ASK,
		phrase: 'not in the license',
	},
	session_list_limit_exceed: {
		what: 'Perculus takes no more sessions in one request.',
		todo: SMALLER,
		phrase: 'too many in one request',
	},
	attendee_not_found: {
		what: 'Perculus does not know the attendee.',
		todo: 'Check who is meant: an Attendance Code holds for its own session alone.',
		phrase: 'attendee not known',
	},
	attendee_list_limit_exceed: {
		what: 'Perculus takes no more attendees in one request.',
		todo: SMALLER,
		phrase: 'too many in one request',
	},
	attendee_license_limit_exceed: {
		what: 'The license of your Perculus account allows no further attendees.',
		todo: ASK,
		phrase: 'no license free for further attendees',
	},
	user_name_conflict: { what: 'The user name is taken in Perculus.', phrase: 'user name taken' },
	user_mail_conflict: {
		what: 'The e-mail address is taken in Perculus.',
		phrase: 'e-mail address taken',
	},
	user_not_found: { what: 'Perculus does not know the user.', phrase: 'user not known' },
	user_invalid_status: {
		what: 'The user is in a state that does not allow this.',
		phrase: 'not allowed in the state of the user',
	},
	file_unsupported_types: {
		what: 'Perculus does not support this type of file.',
		phrase: 'type of file not supported',
	},
	unknown_error: {
		what: (noun) => `Perculus refused this ${noun} for a reason that it does not document.`,
		phrase: 'a reason that is not documented',
	},

	// Not sent, because of what a search in Perculus showed.
	already_exists: {
		what: 'This session was not created, because Perculus has one with this reference already.',
		todo: "Use the operation 'Create or Update' to change it.",
		phrase: 'exists already',
	},
	ambiguous_reference: {
		what: 'Nothing was done for this item, because several sessions in Perculus have this reference.',
		todo: 'Give the Session GUID of the one that is meant.',
		phrase: 'not clear which session has this reference',
	},
	lookup_incomplete: {
		what: 'Nothing was done for this item, because the search in Perculus could not be read to its end, so a session with this reference may exist.',
		todo: 'Send fewer items at once, or give the Session GUID.',
		phrase: 'search not read to its end',
	},

	// The request itself.
	rate_limited: {
		what: 'Perculus is receiving too many requests.',
		todo: 'Send this again later.',
		phrase: 'too many requests',
		retryable: true,
	},
	request_refused: {
		what: 'Perculus did not take the request.',
		todo: 'Check the Domain and the API Path in the credential.',
		phrase: 'request not taken',
	},
	service_unavailable: {
		what: 'Perculus could not be reached.',
		todo: 'Send this again later.',
		phrase: 'Perculus not reached',
		retryable: true,
	},
	outcome_unknown: {
		what: (noun) => `No readable answer came back, so this ${noun} may or may not have been saved.`,
		phrase: 'no readable answer',
	},
	no_result: {
		what: (noun) =>
			`Perculus answered without a result for this ${noun}, so it may or may not have been saved.`,
		phrase: 'no result in the answer',
	},
};

/** The reason for a code of the API; `unknown_error` for a code that is not in its table. */
export function reasonForCode(code: number | null): ReasonName {
	return nameOf(code) ?? 'unknown_error';
}

export const isRetryable = (reason: ReasonName): boolean => REASONS[reason].retryable === true;
