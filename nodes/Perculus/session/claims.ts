import type { IDataObject } from 'n8n-workflow';

import { Likeness } from './echo';

/** Milliseconds; longer than any run that looks for a lost session of the same moment. */
const KEPT = 3_600_000;
/** The oldest go first where a process makes more than this in that time. */
const MOST = 200_000;

/** Creates that runs of this process have accounted for, by GUID, with the time of ours; oldest first. */
const claimed = new Map<string, number>();

/**
 * Accounts for a session, for all runs of this process: none of them takes it for a lost one of its own. So two runs
 * at once never claim more sessions than exist, and a session that an earlier run made is never taken.
 *
 * @returns false where it was claimed before
 */
export function claim(view: IDataObject, now: number): boolean {
	for (const [guid, at] of claimed) {
		if (now - at < KEPT && claimed.size < MOST) break;
		claimed.delete(guid);
	}
	const { guid } = new Likeness(view);
	if (guid === undefined || claimed.has(guid)) return false;
	claimed.set(guid, now);
	return true;
}

export function isClaimed(view: IDataObject): boolean {
	const { guid } = new Likeness(view);
	return guid === undefined || claimed.has(guid);
}
