import type { ReasonName } from '../../messages';
import type { Failure } from '../../transport/reply';
import { quote } from '../../values/quote';
import { notSent, type Refused } from '../output/outcome';

/** So many of what may be meant are named at most. */
export const MOST_CANDIDATES = 10;

/** What was not sent, because a search that has to come before did not succeed. */
export function lookupFailed(failure: Failure): Refused {
	return {
		...notSent(failure),
		what: 'Not sent, because the search for the session was unsuccessful.',
	};
}

/** What a search showed against sending an item. */
export function againstSending(
	reason: ReasonName,
	details: string[],
	candidates: readonly string[] = [],
): Refused {
	return {
		kind: 'rejected',
		source: 'lookup',
		reason,
		code: null,
		isSent: false,
		said: [],
		details,
		retryable: false,
		requestFailed: false,
		...(candidates.length > 0 && { candidates: candidates.slice(0, MOST_CANDIDATES) }),
	};
}

/**
 * An item whose reference several have, or one in other letters.
 *
 * @param guids as the API wrote them
 */
export function ambiguousReference(reference: string, guids: readonly string[]): Refused {
	if (guids.length !== 1) {
		const subject = `the reference ${quote(reference)}`;
		return { ...againstSending('ambiguous_reference', [], guids), subject };
	}
	const details = [`In Perculus it is written with other capital letters than ${reference}`];
	return {
		...againstSending('ambiguous_reference', details, guids),
		what: 'No session has exactly this reference, so nothing was sent.',
		todo: "Write the reference as it is there, or map 'Session GUID'.",
	};
}
