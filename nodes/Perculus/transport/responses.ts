import {
	codeName,
	isBodyRefusal,
	isDocumentedAs,
	isLasting,
	isNotFound,
	type ReasonName,
} from '../messages';
import { isObject } from '../values/collections';
import { apiCodeOf, detailsOf, type PlainKeys, type Results, resultsOf } from './body';
import { codeIn, failureRowOf, isTimeout, isTooLarge } from './failures';
import type { NetworkError, Response } from './transport';

/** What a request is for: it decides what is in doubt when its response is lost. */
export type Purpose = 'save' | 'delete' | 'read';

/** The API's own refusal. */
interface Refusal {
	code: number | null;
	/** The API's own words. */
	details: string[];
}

/** What the response to a batch means for the entries of its request. */
export type Reply =
	| ({ kind: 'results' } & Results)
	/** The whole body was refused before anything was applied: one of its entries is at fault. */
	| ({ kind: 'bodyRefused' } & Refusal)
	/** The request was too large; nothing was applied. */
	| ({ kind: 'tooLarge'; failure: Failure } & Refusal)
	/** The whole request was refused by a code: a rejection of each of its entries. */
	| ({ kind: 'refused'; code: number } & Refusal)
	| Failure;

/** What the response to a request about one thing means, or to a search. */
export type SingleReply =
	/** A 2xx whose body can be read. */
	| { kind: 'answer'; response: Response }
	| ({ kind: 'refused'; status: number; code: number } & Refusal)
	| Failure;

/** The request itself failed. */
export interface Failure {
	kind: 'failed';
	/** Name of the row in the table of failures. */
	name: string;
	/** 'unknown': it may have been applied. */
	applied: 'no' | 'unknown';
	reason: ReasonName;
	/** HTTP status; null without a response. */
	status: number | null;
	/** The API's code, or null. */
	code: number | null;
	/** Whole sentences: what happened. */
	message: string;
	/** The API's own words, if it gave a code. */
	apiMessages?: string[];
	/** Every other request of the run would meet it as well: nothing further is begun. */
	endsAll?: true;
	/** The connection was lost, or a 5xx came: what does no harm twice is sent again. */
	repeatable?: true;
}

/** Statuses about the way to the API, or about the moment, even with a code beside them. */
const NOT_ABOUT_THE_REQUEST = new Set([401, 403, 407, 408, 425, 429]);
/** Client errors that the same request may not meet later. */
const PASSING = new Set([408, 425, 429]);

const IN_DOUBT: Record<Purpose, string> = {
	save: "It isn't known what was saved.",
	delete: "It isn't known whether it was deleted.",
	read: 'Try again later.',
};

/** Whether the server asks to wait: nothing was applied. Does not read the body of any other response. */
export const isBusy = (outcome: Response): boolean =>
	failureRowOf(outcome).busy === true && resultsOf(outcome.body) === undefined;

/** Whether the API itself says that there is no such thing: a 404 without its code is about the address. */
export const isNotThere = (reply: SingleReply): boolean =>
	reply.kind === 'refused' && reply.status === 404 && isNotFound(reply.code);

const wordsIn = ({ body }: Response) =>
	isObject(body) ? detailsOf(body.details ?? body.errors ?? body.title) : [];

/** Whether a code with this status refuses the request. */
function isRefusal(status: number, code: number): boolean {
	if (status === 400) return true;
	// A gateway's page may have a code of its own.
	if (status === 404) return isDocumentedAs(code, 404);
	const isAboutRequest = status > 400 && status < 500 && !NOT_ABOUT_THE_REQUEST.has(status);
	return isAboutRequest && codeName(code) !== undefined;
}

/** A body cut short can arrive as a 2xx with the text up to there, or with none of it. */
function isCutShort({ status, body, headers }: Response): boolean {
	if (status >= 300 || typeof body !== 'string') return false;
	return /^\s*[[{]/.test(body) || (body === '' && Number(headers['content-length']) > 0);
}

function isRepeatable(outcome: Response | NetworkError): boolean {
	if (outcome.kind === 'networkError') return !isTimeout(outcome);
	const isServerError = outcome.status >= 500 && !isLasting(codeIn(outcome));
	return isServerError || isCutShort(outcome);
}

/** What a request that brought no result means. A request that only reads has applied nothing. */
function failureOf(outcome: Response | NetworkError, purpose: Purpose = 'save'): Failure {
	const { name, applied, reason, endsAll, message } = failureRowOf(outcome);
	const code = codeIn(outcome);
	const status = outcome.kind === 'response' ? outcome.status : null;
	const text = typeof message === 'string' ? message : message(outcome);
	const said = outcome.kind === 'response' && code !== null ? wordsIn(outcome) : [];
	const failure: Failure = {
		kind: 'failed',
		name,
		applied,
		reason,
		status,
		code,
		message: text,
		...(said.length > 0 && { apiMessages: said }),
		...(endsAll && { endsAll }),
	};
	if (applied === 'no') return failure;
	failure.message = `${text} ${IN_DOUBT[purpose]}`;
	if (isRepeatable(outcome)) failure.repeatable = true;
	if (purpose !== 'read') return failure;
	if (status === null || status < 400 || status >= 500 || PASSING.has(status))
		return { ...failure, applied: 'no', reason: 'service_unavailable' };
	const advice = 'Check the Domain and the API Path in the credential.';
	return { ...failure, applied: 'no', reason: 'request_refused', message: `${text} ${advice}` };
}

/**
 * Decides what the response to a batch means. A readable body counts before the status: 400 has two meanings.
 *
 * @param plainKeys keys under which its models have plain values
 */
export function readBatchResponse(outcome: Response | NetworkError, plainKeys?: PlainKeys): Reply {
	if (outcome.kind === 'networkError') return failureOf(outcome);
	const { body, status } = outcome;
	const results = resultsOf(body, plainKeys);
	if (results) return { kind: 'results', ...results };

	const code = apiCodeOf(body);
	const details = wordsIn(outcome);
	if (isTooLarge(outcome)) return { kind: 'tooLarge', code, details, failure: failureOf(outcome) };
	if (status === 400 && isBodyRefusal(code)) return { kind: 'bodyRefused', code, details };
	if (code !== null && isRefusal(status, code)) return { kind: 'refused', code, details };
	// A typed server responds like this if a value doesn't fit its type; nothing ran.
	if (status === 400 && isObject(body) && ('errors' in body || 'title' in body))
		return { kind: 'bodyRefused', code: null, details };
	return failureOf(outcome);
}

/**
 * Decides what the response to a request about one thing means, or to a search.
 *
 * @param isReadable of the body of a 2xx
 */
export function readSingleResponse(
	outcome: Response | NetworkError,
	purpose: 'read' | 'delete',
	isReadable: (body: unknown) => boolean,
): SingleReply {
	if (outcome.kind === 'networkError') return failureOf(outcome, purpose);
	const { body, status } = outcome;
	const isSuccess = status >= 200 && status < 300;
	if (isSuccess && isReadable(body)) return { kind: 'answer', response: outcome };
	const code = apiCodeOf(body);
	if (code === null) return failureOf(outcome, purpose);
	// What stays refused is no lost response; what was deleted before a 5xx is another matter.
	const isLastingRefusal = purpose === 'read' && status >= 500 && isLasting(code);
	return isRefusal(status, code) || isLastingRefusal || isSuccess
		? { kind: 'refused', status, code, details: wordsIn(outcome) }
		: failureOf(outcome, purpose);
}
