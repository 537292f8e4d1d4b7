import type { Json } from '../values/json';
import type { DetailsShape } from '../values/texts';
import type { Stage } from './result';

/** An item's refusal by a test's own rule. */
export interface Refusal {
	code: number;
	details?: Json;
	/** Assumed: a session's validation failures carry shape A, later ones B. Default `later`. */
	stage?: Stage;
}

/** Switches of every batch, whatever its items are. */
export interface BatchSwitches {
	/** Assumed: an empty list is answered with two empty lists, or refused (code 19). */
	emptyBatch: 'ok' | 'refused';
	/** Assumed: 400 with code 38 (41 for attendees), or 413 with the HTML of a proxy and no code. */
	batchLimitStatus: 400 | 413;
	/**
	 * Assumed: what a value of a wrong type does. `perItem`: code 12 for that item. The others
	 * refuse the whole body and apply nothing: with code 12, with code 19, or with the problem
	 * document of a typed server, which has no code.
	 */
	malformed: 'perItem' | 'wholeBody12' | 'wholeBody19' | 'modelBinding';
	/**
	 * Assumed: what a text that is no GUID is: unknown, or a value of a wrong type. Documented: an
	 * attendee's user is refused alone in any case; then `malformed` makes it code 12.
	 */
	malformedGuid: 'notFound' | 'malformed';

	/** Documented: a list for a failed validation, one text for a later failure. */
	details: DetailsShape;
	/** Documented: rejected = later failures, then failed validations. The others are assumed. */
	order: 'documented' | 'request' | 'reversed' | 'shuffled';
	/** Seed of `order: 'shuffled'`, `searchOrder: 'shuffled'`, `omit` and `attendeeOmit`. */
	seed: number;
}

export function batchDefaults(): BatchSwitches {
	return {
		emptyBatch: 'ok',
		batchLimitStatus: 400,
		malformed: 'perItem',
		malformedGuid: 'notFound',
		details: 'documented',
		order: 'documented',
		seed: 1,
	};
}
