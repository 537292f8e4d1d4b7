import { isBodyRefusal, isDocumentedAs, isLasting } from '../errors/codes';
import { isObject } from '../values/isObject';
import { codeOf, detailsOf, resultsOf, type PlainKeys } from './batchBody';
import { codeIn, FAILURES, isTooLarge, type FailureRow } from './failures/failures';
import type { Failure, Reply, SingleReply } from './reply';
import type { NetworkError, Response } from './transport';

/** What a request is there for: it decides what is in doubt when its answer is lost. */
export type Purpose = 'save' | 'delete' | 'read';

const REQUEST_TIMEOUT = 408;

const IN_DOUBT: Record<Purpose, string> = {
	save: ', so it is not known what was saved.',
	delete: ', so it is not known whether it was deleted.',
	read: '. Try again later.',
};

const rowOf = (outcome: Response | NetworkError) =>
	FAILURES.find(({ matches }) => matches(outcome)) as FailureRow;

/** Whether the server asks to wait: nothing was applied. Told without reading all of a long answer. */
export const isBusy = (outcome: Response): boolean =>
	rowOf(outcome).busy === true && resultsOf(outcome.body) === undefined;

/** What a request that brought no result means. One that only reads has applied nothing, whatever became of it. */
function failureOf(outcome: Response | NetworkError, purpose: Purpose = 'save'): Failure {
	const row = rowOf(outcome);
	const { name, applied, reason, endsAll } = row;
	const status = outcome.kind === 'response' ? outcome.status : null;
	const code = codeIn(outcome);
	const common = {
		kind: 'failed',
		name,
		status,
		code,
		sentAt: outcome.sentAt,
		...(endsAll && { endsAll }),
	} as const;
	if (applied === 'no') return { ...common, applied, reason, message: row.message(outcome) };

	const isRead = purpose === 'read';
	// Of a reading request, an answer that calls it wrong will be the same the next time.
	const isFinal =
		isRead && status !== null && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT;
	return {
		...common,
		applied: isRead ? 'no' : applied,
		reason: isRead ? 'service_unavailable' : reason,
		message: row.message(outcome) + IN_DOUBT[purpose],
		...(!isFinal && !isLasting(code) && { repeatable: true }),
	};
}

const detailsIn = ({ body }: Response) =>
	isObject(body) ? detailsOf(body.details ?? body.errors ?? body.title) : [];

/**
 * Decides what the answer to a batch means. A body that can be read counts before the status: 400 has two meanings.
 *
 * @param plainKeys keys under which its models have plain values
 */
export function classify(outcome: Response | NetworkError, plainKeys?: PlainKeys): Reply {
	if (outcome.kind === 'networkError') return failureOf(outcome);
	const { body, status } = outcome;
	const results = resultsOf(body, plainKeys);
	if (results) return { kind: 'results', ...results };

	const code = codeOf(body);
	const details = detailsIn(outcome);
	if (isTooLarge(outcome)) return { kind: 'tooLarge', code, details, failure: failureOf(outcome) };
	if (status === 400) {
		if (isBodyRefusal(code)) return { kind: 'bodyRefused', code, details };
		if (code !== null) return { kind: 'refused', code, details };
		// A typed server answers like this when a value does not fit its type; nothing ran then.
		if (isObject(body) && ('errors' in body || 'title' in body))
			return { kind: 'bodyRefused', code: null, details };
	}
	// Some codes are documented as 404; any other 404 is about the address.
	if (status === 404 && code !== null && isDocumentedAs(code, 404))
		return { kind: 'refused', code, details };
	return failureOf(outcome);
}

/** Statuses that are about the way to the API, or about the moment, whatever code stands beside them. */
const NOT_ABOUT_ONE = new Set([401, 403, 407, REQUEST_TIMEOUT, 429]);

/**
 * Decides what the answer to a request about one thing means, or to a search: any 2xx is an answer, if it can be read.
 *
 * @param isReadable of the body of a 2xx
 */
export function classifySingle(
	outcome: Response | NetworkError,
	purpose: 'read' | 'delete',
	isReadable: (body: unknown) => boolean,
): SingleReply {
	if (outcome.kind === 'networkError') return failureOf(outcome, purpose);
	const { body, status } = outcome;
	if (status >= 200 && status < 300 && isReadable(body))
		return { kind: 'answer', response: outcome };
	const code = codeOf(body);
	if (code !== null && status >= 400 && status < 500 && !NOT_ABOUT_ONE.has(status))
		return { kind: 'refused', status, code, details: detailsIn(outcome) };
	return failureOf(outcome, purpose);
}
