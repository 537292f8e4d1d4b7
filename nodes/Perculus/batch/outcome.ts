import type { IDataObject } from 'n8n-workflow';

import { type Cause, isRetryable, reasonForCode, type ReasonName } from '../messages';
import { detailsOf } from '../transport/body';
import type { Failure } from '../transport/responses';

export interface Approved {
	kind: 'approved';
	/** As the API returned it; undefined with Dry Run, where nothing was sent. */
	view: IDataObject | undefined;
	/** It was found after its response was lost. */
	recovered: boolean;
	warnings: readonly string[];
}

export interface NotApproved extends Cause {
	/** The API's code; null if there is none. */
	code: number | null;
	/** What happened, if that is known more exactly than by the reason. */
	summary?: string;
	/** What to do about it, if that is known more exactly than by the reason. */
	advice?: string;
	/** The API's own words. */
	apiMessages: readonly string[];
	/** Every issue, one sentence each. */
	details: string[];
	retryable: boolean;
	/** GUIDs that may be the item's, as the API wrote them; ten at most. */
	candidates?: readonly string[];
	/** The request itself was unsuccessful; it's not about this item. */
	requestFailed: boolean;
}

export type Outcome = Approved | NotApproved;

/**
 * Keys that a response must not set on an item: this node's own, and `error`, because n8n takes a first item with a
 * truthy `error` for a failed run, and with Retry On Fail sends everything again.
 */
export const OWN_KEYS: ReadonlySet<string> = new Set([
	'error',
	'outcome',
	'recovered',
	'warnings',
	'input',
]);

const NONE: readonly string[] = [];

export function approved(view: IDataObject, ...warnings: Array<readonly string[]>): Approved {
	const isPlain = warnings.every(({ length }) => length === 0);
	return { kind: 'approved', view, recovered: false, warnings: isPlain ? NONE : warnings.flat() };
}

export function withWarnings(one: Approved, warnings: readonly string[]): Approved {
	return warnings.length === 0 ? one : { ...one, warnings: [...one.warnings, ...warnings] };
}

/** Dry Run: it would be sent. */
export const wouldBeSaved = (warnings: readonly string[]): Approved => ({
	kind: 'approved',
	view: undefined,
	recovered: false,
	warnings,
});

/** An item that wasn't approved, with what is usual for its source. */
export function notApproved(
	source: NotApproved['source'],
	reason: ReasonName,
	rest: Partial<NotApproved> = {},
): NotApproved {
	return {
		kind: 'rejected',
		source,
		reason,
		code: null,
		isSent: source === 'perculus' || source === 'request',
		apiMessages: NONE,
		details: [],
		retryable: rest.kind !== 'unknown' && isRetryable(reason),
		requestFailed: false,
		...rest,
	};
}

/**
 * Refused by the API.
 *
 * @param said the API's own words
 */
export const refusedByPerculus = (
	code: number | null,
	said: readonly string[],
	reason = reasonForCode(code),
): NotApproved => notApproved('perculus', reason, { code, apiMessages: said });

/** An item that can't be sent. */
export const invalid = (issues: string[]): NotApproved =>
	notApproved('check', 'validation_error', { details: issues });

/** Was in a request that was unsuccessful. */
export const failed = (
	failure: Failure,
	said: readonly string[] = failure.apiMessages ?? [],
): NotApproved =>
	notApproved('request', failure.reason, {
		kind: failure.applied === 'unknown' ? 'unknown' : 'rejected',
		code: failure.code,
		summary: failure.message,
		apiMessages: said,
		requestFailed: true,
	});

/** Too large even in a request of its own: only about this item, so the others are sent. */
export function tooLarge(
	failure: Failure,
	code: number | null,
	said: readonly string[],
): NotApproved {
	if (code === null) return { ...failed(failure, said), source: 'perculus', requestFailed: false };
	// The usual advice, a smaller Batch Size, doesn't help.
	const todo =
		'It was the only one in its request. Ask the administrator of your Perculus account.';
	return { ...refusedByPerculus(code, said), advice: todo };
}

/** Not sent, because an earlier request of the run was unsuccessful. This one wasn't saved, even if that one may be. */
export function notSent(failure: Failure): NotApproved {
	const reason = failure.applied === 'unknown' ? 'service_unavailable' : failure.reason;
	return notApproved('request', reason, {
		code: failure.code,
		isSent: false,
		details: [failure.message],
		requestFailed: true,
	});
}

/** The response has no result for the item. */
export const noResult = (details: string[]): NotApproved =>
	notApproved('request', 'no_result', { kind: 'unknown', details });

/**
 * An exception in this node.
 *
 * @param isSent whether it was sent before, so that it may have been saved
 */
export function crashed(isSent: boolean, error: unknown): NotApproved {
	const details = error instanceof Error ? detailsOf(`${error.name}: ${error.message}`) : [];
	return isSent
		? notApproved('request', 'outcome_unknown', {
				kind: 'unknown',
				summary: "The response couldn't be processed, so this item may or may not have been saved.",
				details,
			})
		: notApproved('request', 'service_unavailable', {
				isSent,
				summary: "Not sent, because the run couldn't continue. Try again.",
				details,
			});
}

/** Refused only when it was sent again: the first request may have saved it. */
export const asUnknown = (refused: NotApproved): NotApproved => ({
	...refused,
	kind: 'unknown',
	retryable: false,
	details: [
		...refused.details,
		'This is the response to a second request; the first got no response and may have saved it.',
	],
});
