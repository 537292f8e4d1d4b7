import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { LENGTH } from '../Perculus/session/fields';
import { dayIn, fitsFilters, type SessionFilters } from '../Perculus/session/search';
import { parseAnswerDate } from '../Perculus/session/start';
import { showSession } from '../Perculus/session/view';
import { amountIn } from '../Perculus/transport/body';
import { DAY, isNoDate, MINUTE } from '../Perculus/values/dates/dateParts';
import { normalGuid } from '../Perculus/values/text';
import { instantsOf, offsetText, zoneName, zoneOffset } from '../Perculus/values/zones';
import { type KnownSession, pruneSessions, seconds, type TriggerState } from './state';

export type TriggerOn = 'sessionCreated' | 'sessionUpdated' | 'sessionStarting' | 'sessionEnded';

/** What fires, from the parameters. */
export interface Watch {
	triggerOn: TriggerOn;
	/** Minutes before the start, or after the end. */
	minutes: number;
	daysBack: number;
	daysAhead: number;
	/** Name, tags, and the workflow's IANA zone, in which days begin. */
	filters: SessionFilters;
	/** Digest of the parameters, as written in the panel: another one starts a new baseline. */
	settings: string;
}

export interface TriggerEvent {
	view: IDataObject;
	/** The start, the planned end, or the time of the poll. Milliseconds since 1970, like `start`. */
	at: number;
	start: number;
	changedFields?: string[];
}

interface Session {
	view: IDataObject;
	/** Milliseconds since 1970. */
	start: number;
	/** The start and the duration; undefined if no duration can be read. */
	end: number | undefined;
}

/** Whether a session fires, and what is to be remembered of it beside what is known already. */
interface Decision {
	fires?: { at: number; changedFields?: string[] };
	known?: Partial<KnownSession>;
}

type Decide = (
	session: Session,
	known: Partial<KnownSession>,
	moment: { watch: Watch; now: number; baseline: number; isFirst: boolean },
) => Decision;

/** Milliseconds before the baseline in which a created session is still new: the server's clock may be behind. */
const CLOCK_TOLERANCE = 10 * MINUTE;
/** Milliseconds after which an end that is due no longer fires. */
const LONGEST_DELAY = DAY;
/** Where the sample for 'Fetch Test Event' is searched. */
export const SAMPLE_DAYS = { ahead: 90, back: 30 };

const WATCHED_FIELDS = ['name', 'start_date', 'timezone', 'duration', 'status'] as const;
const HASH_LENGTH = 6;

/** Whether an event is about the sessions of a window of days. */
const hasWindow = ({ triggerOn }: Watch) =>
	triggerOn === 'sessionCreated' || triggerOn === 'sessionUpdated';

/** The days of the starts that are searched, in the workflow's zone. @param isSample for 'Fetch Test Event' */
export function searchedDays(watch: Watch, now: number, isSample: boolean): SessionFilters {
	const { triggerOn, minutes, daysBack, daysAhead, filters } = watch;
	const day = (instant: number) => dayIn(filters.zone, instant);
	if (triggerOn === 'sessionStarting') {
		const ahead = isSample ? SAMPLE_DAYS.ahead * DAY : minutes * MINUTE;
		return { ...filters, from: day(now), until: day(now + ahead) };
	}
	if (triggerOn === 'sessionEnded') {
		const back = isSample ? SAMPLE_DAYS.back * DAY : LONGEST_DELAY + minutes * MINUTE;
		return { ...filters, from: day(now - back - LENGTH.max * MINUTE), until: day(now) };
	}
	return { ...filters, from: day(now) - daysBack, until: day(now) + daysAhead };
}

/** The session, unless its start can't be read. The digits of a start without an offset are on the clock of its zone. */
function sessionOf(view: IDataObject, zone: string): Session | undefined {
	const read = parseAnswerDate(view.start_date);
	if (!read) return undefined;
	const ownZone = zoneName(String(view.timezone)) ?? zone;
	const start = read.instant ?? instantsOf(ownZone, Date.parse(`${read.clock}Z`))[0];
	if (start === undefined) return undefined;
	const duration = amountIn(view.duration);
	return { view, start, end: duration === undefined ? undefined : start + duration * MINUTE };
}

/** A start is an instant, and a zone one in any spelling: written otherwise, they are no change. */
function hashesOf({ view, start }: Session): string[] {
	const { timezone } = view;
	const values: IDataObject = {
		...view,
		start_date: start,
		timezone: zoneName(String(timezone)) ?? timezone,
	};
	return WATCHED_FIELDS.map((field) =>
		createHash('sha256')
			.update(String(values[field] ?? ''))
			.digest('base64url')
			.slice(0, HASH_LENGTH),
	);
}

const DECIDE: Record<TriggerOn, Decide> = {
	sessionStarting({ start }, { starting = [] }, { watch, now }) {
		const isDue = start - watch.minutes * MINUTE <= now && start > now;
		if (!isDue || starting.includes(seconds(start))) return {};
		return { fires: { at: start }, known: { starting: [...starting, seconds(start)] } };
	},

	sessionEnded({ start, end }, { ended = [] }, { watch, now, baseline }) {
		if (end === undefined) return {};
		const due = end + watch.minutes * MINUTE;
		const isDue = due <= now && due > baseline && due >= now - LONGEST_DELAY;
		// An early finish changes the duration, but not the start.
		if (!isDue || ended.includes(seconds(start))) return {};
		return { fires: { at: end }, known: { ended: [...ended, seconds(start)] } };
	},

	sessionCreated({ view }, { created }, { now, baseline, isFirst }) {
		if (created !== undefined) return { known: {} };
		const { clock = '', instant } = parseAnswerDate(view.creation_date) ?? {};
		const createdAt = isNoDate(clock) ? undefined : instant;
		// A session that only moved into the window isn't new; without a date the GUID decides.
		const isNew = createdAt === undefined || createdAt >= baseline - CLOCK_TOLERANCE;
		return isFirst || !isNew
			? { known: { created: 0 } }
			: { known: { created: 1 }, fires: { at: now } };
	},

	sessionUpdated(session, { seen }, { now, isFirst }) {
		const hashes = hashesOf(session);
		const known = { seen: hashes.join('') };
		if (seen === undefined || isFirst) return { known };
		const changedFields = WATCHED_FIELDS.filter(
			(_, at) => !seen.startsWith(String(hashes[at]), at * HASH_LENGTH),
		);
		return changedFields.length > 0 ? { known, fires: { at: now, changedFields } } : { known };
	},
};

/**
 * Decides which events fire. Sessions that a search doesn't show stay as they are known: absence proves nothing.
 *
 * @param views every session that the search found, once
 * @param before undefined at the first poll
 * @param now milliseconds since 1970, read after the search
 */
export function decideEvents(
	views: readonly IDataObject[],
	before: TriggerState | undefined,
	watch: Watch,
	now: number,
): { events: TriggerEvent[]; state: TriggerState } {
	const isFirst = before?.settings !== watch.settings;
	const baseline = isFirst || !before ? now : before.baseline;
	const { triggerOn, filters } = watch;
	const conditions = hasWindow(watch) ? searchedDays(watch, now, false) : filters;
	const after = triggerOn === 'sessionEnded' ? watch.minutes * MINUTE : 0;

	const sessions = new Map(Object.entries(before?.sessions ?? {}));
	const events: TriggerEvent[] = [];
	for (const view of views) {
		const guid = normalGuid(view.session_guid);
		const session = sessionOf(view, filters.zone);
		if (guid === undefined || !session || !fitsFilters(view, conditions)) continue;
		const { start, end = start } = session;
		const known = sessions.get(guid);
		const moment = { watch, now, baseline, isFirst };
		const { fires, known: more } = DECIDE[triggerOn](session, known ?? {}, moment);
		if (fires) events.push({ view, start, ...fires });
		if (known ?? more) sessions.set(guid, { ...known, ...more, at: seconds(end + after) });
	}
	events.sort((a, b) => a.at - b.at || a.start - b.start);

	// Days of the window begin in the workflow's zone, at most a day earlier.
	const windowStart = hasWindow(watch) ? now - (watch.daysBack + 1) * DAY : now;
	const kept = pruneSessions(sessions, { windowStart, now: now - after });
	return { events, state: { settings: watch.settings, baseline, sessions: kept } };
}

/** The session nearest to now, as a sample for 'Fetch Test Event'. */
export function sampleEvent(
	views: readonly IDataObject[],
	watch: Watch,
	now: number,
): TriggerEvent | undefined {
	const { triggerOn, filters } = watch;
	const conditions = hasWindow(watch) ? searchedDays(watch, now, true) : filters;
	const samples = views.flatMap((view): TriggerEvent[] => {
		const session = sessionOf(view, filters.zone);
		if (!session || !fitsFilters(view, conditions)) return [];
		const { start, end = NaN } = session;
		if (triggerOn === 'sessionStarting')
			return start > now && start <= now + SAMPLE_DAYS.ahead * DAY
				? [{ view, at: start, start }]
				: [];
		if (triggerOn === 'sessionEnded')
			return end <= now && end >= now - SAMPLE_DAYS.back * DAY ? [{ view, at: end, start }] : [];
		return [{ view, at: now, start, changedFields: [] }];
	});
	const distance = ({ at, start }: TriggerEvent) => Math.abs((hasWindow(watch) ? start : at) - now);
	return samples.sort((a, b) => distance(a) - distance(b))[0];
}

/** 'YYYY-MM-DDTHH:mm:ss+03:00' on the clock of a zone. */
const isoIn = (zone: string, instant: number): string => {
	const offset = zoneOffset(zone, instant);
	return new Date(instant + offset * MINUTE).toISOString().slice(0, 19) + offsetText(offset);
};

/** The item of an event: the event, its moment, then the session as in Get. */
export function itemOf(
	{ view, at, start, changedFields }: TriggerEvent,
	{ triggerOn, filters }: Watch,
	{ now, isSimplified }: { now: number; isSimplified: boolean },
): IDataObject {
	const isOfSession = triggerOn === 'sessionStarting' || triggerOn === 'sessionEnded';
	const zone = (isOfSession ? zoneName(String(view.timezone)) : undefined) ?? filters.zone;
	const item: IDataObject = {
		event: triggerOn.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
		event_at: isoIn(zone, at),
	};
	showSession(item, view, isSimplified);
	if (triggerOn === 'sessionStarting') item.starts_in_minutes = Math.ceil((start - now) / MINUTE);
	if (triggerOn === 'sessionUpdated') item.changed_fields = changedFields ?? [];
	return item;
}
