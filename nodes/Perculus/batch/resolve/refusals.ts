import type { ReasonName } from '../../errors/reasons';
import type { Failure } from '../../transport/reply';
import { notSent, type Refused } from '../output/outcome';

/** So many of what may be meant are named at most. */
export const MOST_CANDIDATES = 10;

/** What was not sent, because a search that has to come before did not succeed. */
export function lookupFailed(failure: Failure): Refused {
	return {
		...notSent(failure),
		what: 'Not sent, because Perculus could not be searched for the session that is meant.',
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
	if (guids.length !== 1) return againstSending('ambiguous_reference', [], guids);
	const details = [
		`In Perculus, the reference is written with other capital letters than ${reference}`,
	];
	return {
		...againstSending('ambiguous_reference', details, guids),
		what: 'Nothing was done for this item, because no session in Perculus has exactly this reference.',
		todo: 'Write the reference as it is there, or give the Session GUID.',
	};
}
