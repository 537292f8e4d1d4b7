import type { Item } from './batch';
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

export interface SessionItem extends Item {
	fields: Fields; // without null (assumed: it changes nothing) and values of a wrong type
	start: ParsedDate | null;
	unknown: string[]; // paths of names that the API doesn't have
}

export function readItem(body: Json, switches: Switches): SessionItem {
	const sent = isObject(body) ? body : null;
	const unknown = Object.keys(sent ?? {}).filter((key) => !Object.hasOwn(FIELDS, key));
	const item: SessionItem = { sent, fields: {}, malformed: sent ? [] : [''], unknown, start: null };
	const fits = (field: keyof Fields, value: Json) => {
		if (!isOfType(value, FIELDS[field])) return false;
		const isStrict = field === 'session_guid' && switches.malformedGuid === 'malformed';
		if (isStrict && value !== '') return isGuid(value as string);
		if (field !== 'start_date') return true;
		item.start = parseDate(value as string);
		return !!item.start?.hasTime && (item.start.offset !== null || switches.acceptsNoOffset);
	};
	for (const field of FIELD_NAMES) {
		const value = (sent && own(sent, field)) ?? null;
		if (value !== null && fits(field, value)) Object.assign(item.fields, { [field]: value });
		else if (value !== null) item.malformed.push(field);
	}
	const { options } = item.fields;
	if (options) checkOptions(acceptedOptions(options), DEFAULTS, 'options', item);
	return item;
}

/** Documented: the ten chat settings, all off by default. */
const CHAT = {
	...filled(false, 'offMessageModule', 'offGeneralMsging', 'offGeneralMsgLimitForUser'),
	...filled(false, 'offSpecialMsging', 'offSpecialMsgToAdmin', 'offSpecialMsgToUser'),
	...filled(false, 'offNewMsgSound', 'offClearForReplay'),
	...filled(false, 'onNewMsgSoundInAll', 'onNewMsgNotifyInAll'),
};

/**
 * Documented: the 17 keys of every approved view, with the defaults of the page and, where they differ, of the
 * sample's view. `options.duration` isn't the session's minutes.
 */
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
	return {
		...rest,
		enable_recording_auto_start: byPage ?? rest.enable_recording_auto_start ?? null,
	};
}

const isOfType = (value: Json, preset: Json) =>
	typeof value === (preset === null ? 'boolean' : typeof preset) &&
	!Array.isArray(value) &&
	(typeof value !== 'number' || Number.isInteger(value));

/** Adds the paths of malformed and of unknown options to the item. A default of null is a yes/no option. */
function checkOptions(
	sent: JsonObject,
	presets: JsonObject,
	path: string,
	item: SessionItem,
): void {
	for (const [key, value] of Object.entries(sent)) {
		const preset = own(presets, key);
		if (preset === undefined) item.unknown.push(`${path}.${key}`);
		else if (isObject(preset) && isObject(value))
			checkOptions(value, preset, `${path}.${key}`, item);
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
