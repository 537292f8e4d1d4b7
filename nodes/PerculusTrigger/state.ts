import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../Perculus/values/collections';
import { DAY } from '../Perculus/values/dates/dateParts';

/** What is remembered of a session. It is saved with the workflow, up to thousands of times. Seconds since 1970. */
export interface KnownSession {
	/** Its last known end; for 'Session Ended' with the minutes after it. */
	at: number;
	/** The starts for which 'Session Starting' and 'Session Ended' fired. */
	starting?: number[];
	ended?: number[];
	/** Seen by 'Session Created': 1 if that fired, 0 if the session wasn't new. */
	created?: 0 | 1;
	/** For 'Session Updated': six characters of a hash for each field. */
	seen?: string;
}

export interface TriggerState {
	/** Digest of the parameters that the baseline belongs to. */
	settings: string;
	/** When watching began, in milliseconds since 1970: what happened before doesn't fire. */
	baseline: number;
	/** By GUID in lower case. */
	sessions: Record<string, KnownSession>;
}

/** How long what fired stays known, beyond the last known end. */
const KEPT_AFTER_FIRING = 10 * DAY;

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Counts what was written; polls can overlap. */
export const revisionOf = (data: IDataObject): number => Number(data.revision ?? 0);

/** The state that a poll before left; undefined before the first one. */
export function readState({ settings, baseline, sessions }: IDataObject): TriggerState | undefined {
	const isState =
		typeof settings === 'string' && typeof baseline === 'number' && isObject(sessions);
	if (!isState) return undefined;
	return { settings, baseline, sessions: sessions as Record<string, KnownSession> };
}

/** n8n notices what is assigned to top-level keys only, and saves the whole of it: nothing is written without a change. */
export function writeState(data: IDataObject, state: TriggerState): void {
	const { settings, baseline, sessions } = data;
	if (JSON.stringify({ settings, baseline, sessions }) === JSON.stringify(state)) return;
	Object.assign(data, state, { revision: revisionOf(data) + 1 });
}

/** What stays known of sessions. Both times in milliseconds; `now` is earlier by the minutes after the end. */
export function pruneSessions(
	sessions: Iterable<[string, KnownSession]>,
	{ windowStart, now }: { windowStart: number; now: number },
): TriggerState['sessions'] {
	const oldest = seconds(now - KEPT_AFTER_FIRING);
	const kept: TriggerState['sessions'] = {};
	for (const [guid, known] of sessions) {
		const { starting, ended, created } = known;
		const hasFired = starting !== undefined || ended !== undefined || created === 1;
		const from = seconds(windowStart);
		if (known.at < (hasFired ? Math.min(from, oldest) : from)) continue;
		// A session may be rescheduled for years. A start is before the end that decides how long the session is kept.
		const recent = (starts: number[]) => starts.filter((start) => start >= oldest - seconds(DAY));
		kept[guid] = {
			...known,
			...(starting && { starting: recent(starting) }),
			...(ended && { ended: recent(ended) }),
		};
	}
	return kept;
}
