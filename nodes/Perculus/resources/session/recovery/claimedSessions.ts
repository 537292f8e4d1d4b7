import type { IDataObject } from 'n8n-workflow';

import { normalGuid } from '../../../values/guid';
import { guidOf } from '../compare/identity';

/** Milliseconds; longer than any run that looks for a lost session of the same moment. */
const KEPT = 3_600_000;
/** A process that makes more than this within that time forgets the oldest sooner. */
const MOST = 100_000;

/**
 * Creates that runs of this process have accounted for, by GUID: what was claimed lately, and what was claimed before
 * that; from time to time the older half is forgotten as a whole. What came with an answer waits in `noted` until
 * somebody asks, which only a run that lost an answer does.
 */
let lately = new Set<string>();
let before = new Set<string>();
let noted: unknown[] = [];
let since = 0;

function addNoted(): void {
	for (const guid of noted) {
		const normal = normalGuid(guid);
		if (normal !== undefined) lately.add(normal);
	}
	noted = [];
}

function forgetOld(now: number): void {
	if (now - since <= KEPT && lately.size + noted.length < MOST) return;
	addNoted();
	[lately, before, since] = [new Set(), lately, now];
}

/**
 * Accounts for a session that came with an answer, for all runs of this process: none of them takes it for a lost one
 * of its own.
 *
 * @param now milliseconds since 1970
 */
export function noteClaim(view: IDataObject, now: number): void {
	forgetOld(now);
	noted.push(view.session_guid ?? view.the_guid);
}

/**
 * Accounts for a session that was found. So two runs at once never claim more sessions than exist, and a session that
 * an earlier run made is never taken.
 *
 * @param now milliseconds since 1970
 * @returns false where it was claimed before
 */
export function claim(view: IDataObject, now: number): boolean {
	if (isClaimed(view)) return false;
	forgetOld(now);
	noted.push(guidOf(view));
	return true;
}

/** Whether some run of this process has accounted for it; also true of what has no GUID to tell by. */
export function isClaimed(view: IDataObject): boolean {
	addNoted();
	const guid = guidOf(view);
	return guid === undefined || lately.has(guid) || before.has(guid);
}
