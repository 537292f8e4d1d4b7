import {
	DAY,
	parseDate,
	readStart,
	stamp,
	startAtInstant,
	startAtWall,
	type Moment,
	type Start,
} from './dates';
import type { Switches } from './switches';
import { spellGuid, type JsonObject } from './values';
import type { SessionItem } from './sessionItem';
import { defaultOptions, mergeOptions, type SessionOptions } from './sessionOptions';

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

/** A session in the store: the view, and what the view doesn't show. */
export interface StoredSession extends SessionView {
	allow_recording: boolean;
	inaccessible_replay: boolean;
	/** The start as an instant. */
	start_ms: number;
	/** The start's digits read as if they were UTC. */
	start_wall_ms: number;
	/** Counts up in the order of creation. */
	serial: number;
}

/** What a test may preset of a session; the rest is filled in. */
export type Preload = Partial<Omit<StoredSession, 'options'>> & { options?: JsonObject };

export function viewOf(session: StoredSession, { guidCase }: Switches): SessionView {
	return {
		session_guid: spellGuid(session.session_guid, guidCase),
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

export function spellName(name: string, { names }: Switches): string {
	if (names === 'trimmed') return name.trim();
	if (names === 'collapsed') return name.trim().replace(/\s+/g, ' ');
	return names === 'nfc' ? name.normalize('NFC') : name;
}

/** Documented: tags are one text, divided by commas. */
export function listTags(tags: string): string[] {
	return tags
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
}

function spellTags(tags: string | null, switches: Switches): string | null {
	return tags === null || switches.tags === 'kept' ? tags : listTags(tags).sort().join(', ');
}

function startFields({ text, ms, wallMs }: Start) {
	return { start_date: text, start_ms: ms, start_wall_ms: wallMs };
}

/** The session of a create that passed every check. */
export function createSession(
	item: SessionItem,
	start: Start,
	now: Moment,
	serial: number,
	switches: Switches,
): StoredSession {
	const duration = item.duration ?? 0;
	const made = stamp(now, switches.defaultTimezone, switches.stamps);
	return {
		session_guid: switches.newGuid().toUpperCase(),
		name: spellName(item.name ?? '', switches),
		description: item.description ?? null,
		tags: spellTags(item.tags ?? null, switches),
		...startFields(start),
		timezone: item.timezone ?? switches.defaultTimezone,
		duration,
		lang: item.lang ?? switches.defaultLang,
		status: 1,
		replay_status: 0,
		options: mergeOptions(defaultOptions(duration), item.options ?? {}),
		creation_date: made,
		updating_date: made,
		allow_recording: item.allowRecording ?? true,
		inaccessible_replay: item.inaccessibleReplay ?? false,
		serial,
	};
}

/**
 * Documented: fields that weren't sent stay as they are, and `options.session_duration` follows
 * `duration` when it wasn't sent itself.
 */
export function updateSession(
	stored: StoredSession,
	item: SessionItem,
	start: Start | null,
	now: Moment,
	switches: Switches,
): StoredSession {
	const timezone = item.timezone ?? stored.timezone;
	const duration = item.duration ?? stored.duration;
	const moved = start ?? moveZone(stored, timezone, switches);
	const kept = { ...stored.options };
	if (duration !== stored.duration) kept.session_duration = duration;
	const base =
		item.options && switches.optionsOnUpdate === 'replace' ? defaultOptions(duration) : kept;
	return {
		...stored,
		name: item.name ? spellName(item.name, switches) : stored.name,
		description: item.description ?? stored.description,
		tags: item.tags === undefined ? stored.tags : newTags(stored, item.tags, switches),
		...(moved && startFields(moved)),
		timezone,
		duration,
		lang: item.lang ?? stored.lang,
		options: mergeOptions(base, item.options ?? {}),
		updating_date: stamp(now, switches.defaultTimezone, switches.stamps),
		allow_recording: item.allowRecording ?? stored.allow_recording,
		inaccessible_replay: item.inaccessibleReplay ?? stored.inaccessible_replay,
	};
}

function newTags({ tags: old }: StoredSession, sent: string, switches: Switches): string | null {
	const joined = new Set([...listTags(old ?? ''), ...listTags(sent)]);
	return spellTags(switches.tagsOnUpdate === 'join' ? [...joined].join(',') : sent, switches);
}

function moveZone(stored: StoredSession, timezone: string, switches: Switches): Start | null {
	if (timezone === stored.timezone) return null;
	const fraction = parseDate(stored.start_date)?.fraction ?? '';
	return switches.zoneChange === 'instant'
		? startAtInstant(stored.start_ms, fraction, timezone)
		: startAtWall(stored.start_wall_ms, fraction, timezone, switches.repeatedHour);
}

/** A session as if created a day ago, starting in thirty days, where the preset has nothing else. */
export function preloadSession(
	{ options, ...preset }: Preload,
	now: Moment,
	serial: number,
	switches: Switches,
): StoredSession {
	const { duration = 60, timezone = switches.defaultTimezone } = preset;
	const made = stamp({ ms: now.ms - DAY, micros: 0 }, switches.defaultTimezone, switches.stamps);
	const parsed = preset.start_date === undefined ? undefined : parseDate(preset.start_date);
	if (parsed === null) throw new Error(`Not a start date: ${preset.start_date ?? ''}`);
	const start = parsed
		? readStart(parsed, timezone, 'keepDigits', switches.repeatedHour)
		: startAtInstant(Math.floor(now.ms / 1000) * 1000 + 30 * DAY, '', timezone);
	return {
		name: 'Preloaded session',
		description: null,
		lang: switches.defaultLang,
		status: 1,
		replay_status: 0,
		creation_date: made,
		updating_date: preset.creation_date ?? made,
		allow_recording: true,
		inaccessible_replay: false,
		serial,
		...preset,
		tags: spellTags(preset.tags ?? null, switches),
		session_guid: (preset.session_guid ?? switches.newGuid()).toUpperCase(),
		timezone,
		duration,
		options: mergeOptions(defaultOptions(duration), options ?? {}),
		...startFields(start),
	};
}
