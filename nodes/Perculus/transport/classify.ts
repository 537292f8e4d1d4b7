import { isBodyRefusal, isDocumentedAs, isTooLarge } from '../errors/codes';
import type { ReasonName } from '../errors/reasons';
import { codeOf, detailsOf, isObject, resultsOf } from './batchBody';
import { isInsecure, isTimeout, isUnsent, NO_CREDENTIAL } from './networkErrors';
import type { Response, NetworkError } from './transport';
import type { Failure, Reply } from './reply';

export type { Failure, Reply };

interface Row {
	name: string;
	applied: 'no' | 'unknown';
	reason: ReasonName;
	/** Wait, then send the same again: certainly not applied, and the server says when, or that it is busy. */
	busy?: true;
	matches(outcome: Response | NetworkError): boolean;
	message(outcome: Response | NetworkError): string;
}

const status =
	(from: number, to = from) =>
	(outcome: Response | NetworkError) =>
		outcome.kind === 'response' && outcome.status >= from && outcome.status <= to;
const fault = (matches: (fault: NetworkError) => boolean) => (outcome: Response | NetworkError) =>
	outcome.kind === 'networkError' && matches(outcome);
const says = (message: string) => () => message;

/**
 * The one table of failed requests, first match counts. 'no' stands only where it is certain that nothing was
 * applied; whatever has no row of its own may have been applied.
 */
export const FAILURES: readonly Row[] = [
	{
		name: 'refused by the credential',
		applied: 'no',
		reason: 'request_refused',
		matches: fault(({ notSigned }) => notSigned),
		message: (outcome) => (outcome.kind === 'networkError' ? outcome.message : ''),
	},
	{
		name: 'no credential',
		applied: 'no',
		reason: 'request_refused',
		matches: fault(({ code }) => code === NO_CREDENTIAL),
		message: says(
			'The credential of this node could not be read. Open the node and choose the credential again.',
		),
	},
	{
		name: 'blocked by n8n',
		applied: 'no',
		reason: 'request_refused',
		// n8n gives these no code.
		matches: fault(({ message }) =>
			/^(?:The request was blocked because|Domain not allowed)/.test(message),
		),
		message: says(
			'The settings of this n8n do not allow requests to the server of your Perculus account. Ask whoever runs this n8n.',
		),
	},
	{
		name: 'connection refused',
		applied: 'no',
		reason: 'service_unavailable',
		matches: fault(isUnsent),
		message: says(
			'The server of your Perculus account could not be reached. Check the Domain in the credential and your network, or try again later.',
		),
	},
	{
		name: 'no secure connection',
		applied: 'no',
		reason: 'service_unavailable',
		matches: fault(isInsecure),
		message: says(
			'No secure connection to the server of your Perculus account came about. Check the Domain in the credential and the certificate of the server.',
		),
	},
	{
		name: 'redirect',
		applied: 'no',
		reason: 'request_refused',
		matches: status(300, 399),
		message: says(
			'The server points to another address, which is not followed, because the request carries the key to your account. Check the Domain in the credential.',
		),
	},
	{
		name: 'unauthorized',
		applied: 'no',
		reason: 'unauthorized',
		matches: status(401),
		message: says(
			'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		),
	},
	{
		name: 'forbidden',
		applied: 'no',
		reason: 'unauthorized',
		matches: status(403),
		message: says(
			'Perculus does not let this API key do that. Ask the administrator of your Perculus account.',
		),
	},
	{
		name: 'nothing there',
		applied: 'no',
		reason: 'request_refused',
		matches: status(404, 405),
		message: says(
			'There is no Perculus API at this address. Check the Domain and the API Path in the credential.',
		),
	},
	{
		name: 'too large',
		applied: 'no',
		reason: 'request_refused',
		matches: status(413),
		message: says('The session is too large for the server. Shorten its texts and send it again.'),
	},
	{
		name: 'too many requests',
		applied: 'no',
		reason: 'rate_limited',
		busy: true,
		matches: status(429),
		message: says('Perculus is receiving too many requests. Try again later.'),
	},
	{
		name: 'out of service for a while',
		applied: 'no',
		reason: 'service_unavailable',
		busy: true,
		matches: (outcome) =>
			outcome.kind === 'response' && outcome.status === 503 && 'retry-after' in outcome.headers,
		message: says('Perculus is out of service for a while. Try again later.'),
	},
	{
		name: 'no answer in time',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: fault(isTimeout),
		message: says('Perculus did not answer in time, so it is not known what was saved.'),
	},
	{
		name: 'connection lost',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: fault(() => true),
		message: says(
			'The connection to Perculus was lost before its answer was complete, so it is not known what was saved.',
		),
	},
	{
		name: 'no readable answer',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: () => true,
		message: (outcome) =>
			`Perculus answered ${outcome.kind === 'response' ? `with HTTP ${outcome.status} and ` : ''}no result that could be read, so it is not known what was saved.`,
	},
];

const rowOf = (outcome: Response | NetworkError) =>
	FAILURES.find(({ matches }) => matches(outcome)) as Row;

/** Whether the server asks to wait: nothing was applied. Told without reading all of a long answer. */
export const isBusy = (outcome: Response): boolean =>
	rowOf(outcome).busy === true && resultsOf(outcome.body) === undefined;

function failureOf(outcome: Response | NetworkError, code: number | null): Failure {
	const row = rowOf(outcome);
	const { name, applied, reason } = row;
	return {
		kind: 'failed',
		name,
		applied,
		reason,
		status: outcome.kind === 'response' ? outcome.status : null,
		code,
		message: row.message(outcome),
		sentAt: outcome.sentAt,
	};
}

/** Decides what an answer means. A body that can be read counts before the status: 400 has two meanings. */
export function classify(outcome: Response | NetworkError): Reply {
	if (outcome.kind === 'networkError') return failureOf(outcome, null);
	const { body } = outcome;
	const results = resultsOf(body);
	if (results) return { kind: 'results', ...results };

	const code = codeOf(body);
	const details = isObject(body) ? detailsOf(body.details ?? body.errors ?? body.title) : [];
	if (outcome.status === 413 || (isTooLarge(code) && outcome.status === 400)) {
		return { kind: 'tooLarge', code, details, failure: failureOf(outcome, code) };
	}
	if (outcome.status === 400) {
		if (isBodyRefusal(code)) return { kind: 'bodyRefused', code, details };
		if (code !== null) return { kind: 'refused', code, details };
		// A typed server answers like this when a value does not fit its type; nothing ran then.
		if (isObject(body) && ('errors' in body || 'title' in body))
			return { kind: 'bodyRefused', code: null, details };
	}
	// Some codes are documented as 404; any other 404 is about the address.
	if (outcome.status === 404 && code !== null && isDocumentedAs(code, 404))
		return { kind: 'refused', code, details };
	return failureOf(outcome, code);
}
