import type { Problem } from './answers';
import { isObject, own, type Json, type JsonObject } from './values';

/** Documented: the ten chat switches, all off by default. */
const CHAT_KEYS = [
	'offMessageModule',
	'offGeneralMsging',
	'offGeneralMsgLimitForUser',
	'offSpecialMsging',
	'offSpecialMsgToAdmin',
	'offSpecialMsgToUser',
	'offNewMsgSound',
	'offClearForReplay',
	'onNewMsgSoundInAll',
	'onNewMsgNotifyInAll',
] as const;

/**
 * Documented: the 17 keys that every approved view shows, with the defaults of the page and, where
 * they differ, of the sample's view. `options.duration` isn't the session's minutes.
 */
export function defaultOptions(sessionDuration: number) {
	return {
		allow_rating: true,
		preparation_time: 15,
		session_duration: sessionDuration,
		chat: Object.fromEntries(CHAT_KEYS.map((key) => [key, false])),
		duration: { allowExtendTime: true, useRemainingTime: false } as Record<string, boolean>,
		allow_users_stream_self_cam_mic: true,
		hide_user_streams: false,
		enable_attendance_check: true,
		enable_simultaneous_interpretation: false,
		enable_simultaneous_interpretation_for_users: false,
		start_active: false,
		return_url: '',
		allow_reactions: true,
		enable_recording_auto_start: null as boolean | null,
		skip_approval_on_join: null as boolean | null,
		enable_session_auto_start: null as boolean | null,
		enable_session_auto_finish: null as boolean | null,
	};
}

export type SessionOptions = ReturnType<typeof defaultOptions>;

const DEFAULTS: JsonObject = defaultOptions(60);
export const OPTION_KEYS = Object.keys(DEFAULTS);

/** The page calls this option one thing, the answers another; here both are accepted. */
const PAGE_AUTO_START = 'enable_recording_auto_start_default';

/** The request's options under the names of the answers. */
export function acceptedOptions(sent: JsonObject): JsonObject {
	if (!Object.hasOwn(sent, PAGE_AUTO_START)) return sent;
	const { [PAGE_AUTO_START]: byPage, enable_recording_auto_start: byView = null, ...rest } = sent;
	return { ...rest, enable_recording_auto_start: byPage ?? byView };
}

/** Whether a value has the type of a default; a default of null is a yes/no option. */
function fits(value: Json, preset: Json): boolean {
	if (value === null) return true;
	if (typeof preset === 'number') return Number.isInteger(value);
	return isObject(preset)
		? isObject(value)
		: typeof value === (preset === null ? 'boolean' : typeof preset);
}

/** Values of a wrong type, by path. */
export function malformedOptions(sent: JsonObject): Problem[] {
	const check = (values: JsonObject, presets: JsonObject, path: string): Problem[] =>
		Object.entries(presets).flatMap(([key, preset]): Problem[] => {
			const value = own(values, key);
			if (value === undefined) return [];
			if (!fits(value, preset)) return [{ field: `${path}.${key}`, text: 'malformed' }];
			return isObject(preset) && isObject(value) ? check(value, preset, `${path}.${key}`) : [];
		});
	return check(acceptedOptions(sent), DEFAULTS, 'options');
}

/** Names that the API doesn't have, by path. */
export function unknownOptions(sent: JsonObject): Problem[] {
	const check = (values: JsonObject, presets: JsonObject, path: string): Problem[] =>
		Object.entries(values).flatMap(([key, value]): Problem[] => {
			const preset = own(presets, key);
			if (preset === undefined) return [{ field: `${path}.${key}`, text: 'unknownOption' }];
			return isObject(preset) && isObject(value) ? check(value, preset, `${path}.${key}`) : [];
		});
	return check(acceptedOptions(sent), DEFAULTS, 'options');
}

/** Sent values laid over a base; a null leaves the base as it is. */
export function mergeOptions(base: SessionOptions, sent: JsonObject): SessionOptions {
	const merge = (over: JsonObject, values: JsonObject): JsonObject =>
		Object.fromEntries(
			Object.entries(over).map(([key, old]) => {
				const value = own(values, key) ?? old;
				return [key, isObject(old) && isObject(value) ? merge(old, value) : value];
			}),
		);
	return merge(base, acceptedOptions(sent)) as unknown as SessionOptions;
}
