import type { IDataObject } from 'n8n-workflow';

import { REASONS, reasonForCode, type ReasonName } from '../../errors/reasons';
import type { Failure } from '../../transport/classify';
import { detailsOf } from '../../transport/batchBody';
import type { Result } from '../match/results';
import { pairingNotes } from './pairingNotes';
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

export interface Refused {
	kind: 'rejected' | 'unknown';
	source: 'validation' | 'api' | 'request';
	reason: ReasonName;
	/** The API's code; null where there is none. */
	code: number | null;
	message: string;
	details: string[];
	retryable: boolean;
	/** GUIDs of sessions that may be this item's, as the API wrote them; ten at most. */
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

/** The API's word against a session. */
export function refuse(
	code: number | null,
	details: readonly string[],
	reason = reasonForCode(code),
): Refused {
	const { message, retryable } = REASONS[reason];
	return {
		kind: 'rejected',
		source: 'api',
		reason,
		code,
		message,
		details: [...details],
		retryable,
		requestFailed: false,
	};
}

export function outcomeOf(draft: Draft, result: Result): Outcome {
	const notes = result.basis === 'certain' ? NO_NOTES : pairingNotes(result);
	return result.kind === 'approved'
		? approve(draft, result.view, notes)
		: refuse(result.code, [...result.details, ...notes]);
}

/** An item that cannot be sent. */
export function invalid(issues: string[]): Refused {
	return {
		kind: 'rejected',
		source: 'validation',
		reason: 'invalid_input',
		code: null,
		message:
			issues.length === 1
				? `Not sent: ${issues[0]}.`
				: `Not sent: ${issues.length} values of this session cannot be used. Correct what the details name.`,
		details: issues,
		retryable: REASONS.invalid_input.retryable,
		requestFailed: false,
	};
}

/** A session of a request that failed. */
export function failed(failure: Failure, details: string[] = []): Refused {
	const isUnknown = failure.applied === 'unknown';
	return {
		kind: isUnknown ? 'unknown' : 'rejected',
		source: 'request',
		reason: failure.reason,
		code: failure.code,
		message: isUnknown
			? `${failure.message} Look in Perculus before you send this session again.`
			: failure.message,
		details,
		retryable: !isUnknown && REASONS[failure.reason].retryable,
		requestFailed: true,
	};
}

/** A session that is too large even in a request of its own: about this item alone, so that the others go on. */
export function tooLarge(
	failure: Failure,
	code: number | null,
	details: readonly string[],
): Refused {
	return code === null
		? { ...failed(failure, [...details]), requestFailed: false }
		: refuse(code, details);
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
		message: 'Not sent, because an earlier request of this run did not succeed.',
		details: [failure.message],
		retryable: REASONS[reason].retryable,
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
		message: REASONS.no_result.message,
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
		message: isSent
			? 'This node could not work through the answer of Perculus, so this session may or may not have been saved. Look in Perculus before you send it again.'
			: 'Not sent, because this node could not go on. Send this session again.',
		details: error instanceof Error ? detailsOf(`${error.name}: ${error.message}`) : [],
		retryable: REASONS[reason].retryable,
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
