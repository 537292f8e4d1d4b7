import { isObject, own, type Json, type JsonObject } from '../values/json';
import type { Problem } from '../values/texts';

/** Documented: the ten chat switches, all off by default. */
export const CHAT_KEYS = [
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

/** Documented: the two switches of `options.duration` (an object; not the session's minutes). */
export const DURATION_KEYS = ['allowExtendTime', 'useRemainingTime'] as const;

export type ChatOptions = Record<(typeof CHAT_KEYS)[number], boolean>;
export type DurationOptions = Record<(typeof DURATION_KEYS)[number], boolean>;

/** Documented: the 17 keys every approved view shows, in the sample's order. */
export interface SessionOptions {
	allow_rating: boolean;
	preparation_time: number;
	session_duration: number;
	chat: ChatOptions;
	duration: DurationOptions;
	allow_users_stream_self_cam_mic: boolean;
	hide_user_streams: boolean;
	enable_attendance_check: boolean;
	enable_simultaneous_interpretation: boolean;
	enable_simultaneous_interpretation_for_users: boolean;
	start_active: boolean;
	return_url: string;
	allow_reactions: boolean;
	enable_recording_auto_start: boolean | null;
	skip_approval_on_join: boolean | null;
	enable_session_auto_start: boolean | null;
	enable_session_auto_finish: boolean | null;
}

type Kind = 'boolean' | 'integer' | 'text' | 'object';

const KINDS: Record<keyof SessionOptions, Kind> = {
	allow_rating: 'boolean',
	preparation_time: 'integer',
	session_duration: 'integer',
	chat: 'object',
	duration: 'object',
	allow_users_stream_self_cam_mic: 'boolean',
	hide_user_streams: 'boolean',
	enable_attendance_check: 'boolean',
	enable_simultaneous_interpretation: 'boolean',
	enable_simultaneous_interpretation_for_users: 'boolean',
	start_active: 'boolean',
	return_url: 'text',
	allow_reactions: 'boolean',
	enable_recording_auto_start: 'boolean',
	skip_approval_on_join: 'boolean',
	enable_session_auto_start: 'boolean',
	enable_session_auto_finish: 'boolean',
};

export const OPTION_KEYS = Object.keys(KINDS) as Array<keyof SessionOptions>;
const NESTED = { chat: CHAT_KEYS, duration: DURATION_KEYS } as const;

/** Documented: defaults of the page and, where they differ, the values the sample's view shows. */
export function defaultOptions(sessionDuration: number): SessionOptions {
	return {
		allow_rating: true,
		preparation_time: 15,
		session_duration: sessionDuration,
		chat: {
			offMessageModule: false,
			offGeneralMsging: false,
			offGeneralMsgLimitForUser: false,
			offSpecialMsging: false,
			offSpecialMsgToAdmin: false,
			offSpecialMsgToUser: false,
			offNewMsgSound: false,
			offClearForReplay: false,
			onNewMsgSoundInAll: false,
			onNewMsgNotifyInAll: false,
		},
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

/** The page calls the option one thing, the answers another; which is accepted is unknown. */
export type AutoStartKey = 'documented' | 'view' | 'both';
const PAGE_AUTO_START = 'enable_recording_auto_start_default';
const VIEW_AUTO_START = 'enable_recording_auto_start';

/** The request's options under the names of the answers; a name that is not accepted drops out. */
export function acceptedOptions(sent: JsonObject, accepted: AutoStartKey): JsonObject {
	if (!Object.hasOwn(sent, PAGE_AUTO_START) && accepted !== 'documented') return sent;
	const { [PAGE_AUTO_START]: byPage, [VIEW_AUTO_START]: byView, ...rest } = sent;
	const value =
		accepted === 'view' ? byView : accepted === 'documented' ? byPage : (byPage ?? byView);
	return value === undefined ? rest : { ...rest, [VIEW_AUTO_START]: value };
}

function fits(value: Json, kind: Kind): boolean {
	if (value === null) return true;
	if (kind === 'object') return isObject(value);
	if (kind === 'integer') return Number.isInteger(value);
	return typeof value === (kind === 'text' ? 'string' : 'boolean');
}

/** Values of a wrong type, by path. */
export function malformedOptions(sent: JsonObject, accepted: AutoStartKey): Problem[] {
	const options = acceptedOptions(sent, accepted);
	const problems: Problem[] = [];
	const check = (value: Json | undefined, kind: Kind, path: string) => {
		if (value !== undefined && !fits(value, kind))
			problems.push({ field: path, text: 'malformed' });
	};
	for (const key of OPTION_KEYS) check(own(options, key), KINDS[key], `options.${key}`);
	for (const group of ['chat', 'duration'] as const) {
		const nested = own(options, group);
		if (!isObject(nested)) continue;
		for (const key of NESTED[group]) check(own(nested, key), 'boolean', `options.${group}.${key}`);
	}
	return problems;
}

/** Names the API does not know, by path. */
export function unknownOptions(sent: JsonObject, accepted: AutoStartKey): Problem[] {
	const known = new Set<string>(OPTION_KEYS);
	if (accepted === 'documented') known.delete(VIEW_AUTO_START);
	if (accepted !== 'view') known.add(PAGE_AUTO_START);
	const strays = Object.keys(sent).filter((key) => !known.has(key));
	for (const group of ['chat', 'duration'] as const) {
		const nested = own(sent, group);
		const members: readonly string[] = NESTED[group];
		if (!isObject(nested)) continue;
		for (const key of Object.keys(nested))
			if (!members.includes(key)) strays.push(`${group}.${key}`);
	}
	return strays.map((path) => ({ field: `options.${path}`, text: 'unknownOption' }));
}

/** Sent values laid over a base; a null either leaves the base alone or restores the default. */
export function mergeOptions(
	base: SessionOptions,
	sent: JsonObject,
	defaults: SessionOptions,
	nulls: 'ignore' | 'clear',
): SessionOptions {
	const merged: SessionOptions = {
		...base,
		chat: { ...base.chat },
		duration: { ...base.duration },
	};
	for (const key of OPTION_KEYS) {
		const value = own(sent, key);
		if (value === undefined || (value === null && nulls === 'ignore')) continue;
		if (value === null) Object.assign(merged, { [key]: defaults[key] });
		else if (key !== 'chat' && key !== 'duration') Object.assign(merged, { [key]: value });
		else if (isObject(value)) {
			for (const member of NESTED[key]) {
				const flag = own(value, member);
				if (typeof flag === 'boolean') Object.assign(merged[key], { [member]: flag });
				else if (flag === null && nulls === 'clear')
					Object.assign(merged[key], { [member]: (defaults[key] as JsonObject)[member] });
			}
		}
	}
	return merged;
}
