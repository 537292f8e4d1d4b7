import { notSent, refusal, type Refused } from '../batch/outcome';
import type { ReasonName } from '../messages';
import type { Failure } from '../transport/responses';
import { quote } from '../values/text';
import type { Finding } from './lookup';

/** So many of what may be meant are named at most. */
export const MOST_CANDIDATES = 10;

/** What was not sent, because a search that has to come before did not succeed. */
export function lookupFailed(failure: Failure): Refused {
	return {
		...notSent(failure),
		summary: 'Not sent, because the search for the session was unsuccessful.',
	};
}

/** A reference in messages. */
export const inWords = (reference: unknown): string => `the reference ${quote(reference)}`;

/**
 * What a search showed against sending an item.
 *
 * @param candidates GUIDs as the API wrote them
 */
export function refuseReference(
	reason: ReasonName,
	reference: string,
	candidates: readonly string[] = [],
): Refused {
	return refusal('lookup', reason, {
		named: inWords(reference),
		...(candidates.length > 0 && { candidates: candidates.slice(0, MOST_CANDIDATES) }),
	});
}

/**
 * An item whose reference several sessions have, or one with other capital letters.
 *
 * @param guids as the API wrote them
 */
export function ambiguousReference(reference: string, guids: readonly string[]): Refused {
	const refused = refuseReference('ambiguous_reference', reference, guids);
	if (guids.length !== 1) return refused;
	return {
		...refused,
		summary: 'No session has exactly this reference, so nothing was sent.',
		advice: "Write the reference as it is there, or map 'Session GUID'.",
		details: [`In Perculus it is written with other capital letters than ${reference}`],
	};
}

/** Why no session can be taken from what the search for a reference found. */
export function refuseFinding(
	finding: Exclude<Finding, { kind: 'one' }>,
	reference: string,
): Refused {
	switch (finding.kind) {
		case 'none':
			return refuseReference('session_not_found', reference);
		case 'several':
			return ambiguousReference(reference, finding.guids);
		case 'incomplete':
			return refuseReference('lookup_incomplete', reference);
	}
}
