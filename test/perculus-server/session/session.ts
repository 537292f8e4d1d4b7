import type { Switches } from '../switches';
import { spellGuid } from '../values/guid';
import { parseDate, startAtInstant, startAtWall, type Start } from '../values/startDate';
import type { SessionItem } from './batch/item';
import { acceptedOptions, defaultOptions, mergeOptions, type SessionOptions } from './options';
import { joinTags, spellTags } from './tags';

/** Documented: the 13 keys of an approved item, of a search result and of a single session. */
export interface SessionView {
	session_guid: string;
	name: string;
	description: string | null;
	tags: string | null;
	start_date: string;
	timezone: string;
	duration: number;
	lang: string;
	status: number;
	replay_status: number;
	options: SessionOptions;
	creation_date: string;
	updating_date: string;
}

/** A session in the store: the view, and what the view does not show. */
export interface StoredSession extends SessionView {
	allow_recording: boolean;
	inaccessible_replay: boolean;
	/** The start as a true instant. */
	start_ms: number;
	/** The start's digits read as though they were UTC. */
	start_wall_ms: number;
	/** Real time of the creation, for `visibilityDelayMs`; 0 for preloaded sessions. */
	stored_at: number;
	/** Counts up in the order of creation. */
	serial: number;
}

export function spellName(name: string, spelling: Switches['names']): string {
	if (spelling === 'trimmed') return name.trim();
	if (spelling === 'collapsed') return name.trim().replace(/\s+/g, ' ');
	return spelling === 'nfc' ? name.normalize('NFC') : name;
}

/** Real time, not the injected clock: the delay models a slow server, which no test can freeze. */
export function isVisible(session: StoredSession, switches: Switches): boolean {
	return Date.now() - session.stored_at >= switches.visibilityDelayMs;
}

/** Documented: 13 keys. Every view has its own options, so that later updates do not change it. */
export function viewOf(session: StoredSession, switches: Switches): SessionView {
	return {
		session_guid: spellGuid(session.session_guid, switches.guidCase),
		name: session.name,
		description: session.description,
		tags: session.tags,
		start_date: session.start_date,
		timezone: session.timezone,
		duration: session.duration,
		lang: session.lang,
		status: session.status,
		replay_status: session.replay_status,
		options: session.options,
		creation_date: session.creation_date,
		updating_date: session.updating_date,
	};
}

/** Makes a session of a create that passed every check. */
export function createdSession(
	item: SessionItem,
	start: Start,
	moment: { stamp: string },
	serial: number,
	switches: Switches,
): StoredSession {
	const duration = item.duration ?? 0;
	const defaults = defaultOptions(duration);
	const sent = acceptedOptions(item.options ?? {}, switches.autoStartKey);
	return {
		session_guid: switches.newGuid().toUpperCase(),
		name: spellName(item.name ?? '', switches.names),
		description: item.description ?? null,
		tags: spellTags(item.tags ?? null, switches.tags),
		start_date: start.text,
		timezone: item.timezone ?? switches.defaultTimezone,
		duration,
		lang: item.lang ?? switches.defaultLang,
		status: 1,
		replay_status: 0,
		options: mergeOptions(defaults, sent, defaults, 'ignore'),
		creation_date: moment.stamp,
		updating_date: moment.stamp,
		allow_recording: item.allowRecording ?? true,
		inaccessible_replay: item.inaccessibleReplay ?? false,
		start_ms: start.ms,
		start_wall_ms: start.wallMs,
		stored_at: Date.now(),
		serial,
	};
}

/**
 * Documented: fields that were not sent stay as they are, and `options.session_duration` follows
 * `duration` when it was not sent itself.
 */
export function updatedSession(
	stored: StoredSession,
	item: SessionItem,
	start: Start | null,
	moment: { stamp: string },
	switches: Switches,
): StoredSession {
	const clears = switches.nullFields === 'clear';
	const pick = <T>(sent: T | null | undefined, kept: T, cleared: T): T =>
		sent === undefined ? kept : (sent ?? (clears ? cleared : kept));

	const timezone = pick(item.timezone, stored.timezone, switches.defaultTimezone);
	const duration = item.duration ?? stored.duration;
	const moved = start ?? rezoned(stored, timezone, switches);
	return {
		...stored,
		name: item.name ? spellName(item.name, switches.names) : stored.name,
		description: pick<string | null>(item.description, stored.description, null),
		tags: pick<string | null>(sentTags(stored, item, switches), stored.tags, null),
		start_date: moved?.text ?? stored.start_date,
		start_ms: moved?.ms ?? stored.start_ms,
		start_wall_ms: moved?.wallMs ?? stored.start_wall_ms,
		timezone,
		duration,
		lang: pick(item.lang, stored.lang, switches.defaultLang),
		options: updatedOptions(stored, item, duration, switches),
		updating_date: moment.stamp,
		allow_recording: pick(item.allowRecording, stored.allow_recording, true),
		inaccessible_replay: pick(item.inaccessibleReplay, stored.inaccessible_replay, false),
	};
}

function sentTags(stored: StoredSession, item: SessionItem, switches: Switches) {
	if (typeof item.tags !== 'string') return item.tags;
	const joins = switches.tagsOnUpdate === 'join';
	return spellTags(joins ? joinTags(stored.tags, item.tags) : item.tags, switches.tags);
}

function rezoned(stored: StoredSession, timezone: string, switches: Switches): Start | null {
	if (timezone === stored.timezone) return null;
	const fraction = parseDate(stored.start_date)?.fraction ?? '';
	return switches.zoneChange === 'instant'
		? startAtInstant(stored.start_ms, fraction, timezone)
		: startAtWall(stored.start_wall_ms, fraction, timezone, switches.repeatedHour);
}

function updatedOptions(
	stored: StoredSession,
	item: SessionItem,
	duration: number,
	switches: Switches,
): SessionOptions {
	const sessionDuration = duration === stored.duration ? stored.options.session_duration : duration;
	const defaults = defaultOptions(duration);
	const kept: SessionOptions = { ...stored.options, session_duration: sessionDuration };
	if (item.options === undefined) return kept;
	if (item.options === null) return switches.nullFields === 'clear' ? defaults : kept;
	const sent = acceptedOptions(item.options, switches.autoStartKey);
	const base = switches.optionsOnUpdate === 'merge' ? kept : defaults;
	return mergeOptions(base, sent, defaults, switches.nullFields);
}
