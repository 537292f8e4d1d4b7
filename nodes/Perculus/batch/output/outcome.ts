import type { IDataObject } from 'n8n-workflow';

import { isWrongValue } from '../../errors/codes';
import { isRetryable, reasonForCode } from '../../errors/reasons';
import type { Told } from '../../errors/words';
import { detailsOf } from '../../transport/batchBody';
import type { Failure } from '../../transport/classify';
import type { Result } from '../match/results';
import { pairingNotes } from './pairingNotes';
import { pastStart } from '../../resources/session/pastStart';
import type { Draft } from '../../resources/session/session';
import { startDifference } from '../../resources/session/start';

export interface Approved {
	kind: 'approved';
	/** The session as the API returned it. */
	view: IDataObject;
	/** It was found after its answer was lost. */
	recovered: boolean;
	warnings: readonly string[];
}

/** What became of an item's session. */
export type Outcome = Approved | Refused;

export interface Refused extends Told {
	/** The API's code; null where there is none. */
	code: number | null;
	/** What happened, where that can be told more exactly than by the reason. */
	what?: string;
	/** The API's own words. */
	said: readonly string[];
	/** Every issue, and whatever else there is to say about this item: a sentence each. */
	details: string[];
	retryable: boolean;
	/** GUIDs of sessions that may be meant, as the API wrote them; ten at most. */
	candidates?: readonly string[];
	/** The request itself failed, as against a word of the API or of this node about this item. */
	requestFailed: boolean;
}

const NO_NOTES: readonly string[] = [];

/**
 * An approved session; the start that came back is compared with the one that was meant.
 *
 * @param notes what else about it needs a look
 */
export function approve(draft: Draft, view: IDataObject, notes = NO_NOTES): Approved {
	const difference = draft.start && startDifference(draft.start, view.start_date);
	const warnings =
		difference || notes.length > 0
			? [...draft.warnings, ...(difference ? [difference] : []), ...notes]
			: draft.warnings;
	return { kind: 'approved', view, recovered: false, warnings };
}

/**
 * The API's word against a session.
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

/** @param now when the answer came, in milliseconds since 1970 */
export function outcomeOf(draft: Draft, result: Result, now: number): Outcome {
	const notes = result.basis === 'certain' ? NO_NOTES : pairingNotes(result);
	if (result.kind === 'approved') return approve(draft, result.view, notes);
	const refused = refuse(result.code, result.details);
	return explain(draft, notes.length > 0 ? { ...refused, details: [...notes] } : refused, now);
}

/** A start in the past is called that: the API only calls it invalid, in one of two languages. */
export function explain(draft: Draft, outcome: Outcome, now: number): Outcome {
	if (outcome.kind === 'approved' || !isWrongValue(outcome.code) || !draft.start) return outcome;
	const past = pastStart(draft.start, now);
	return past === undefined ? outcome : { ...outcome, details: [past, ...outcome.details] };
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
 * A session of a request that failed.
 *
 * @param details what is known beside it
 * @param said the API's own words
 */
export function failed(
	failure: Failure,
	details: string[] = [],
	said: readonly string[] = [],
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

/** A session that is too large even in a request of its own: about this item alone, so that the others go on. */
export function tooLarge(failure: Failure, code: number | null, said: readonly string[]): Refused {
	return code === null
		? { ...failed(failure, [], said), requestFailed: false }
		: refuse(code, said);
}

/** A session that was not sent any more, because an earlier request of the run failed. */
export function notSent(failure: Failure): Refused {
	// Whatever stopped the earlier request, this session was certainly not saved.
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

/** A session that the answer says nothing about. */
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
 * A session that this node lost sight of, because something in the node itself went wrong.
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
			? 'This node could not work through the answer of Perculus, so this may or may not have been saved.'
			: 'Not sent, because this node could not go on. Send this again.',
		said: [],
		details: error instanceof Error ? detailsOf(`${error.name}: ${error.message}`) : [],
		retryable: isRetryable(reason),
		requestFailed: false,
	};
}

/** A refusal that came only when an update was sent again: the first time it may have been saved. */
export function inDoubt(refused: Refused): Refused {
	return {
		...refused,
		kind: 'unknown',
		retryable: false,
		details: [
			...refused.details,
			'This answer came when the update was sent again; the first time no answer came, so it may have been saved then.',
		],
	};
}
