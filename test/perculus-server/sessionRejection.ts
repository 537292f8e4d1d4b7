import type { Rejection, Stage } from './batch';
import { formatDate, isZone, readStart } from './dates';
import type { Switches } from './switches';
import { isObject, own, spellGuid, type Json, type JsonObject } from './values';
import type { SessionItem } from './sessionItem';
import { acceptedOptions, defaultOptions, mergeOptions, OPTION_KEYS } from './sessionOptions';
import { spellName } from './session';

/**
 * How a rejected item's model looks. `A`: the request view. `B`: the internal entity. `null`: none.
 * `documented` is what the vendor's one sample shows, refined by `createLicenseShape`.
 */
export type RejectedShape = 'documented' | 'A' | 'B' | 'null';

export function rejectSession(
	item: SessionItem,
	stage: Stage,
	state: Rejection['state'],
	switches: Switches,
): Rejection {
	const chosen = item.guid ? switches.updateRejectedShape : switches.createRejectedShape;
	const shape =
		chosen === 'documented' ? documentedShape(item, stage, state.code, switches) : chosen;
	const models = { A: requestModel, B: entityModel, null: () => null };
	return { index: item.index, stage, model: models[shape](item, switches), state };
}

/** Inferred: A is validated before mapping, B is refused after it. */
function documentedShape(item: SessionItem, stage: Stage, code: number, switches: Switches) {
	if (stage === 'validation') return 'A';
	return !item.guid && code === 35 ? switches.createLicenseShape : 'B';
}

/** Shape A: 11 keys (documented). The start has its own offset, before the zone is put to it. */
function requestModel(item: SessionItem, switches: Switches): JsonObject {
	const { start, options } = item;
	const sent = options && acceptedOptions(options);
	return {
		session_guid: item.guid ? spellGuid(item.guid, switches.guidCase) : null,
		name: item.name ?? null,
		description: item.description ?? null,
		tags: item.tags ?? null,
		start_date: start ? formatDate(start.wallMs, start.fraction, start.offset ?? 0) : null,
		duration: item.duration ?? null,
		lang: item.lang ?? null,
		allow_recording: item.allowRecording ?? true,
		inaccessible_replay: item.inaccessibleReplay ?? false,
		options: sent
			? Object.fromEntries(OPTION_KEYS.map((key) => [key, own(sent, key) ?? null]))
			: null,
		timezone: item.timezone ?? switches.defaultTimezone,
	};
}

function entityGuid(item: SessionItem, switches: Switches): string | null {
	if (item.guid) return spellGuid(item.guid, switches.guidCase);
	if (switches.createEntityGuid === 'null') return null;
	if (switches.createEntityGuid === 'zero') return '00000000-0000-0000-0000-000000000000';
	return spellGuid(switches.newGuid(), switches.guidCase);
}

/** Documented: 1970 where no start was sent. Assumed: a sent one already has the zone's offset. */
function entityStart(item: SessionItem, timezone: string, switches: Switches): string {
	if (!item.start) return '1970-01-01T00:00:00+00:00';
	const zone = isZone(timezone) ? timezone : switches.defaultTimezone;
	return readStart(item.start, zone, switches.offset, switches.repeatedHour).text;
}

/** Documented: a JSON text with defaults filled in; chat, duration and their members PascalCase. */
function entityOptions(item: SessionItem): string {
	const pascalCase = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);
	const options = mergeOptions(defaultOptions(item.duration ?? 60), item.options ?? {});
	const spelled = Object.entries(options).map(([key, value]: [string, Json]) => {
		if (!isObject(value)) return [key, value];
		const members = Object.entries(value).map(([member, flag]) => [pascalCase(member), flag]);
		return [pascalCase(key), Object.fromEntries(members)];
	});
	return JSON.stringify(Object.fromEntries(spelled));
}

/** Shape B, the internal entity: 41 keys (documented). Its internal numbers are made up here. */
function entityModel(item: SessionItem, switches: Switches): JsonObject {
	const timezone = item.timezone ?? switches.defaultTimezone;
	return {
		session_id: 0,
		string_session_id: null,
		the_guid: entityGuid(item, switches),
		name: item.name === undefined ? null : spellName(item.name, switches),
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
		ui_options: entityOptions(item),
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
