import type { IDataObject } from 'n8n-workflow';

import { guidOf } from './echo';

/** Milliseconds; longer than any run that looks for a lost session of the same moment. */
const KEPT = 3_600_000;
/** A process that makes more than this within that time forgets the oldest sooner. */
const MOST = 100_000;

/**
 * Creates that runs of this process have accounted for, by GUID. What was claimed lately, and what was claimed before
 * that: from time to time the older half is forgotten as a whole.
 */
let lately = new Set<string>();
let before = new Set<string>();
let since = 0;

/**
 * Accounts for a session, for all runs of this process: none of them takes it for a lost one of its own. So two runs
 * at once never claim more sessions than exist, and a session that an earlier run made is never taken.
 *
 * @param now milliseconds since 1970
 * @returns false where it was claimed before
 */
export function claim(view: IDataObject, now: number): boolean {
	if (now - since > KEPT || lately.size >= MOST) [lately, before, since] = [new Set(), lately, now];
	const guid = guidOf(view);
	if (guid === undefined || lately.has(guid) || before.has(guid)) return false;
	lately.add(guid);
	return true;
}

/** Whether some run of this process has accounted for it; also true of what has no GUID to tell by. */
export function isClaimed(view: IDataObject): boolean {
	const guid = guidOf(view);
	return guid === undefined || lately.has(guid) || before.has(guid);
}
