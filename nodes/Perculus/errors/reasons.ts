/**
 * The one table of reasons: for each, the API's code where there is one, the sentence a person reads,
 * and whether sending the same item again later may well succeed.
 *
 * Codes and names: the API's error table ("Error Codes" page). A reason is the documented name in snake_case.
 */
export interface Reason {
	/** The API's code; null for reasons of our own. */
	code: number | null;
	/** One plain sentence: what happened and what to do. */
	message: string;
	/** True only for what is transient and certainly not applied. */
	retryable: boolean;
}

const api = (code: number, message: string): Reason => ({ code, message, retryable: false });
const own = (message: string, retryable = false): Reason => ({ code: null, message, retryable });

const TABLE = {
	// Refused by Perculus, by code.
	general_error: api(10, 'Perculus could not process this session. Check it in Perculus.'),
	server_error: api(11, 'Perculus could not process this session. Check it in Perculus.'),
	validation_error: api(
		12,
		'Perculus does not accept a value of this session. Correct it and send it again.',
	),
	multiple_errors: api(13, 'Perculus refused this session. Correct it and send it again.'),
	incompatible_values: api(
		15,
		'Values of this session do not go together. Correct them and send it again.',
	),
	authorization_error: api(
		17,
		'The API key may not do this. Ask the administrator of your Perculus account.',
	),
	bad_request: api(
		19,
		'Perculus could not read this session. Correct its values and send it again.',
	),
	account_not_found: api(
		25,
		'Perculus does not know the account. Check the domain and the keys in the credential.',
	),
	session_not_found: api(
		30,
		'There is no session with this GUID in Perculus. Check the Session GUID.',
	),
	session_stat_not_found: api(31, 'Perculus has no statistics of this session.'),
	session_invalid_status: api(32, 'The session is in a state that does not allow this change.'),
	session_license_limit_exceed: api(
		35,
		'The license of your Perculus account allows no further session at that time.',
	),
	session_license_alert: api(
		36,
		'The license of your Perculus account does not allow this session.',
	),
	session_list_limit_exceed: api(
		38,
		"Perculus takes no more sessions in one request. Set the option 'Batch Size' to a smaller number, or ask the administrator of your Perculus account.",
	),
	attendee_not_found: api(40, 'Perculus does not know the attendee.'),
	attendee_list_limit_exceed: api(41, 'Too many attendees in one request.'),
	attendee_license_limit_exceed: api(
		42,
		'The license of your Perculus account allows no further attendees.',
	),
	user_name_conflict: api(50, 'The user name is taken in Perculus.'),
	user_mail_conflict: api(51, 'The e-mail address is taken in Perculus.'),
	user_not_found: api(52, 'Perculus does not know the user.'),
	user_invalid_status: api(53, 'The user is in a state that does not allow this.'),
	file_unsupported_types: api(60, 'Perculus does not support this type of file.'),
	unknown_error: own('Perculus refused this session for a reason that it does not document.'),

	// The request itself.
	unauthorized: own(
		'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
	),
	rate_limited: own(
		'Perculus is receiving too many requests. Send this session again later.',
		true,
	),
	request_refused: own(
		'Perculus did not take the request. Check the Domain and the API Path in the credential.',
	),
	service_unavailable: own('Perculus could not be reached. Send this session again later.', true),
	outcome_unknown: own(
		'No readable answer came back, so this session may or may not have been saved. Look in Perculus before you send it again.',
	),
	no_result: own(
		'Perculus answered without a result for this session, so it may or may not have been saved. Look in Perculus before you send it again.',
	),
} satisfies Record<string, Reason>;

/** A stable snake_case word to branch on. */
export type ReasonName = keyof typeof TABLE;

export const REASONS: Readonly<Record<ReasonName, Reason>> = TABLE;

const BY_CODE = new Map(
	(Object.entries(TABLE) as Array<[ReasonName, Reason]>).flatMap(([name, { code }]) =>
		code === null ? [] : [[code, name] as const],
	),
);

// 14 is documented as "Unauthorized": the same word, and the same advice, as for a refused request.
BY_CODE.set(14, 'unauthorized');

/** The reason for a code of the API; `unknown_error` for a code that is not in its table. */
export function reasonForCode(code: number | null): ReasonName {
	return (code === null ? undefined : BY_CODE.get(code)) ?? 'unknown_error';
}
