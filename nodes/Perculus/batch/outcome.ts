import type { IDataObject } from 'n8n-workflow';

import { isRetryable, reasonForCode } from '../messages';
import type { Cause } from '../messages';
import { detailsOf } from '../transport/body';
import type { Failure } from '../transport/responses';

export interface Approved {
	kind: 'approved';
	/** As the API returned it; undefined with Dry Run, where nothing was sent. */
	view: IDataObject | undefined;
	/** It was found after its answer was lost. */
	recovered: boolean;
	warnings: readonly string[];
}

/** What became of an item. */
export type Outcome = Approved | Refused;

export interface Refused extends Cause {
	/** The API's code; null where there is none. */
	code: number | null;
	/** What happened, where that can be told more exactly than by the reason. */
	what?: string;
	/** What to do about it, where that can be told more exactly than by the reason. */
	todo?: string;
	/** The API's own words. */
	said: readonly string[];
	/** Every issue, and whatever else there is to say about this item: a sentence each. */
	details: string[];
	retryable: boolean;
	/** What may be meant: GUIDs, as the API wrote them; ten at most. */
	candidates?: readonly string[];
	/** The request itself failed, as against a word of the API or of this node about this item. */
	requestFailed: boolean;
}

const NONE: readonly string[] = [];

/**
 * An approved draft.
 *
 * @param warnings what about it needs a look, from several places
 */
export function approved(view: IDataObject, ...warnings: Array<readonly string[]>): Approved {
	const isPlain = warnings.every(({ length }) => length === 0);
	return { kind: 'approved', view, recovered: false, warnings: isPlain ? NONE : warnings.flat() };
}

/** An approved item with more to say about it. */
export function withWarnings(one: Approved, warnings: readonly string[]): Approved {
	return warnings.length === 0 ? one : { ...one, warnings: [...one.warnings, ...warnings] };
}

/** A draft that only was checked. */
export function wouldBeSaved(warnings: readonly string[]): Approved {
	return { kind: 'approved', view: undefined, recovered: false, warnings };
}

/**
 * The API's word against an item.
 *
 * @param said the API's own words
 */
export function refuse(
	code: number | null,
	said: readonly string[],
	reason = reasonForCode(code),
): Refused {
	return {
		kind: 'rejected',
		source: 'perculus',
		reason,
		code,
		isSent: true,
		said,
		details: [],
		retryable: isRetryable(reason),
		requestFailed: false,
	};
}

/** An item that cannot be sent. */
export function invalid(issues: string[]): Refused {
	return {
		kind: 'rejected',
		source: 'check',
		reason: 'validation_error',
		code: null,
		isSent: false,
		said: [],
		details: issues,
		retryable: false,
		requestFailed: false,
	};
}

/**
 * What was in a request that failed.
 *
 * @param details what is known beside it
 * @param said the API's own words
 */
export function failed(
	failure: Failure,
	details: string[] = [],
	said: readonly string[] = failure.said ?? [],
): Refused {
	const isUnknown = failure.applied === 'unknown';
	return {
		kind: isUnknown ? 'unknown' : 'rejected',
		source: 'request',
		reason: failure.reason,
		code: failure.code,
		isSent: true,
		what: failure.message,
		said,
		details,
		retryable: !isUnknown && isRetryable(failure.reason),
		requestFailed: true,
	};
}

/** What is too large even in a request of its own: about this item alone, so that the others go on. */
export function tooLarge(failure: Failure, code: number | null, said: readonly string[]): Refused {
	return code === null
		? { ...failed(failure, [], said), source: 'perculus', requestFailed: false }
		: {
				...refuse(code, said),
				// The usual advice, a smaller Batch Size, is of no use to it.
				todo: 'It was the only one in its request. Ask the administrator of your Perculus account.',
			};
}

/** What was not sent any more, because an earlier request of the run failed. */
export function notSent(failure: Failure): Refused {
	// Whatever stopped the earlier request, this was certainly not saved.
	const reason = failure.applied === 'unknown' ? 'service_unavailable' : failure.reason;
	return {
		kind: 'rejected',
		source: 'request',
		reason,
		code: failure.code,
		isSent: false,
		said: [],
		details: [failure.message],
		retryable: isRetryable(reason),
		requestFailed: true,
	};
}

/** What the answer says nothing about. */
export function noResult(details: string[]): Refused {
	return {
		kind: 'unknown',
		source: 'request',
		reason: 'no_result',
		code: null,
		isSent: true,
		said: [],
		details,
		retryable: false,
		requestFailed: false,
	};
}

/**
 * What this node lost sight of, because something in the node itself went wrong.
 *
 * @param isSent whether it was sent before, so that it may exist
 */
export function abandoned(isSent: boolean, error: unknown): Refused {
	const reason = isSent ? 'outcome_unknown' : 'service_unavailable';
	return {
		kind: isSent ? 'unknown' : 'rejected',
		source: 'request',
		reason,
		code: null,
		isSent,
		what: isSent
			? "The response couldn't be processed, so this item may or may not have been saved."
			: "Not sent, because the run couldn't continue. Try again.",
		said: [],
		details: error instanceof Error ? detailsOf(`${error.name}: ${error.message}`) : [],
		retryable: isRetryable(reason),
		requestFailed: false,
	};
}

/** A refusal that came only when an item was sent again: the first time it may have been saved. */
export function inDoubt(refused: Refused): Refused {
	return {
		...refused,
		kind: 'unknown',
		retryable: false,
		details: [
			...refused.details,
			'This is the response to a second request; the first got no response and may have saved it.',
		],
	};
}
