/** What the documents tell of a code of the API. */
interface Code {
	/** The documented name in snake_case: the reason of a refusal. */
	name: string;
	/** HTTP status where the code is the whole answer. */
	http: number;
	/** The state that it names stays: the same request sent again soon meets it again. */
	lasting?: true;
	/**
	 * What it says of a whole request that is refused with it: that the body has a bad value in it, or that it is too
	 * large. Nothing of it was applied then. Any other code refuses each item of the request for itself.
	 */
	whole?: 'body' | 'size';
}

/** The API's "Error Codes" page, its one table of codes. Nothing else in this package has the number of a code. */
const TABLE = {
	10: { name: 'general_error', http: 500 },
	11: { name: 'server_error', http: 500 },
	12: { name: 'validation_error', http: 400, whole: 'body' },
	13: { name: 'multiple_errors', http: 400 },
	14: { name: 'unauthorized', http: 401 },
	15: { name: 'incompatible_values', http: 400 },
	17: { name: 'authorization_error', http: 401 },
	19: { name: 'bad_request', http: 400, whole: 'body' },
	25: { name: 'account_not_found', http: 404 },
	30: { name: 'session_not_found', http: 404 },
	31: { name: 'session_stat_not_found', http: 404 },
	32: { name: 'session_invalid_status', http: 500, lasting: true },
	35: { name: 'session_license_limit_exceed', http: 400 },
	36: { name: 'session_license_alert', http: 400 },
	38: { name: 'session_list_limit_exceed', http: 400, whole: 'size' },
	40: { name: 'attendee_not_found', http: 404 },
	41: { name: 'attendee_list_limit_exceed', http: 400, whole: 'size' },
	42: { name: 'attendee_license_limit_exceed', http: 400 },
	50: { name: 'user_name_conflict', http: 409 },
	51: { name: 'user_mail_conflict', http: 409 },
	52: { name: 'user_not_found', http: 404 },
	53: { name: 'user_invalid_status', http: 500, lasting: true },
	60: { name: 'file_unsupported_types', http: 500, lasting: true },
} as const satisfies Record<number, Code>;

export type CodeName = (typeof TABLE)[keyof typeof TABLE]['name'];

const CODES: ReadonlyMap<number, Code & { name: CodeName }> = new Map(
	Object.entries(TABLE).map(([code, row]) => [Number(code), row]),
);

const rowOf = (code: number | null) => (code === null ? undefined : CODES.get(code));

/** The documented name of a code; undefined for none, and for a code that no document has. */
export const nameOf = (code: number | null): CodeName | undefined => rowOf(code)?.name;

/** Whether the same request sent again soon would meet it again. */
export const isLasting = (code: number | null) => rowOf(code)?.lasting === true;

/** Whether a request refused with it has a bad value somewhere in its body; nothing was applied then. */
export const isBodyRefusal = (code: number | null) => rowOf(code)?.whole === 'body';

/** Whether a request refused with it has too many items; nothing was applied then. */
export const isTooLarge = (code: number | null) => rowOf(code)?.whole === 'size';

/** Whether a value is at fault, a start in the past among them. */
export const isWrongValue = (code: number | null) => nameOf(code) === 'validation_error';

/** Whether a whole answer with it may carry the refusals of single items in its details. */
export const isSeveral = (code: number | null) => nameOf(code) === 'multiple_errors';

/** Whether the documents have it under this HTTP status. */
export const isDocumentedAs = (code: number | null, status: number) => rowOf(code)?.http === status;
