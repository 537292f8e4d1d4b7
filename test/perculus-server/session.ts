import { DAY, parseDate, readStart, stamp, startAtInstant, startAtWall } from './dates';
import type { Start } from './dates';
import { defaultOptions, mergeOptions, type SessionItem } from './sessionItem';
import type { Context } from './store';
import type { Switches } from './switches';
import { spellGuid, type JsonObject } from './values';

/** A session in the store: the view, and what the view doesn't show. */
export interface StoredSession {
	session_guid: string; // in upper case
	name: string;
	description: string | null;
	tags: string | null;
	start_date: string;
	timezone: string;
	duration: number;
	lang: string;
	status: number; // -1: deleted
	replay_status: number;
	options: JsonObject;
	creation_date: string;
	updating_date: string;
	allow_recording: boolean;
	inaccessible_replay: boolean;
	start_ms: number; // the start as an instant
	start_wall_ms: number; // the start's digits read as if they were UTC
	serial: number; // counts up in the order of creation
}

/** What a test may preset of a session; the rest is filled in. */
export type Preload = Partial<StoredSession>;

/** Documented: the 13 keys of an approved item, of a search result and of a single session. */
const VIEW_KEYS = [
	...(['session_guid', 'name', 'description', 'tags', 'start_date', 'timezone'] as const),
	...(['duration', 'lang', 'status', 'replay_status', 'options'] as const),
	...(['creation_date', 'updating_date'] as const),
];

export function viewOf(session: StoredSession, { guidCase }: Switches): JsonObject {
	const view = Object.fromEntries(VIEW_KEYS.map((key) => [key, session[key]]));
	return { ...view, session_guid: spellGuid(session.session_guid, guidCase) };
}

export function spellName(name: string, { names }: Switches): string {
	if (names === 'trimmed') return name.trim();
	if (names === 'collapsed') return name.trim().replace(/\s+/g, ' ');
	return names === 'nfc' ? name.normalize('NFC') : name;
}

/** Documented: tags are one text, divided by commas. */
export function listTags(tags: string): string[] {
	const all = tags.split(',').map((tag) => tag.trim());
	return all.filter((tag) => tag !== '');
}

function spellTags(tags: string | null, switches: Switches): string | null {
	return tags === null || switches.tags === 'kept' ? tags : listTags(tags).sort().join(', ');
}

export function createSession(
	{ fields: { session_guid: _, start_date: __, ...fields } }: SessionItem,
	start: Start,
	context: Context,
): StoredSession {
	const { switches, now } = context;
	const made = stamp(now, switches.defaultTimezone, switches);
	const name = spellName(fields.name ?? '', switches);
	return presetSession({ ...fields, name }, start, made, context);
}

/** Documented: what isn't sent stays, and `options.session_duration` follows `duration` unless sent. */
export function updateSession(
	stored: StoredSession,
	{ fields: { session_guid: _, start_date: __, options, ...fields } }: SessionItem,
	start: Start | null,
	{ switches, now }: Context,
): StoredSession {
	const { timezone, duration, tags } = { ...stored, ...fields };
	const joined = new Set([...listTags(stored.tags ?? ''), ...listTags(fields.tags ?? '')]);
	const joins = fields.tags !== undefined && switches.tagsOnUpdate === 'join';
	const followed: JsonObject = duration === stored.duration ? {} : { session_duration: duration };
	const base =
		options && switches.optionsOnUpdate === 'replace'
			? defaultOptions(duration)
			: { ...stored.options, ...followed };
	const moved =
		start ?? (timezone === stored.timezone ? null : moveZone(stored, timezone, switches));
	return {
		...stored,
		...fields,
		name: fields.name ? spellName(fields.name, switches) : stored.name,
		tags: fields.tags === undefined ? tags : spellTags(joins ? [...joined].join() : tags, switches),
		...moved,
		options: mergeOptions(base, options),
		updating_date: stamp(now, switches.defaultTimezone, switches),
	};
}

function moveZone(stored: StoredSession, timezone: string, switches: Switches): Start {
	return switches.zoneChange === 'instant'
		? startAtInstant(stored.start_ms, timezone)
		: startAtWall(stored.start_wall_ms, timezone, switches);
}

/** As if created a day ago, starting in thirty days, where the preset has nothing else. */
export function preloadSession(preset: Preload, context: Context): StoredSession {
	const { switches, now } = context;
	const { start_date: sent, timezone = switches.defaultTimezone } = preset;
	const parsed = sent === undefined ? undefined : parseDate(sent);
	if (parsed === null) throw new Error(`Not a start date: ${sent ?? ''}`);
	const start = parsed
		? readStart({ ...parsed, offset: 0 }, timezone, switches)
		: startAtInstant(Math.floor(now / 1000) * 1000 + 30 * DAY, timezone);
	const made = stamp(now - DAY, switches.defaultTimezone, switches);
	return presetSession(preset, start, made, context);
}

/** Documented: the defaults. */
function presetSession(
	preset: Preload,
	start: Start,
	made: string,
	{ store, switches }: Context,
): StoredSession {
	const { duration = 60, options } = preset;
	return {
		name: 'Preloaded session',
		description: null,
		timezone: switches.defaultTimezone,
		lang: switches.defaultLang,
		status: 1,
		replay_status: 0,
		creation_date: made,
		updating_date: preset.creation_date ?? made,
		allow_recording: true,
		inaccessible_replay: false,
		serial: ++store.serial,
		...preset,
		duration,
		tags: spellTags(preset.tags ?? null, switches),
		session_guid: (preset.session_guid ?? switches.newGuid()).toUpperCase(),
		options: mergeOptions(defaultOptions(duration), options),
		...start,
	};
}
