import { isOfType, readFields, type Item } from './batch';
import { parseDate, type ParsedDate } from './dates';
import type { Switches } from './switches';
import { filled, isGuid, isObject, own, type Json, type JsonObject } from './values';

/** Documented: the fields, each with a value of its type. */
const FIELDS = {
	session_guid: '',
	name: '',
	description: '',
	tags: '',
	start_date: '',
	duration: 0,
	lang: '',
	timezone: '',
	allow_recording: false,
	inaccessible_replay: false,
	options: {} as JsonObject,
};
type Fields = Partial<typeof FIELDS>;
export const FIELD_NAMES = Object.keys(FIELDS) as Array<keyof Fields>;

/** An item as a well-behaved client sends it. Requests aren't checked against it. */
export type SessionInput = { [Key in keyof Fields]?: Fields[Key] | null } & {
	[key: string]: Json | undefined;
};

export interface SessionItem extends Item<typeof FIELDS> {
	start: ParsedDate | null;
}

export function readItem(body: Json, switches: Switches): SessionItem {
	const item = { ...readFields(body, FIELDS), start: null as ParsedDate | null };
	const { session_guid: guid, start_date: date, options } = item.fields;
	if (guid && switches.malformedGuid === 'malformed' && !isGuid(guid)) {
		item.malformed.push('session_guid');
		delete item.fields.session_guid;
	}
	item.start = date === undefined ? null : parseDate(date);
	const isRead = item.start?.hasTime && (item.start.offset !== null || switches.acceptsNoOffset);
	if (date !== undefined && !isRead) item.malformed.push('start_date');
	if (options) checkOptions(item, acceptedOptions(options));
	return item;
}

/** Documented: the ten chat settings, all off by default. */
const CHAT = {
	...filled(false, 'offMessageModule', 'offGeneralMsging', 'offGeneralMsgLimitForUser'),
	...filled(false, 'offSpecialMsging', 'offSpecialMsgToAdmin', 'offSpecialMsgToUser'),
	...filled(false, 'offNewMsgSound', 'offClearForReplay'),
	...filled(false, 'onNewMsgSoundInAll', 'onNewMsgNotifyInAll'),
};

/** Documented: the 17 keys of every approved view; the defaults of the page or, where they differ, of the sample. */
export function defaultOptions(sessionDuration: number): JsonObject {
	return {
		allow_rating: true,
		preparation_time: 15,
		session_duration: sessionDuration,
		chat: CHAT,
		duration: { allowExtendTime: true, useRemainingTime: false },
		allow_users_stream_self_cam_mic: true,
		hide_user_streams: false,
		enable_attendance_check: true,
		enable_simultaneous_interpretation: false,
		enable_simultaneous_interpretation_for_users: false,
		start_active: false,
		return_url: '',
		allow_reactions: true,
		enable_recording_auto_start: null,
		skip_approval_on_join: null,
		enable_session_auto_start: null,
		enable_session_auto_finish: null,
	};
}

const DEFAULTS = defaultOptions(60);
export const OPTION_KEYS = Object.keys(DEFAULTS);

/** Under the names of responses: the page has another one for this option. Assumed: both are taken. */
export function acceptedOptions(sent: JsonObject): JsonObject {
	const { enable_recording_auto_start_default: byPage, ...rest } = sent;
	if (byPage === undefined) return sent;
	const chosen = byPage ?? rest.enable_recording_auto_start ?? null;
	return { ...rest, enable_recording_auto_start: chosen };
}

/** Adds the paths of malformed and of unknown options to the item. */
function checkOptions(item: SessionItem, sent: JsonObject, presets = DEFAULTS, path = 'options') {
	for (const [key, value] of Object.entries(sent)) {
		const preset = own(presets, key);
		if (preset === undefined) item.unknown.push(`${path}.${key}`);
		else if (isObject(preset) && isObject(value))
			checkOptions(item, value, preset, `${path}.${key}`);
		else if (value !== null && !isOfType(value, preset)) item.malformed.push(`${path}.${key}`);
	}
}

/** Sent values laid over a base; a null leaves the base as it is. */
export function mergeOptions(base: JsonObject, sent: JsonObject = {}): JsonObject {
	const accepted = acceptedOptions(sent);
	const merged = Object.entries(base).map(([key, old]) => {
		const value = own(accepted, key) ?? old;
		return [key, isObject(old) && isObject(value) ? mergeOptions(old, value) : value];
	});
	return Object.fromEntries(merged) as JsonObject;
}
