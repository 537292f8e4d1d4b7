import type { Switches } from '../../switches';
import { spellGuid } from '../../values/guid';
import { isObject, own, type Json, type JsonObject } from '../../values/json';
import { formatDate, isZone, readStart } from '../../values/startDate';
import { acceptedOptions, defaultOptions, mergeOptions, OPTION_KEYS } from '../options';
import { spellName } from '../session';
import type { SessionItem } from './item';

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID in the answers' case; a text that is none comes back as it was sent. */
function echoedGuid(item: SessionItem, switches: Switches): string | null {
	return item.guid ? spellGuid(item.guid, switches.guidCase) : item.guid;
}

/** Documented: the parsed start with its own offset, before the session's zone is put to it. */
function parsedStart(item: SessionItem): string | null {
	const { start } = item;
	return start ? formatDate(start.wallMs, start.fraction, start.offset ?? 0) : null;
}

/** Documented: all 17 keys, null where nothing was sent, `chat` and `duration` among them. */
function requestedOptions(sent: JsonObject, switches: Switches): JsonObject {
	const accepted = acceptedOptions(sent, switches.autoStartKey);
	return Object.fromEntries(OPTION_KEYS.map((key) => [key, own(accepted, key) ?? null]));
}

/** Shape A, the request view: 11 keys (documented). */
export function requestModel(item: SessionItem, switches: Switches): JsonObject {
	const model: JsonObject = {
		session_guid: echoedGuid(item, switches),
		name: item.name ?? null,
		description: item.description ?? null,
		tags: item.tags ?? null,
		start_date: parsedStart(item),
		duration: item.duration ?? null,
		lang: item.lang ?? null,
		allow_recording: item.allowRecording ?? true,
		inaccessible_replay: item.inaccessibleReplay ?? false,
		options: item.options ? requestedOptions(item.options, switches) : null,
		timezone: item.timezone ?? switches.defaultTimezone,
	};
	if (switches.malformedEcho === 'raw') {
		for (const { field } of item.malformed)
			if (Object.hasOwn(model, field)) model[field] = own(item.raw, field) ?? null;
	}
	return model;
}

function entityGuid(item: SessionItem, switches: Switches): string | null {
	if (item.guid || (item.guid === '' && switches.emptyGuid !== 'create'))
		return echoedGuid(item, switches);
	if (switches.createEntityGuid === 'null') return null;
	if (switches.createEntityGuid === 'zero') return ZERO_GUID;
	return spellGuid(switches.newGuid(), switches.guidCase);
}

/** Documented: 1970 where no start was sent. Assumed: a sent one already carries the zone's offset. */
function entityStart(item: SessionItem, timezone: string, switches: Switches): string {
	if (!item.start) return '1970-01-01T00:00:00+00:00';
	const zone = isZone(timezone) ? timezone : switches.defaultTimezone;
	return readStart(item.start, zone, switches.offset, switches.repeatedHour).text;
}

function pascalCase(options: Json): Json {
	if (!isObject(options)) return options;
	const entries = Object.entries(options);
	return Object.fromEntries(
		entries.map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
	);
}

/** Documented: a JSON text with defaults filled in; chat, duration and their members PascalCase. */
function entityOptions(item: SessionItem, switches: Switches): string {
	const defaults = defaultOptions(item.duration ?? 60);
	const sent = acceptedOptions(item.options ?? {}, switches.autoStartKey);
	const options = mergeOptions(defaults, sent, defaults, 'ignore');
	const spelled = Object.entries(options).map(([key, value]: [string, Json]) =>
		key === 'chat' || key === 'duration'
			? [key.charAt(0).toUpperCase() + key.slice(1), pascalCase(value)]
			: [key, value],
	);
	return JSON.stringify(Object.fromEntries(spelled));
}

/** Shape B, the internal entity: 41 keys (documented). Its numbers are internal ids, made up here. */
export function entityModel(item: SessionItem, switches: Switches): JsonObject {
	const timezone = item.timezone ?? switches.defaultTimezone;
	return {
		session_id: 0,
		string_session_id: null,
		the_guid: entityGuid(item, switches),
		name: item.name ? spellName(item.name, switches.names) : (item.name ?? null),
		description: item.description ?? null,
		tags: item.tags ?? null,
		start_date: entityStart(item, timezone, switches),
		duration: item.duration ?? null,
		lang: item.lang ?? 'en-US',
		account_id: 990017,
		realtime_server: null,
		conference_server: null,
		file_server: null,
		status: 1,
		replay_status: null,
		ui_options: entityOptions(item, switches),
		user_started: null,
		user_finished: null,
		user_added: 880023,
		user_updated: 880023,
		creation_date: null,
		updating_date: null,
		custom_field1: null,
		custom_field2: null,
		custom_field3: null,
		custom_field4: null,
		custom_field5: null,
		repeating_options: null,
		replay_access: 'on',
		allow_recording: item.allowRecording ?? null,
		planned_duration: item.duration ?? null,
		timezone,
		groups: [],
		attendees: [],
		owner: null,
		files: [],
		questions: [],
		enrollOptions: null,
		sessionGroups: [],
		_isValid: null,
		_errors: null,
	};
}
