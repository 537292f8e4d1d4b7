import type { Switches } from '../switches';
import { stamp, type Moment } from '../values/clock';
import type { JsonObject } from '../values/json';
import { parseDate, readStart, startAtInstant } from '../values/startDate';
import { defaultOptions, mergeOptions } from './options';
import type { StoredSession } from './session';
import { spellTags } from './tags';

/** What a test may preset; the rest is filled in. */
export type Preload = Partial<Omit<StoredSession, 'options'>> & { options?: JsonObject };

const DAY = 24 * 60 * 60 * 1000;

/** A session as if made a day ago, starting in thirty days, where the preset says nothing else. */
export function preloadedSession(
	preset: Preload,
	now: Moment,
	serial: number,
	switches: Switches,
): StoredSession {
	const { options, ...fields } = preset;
	const duration = preset.duration ?? 60;
	const timezone = preset.timezone ?? switches.defaultTimezone;
	const defaults = defaultOptions(duration);
	const made = stamp({ ms: now.ms - DAY, micros: 0 }, switches.defaultTimezone, switches.stamps);
	const whole = Math.floor(now.ms / 1000) * 1000;
	const parsed = preset.start_date === undefined ? undefined : parseDate(preset.start_date);
	if (parsed === null) throw new Error(`Not a start date: ${preset.start_date ?? ''}`);
	const start = parsed
		? readStart(parsed, timezone, 'keepDigits', switches.repeatedHour)
		: startAtInstant(whole + 30 * DAY, '', timezone);
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
		stored_at: 0,
		serial,
		...fields,
		tags: spellTags(fields.tags ?? null, switches.tags),
		session_guid: (preset.session_guid ?? switches.newGuid()).toUpperCase(),
		timezone,
		duration,
		options: mergeOptions(defaults, options ?? {}, defaults, 'ignore'),
		start_date: start.text,
		start_ms: start.ms,
		start_wall_ms: start.wallMs,
	};
}
