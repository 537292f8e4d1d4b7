import type { Clock, StampForm } from '../values/clock';
import type { GuidCase } from '../values/guid';
import type { Language } from '../values/texts';
import { ACCESS_KEY, SECRET_KEY } from './bearer';
import type { Route } from './target';

/** Whether `%40` in a path is `@`, or stays what it is. */
export type PathIds = 'decoded' | 'raw';

/** Switches of the server as a whole. */
export interface ServerSwitches {
	/** Documented: every request is signed with this pair (the formula; the values are made up). */
	accessKey: string;
	secretKey: string;
	/** Assumed: an unknown path is answered without a body. Documented: both spellings exist. */
	basePaths: readonly string[];
	/**
	 * Assumed: what percent-encoding in a path's ids does (every HTTP server decodes it). With `raw`
	 * only ids sent as they are fit, as the vendor's client sends them.
	 */
	pathIds: PathIds;
	/** How long every answer takes, in milliseconds; what it does is done at once. */
	latencyMs: number;

	/** Documented: one reading per batch, shared by all its items. The Date header reads anew. */
	clock: Clock;
	/** The server's clock ahead of `clock`: moves its stamps, the past check and the Date header. */
	clockSkewMs: number;
	/** Assumed: whether there is a Date header (a proxy may strip it). */
	dateHeader: boolean;
	/** Documented: v2 answers have up to six digits and an offset, v1 samples seven and `Z`. */
	stamps: StampForm;

	/** Documented: GUIDs come back in upper case, and requests may use either. */
	guidCase: GuidCase;
	/** Documented: both languages exist. Assumed: what selects one. */
	language: Language;

	/** Assumed: the body of a 401. `json` carries code 14. */
	unauthorizedBody: 'json' | 'empty' | 'html';
	/** Inferred: what isn't there is a 404 with its code. Assumed: or a gateway's HTML page without. */
	notFoundBody: 'code' | 'page';
	/** Assumed: routes that this address doesn't have: a 404 page, before the keys are checked. */
	missingRoutes: readonly Route[] | 'all';
	/** Documented: fixed. Assumed: both dates of every record are later in each answer. */
	recordDates: 'fixed' | 'moving';
}

export function serverDefaults(): ServerSwitches {
	return {
		accessKey: ACCESS_KEY,
		secretKey: SECRET_KEY,
		basePaths: ['/xapi/v2', '/api/groups/xapi'],
		pathIds: 'decoded',
		latencyMs: 0,
		clock: () => new Date(),
		clockSkewMs: 0,
		dateHeader: true,
		stamps: 'micros',
		guidCase: 'upper',
		language: 'en',
		unauthorizedBody: 'json',
		notFoundBody: 'code',
		missingRoutes: [],
		recordDates: 'fixed',
	};
}
