import { randomUUID } from 'node:crypto';
import type { Answer } from './answers';
import { answerBatch, refused, refusedByTest, type Outcome, type Refused } from './batch';
import { formatDate, isZone, readStart, type Start } from './dates';
import { createSession, preloadSession, spellName, updateSession, viewOf } from './session';
import {
	acceptedOptions,
	defaultOptions,
	mergeOptions,
	OPTION_KEYS,
	readItem,
} from './sessionItem';
import { FIELD_NAMES, type SessionInput, type SessionItem } from './sessionItem';
import { delaySearch, type Context } from './store';
import type { Switches } from './switches';
import { filled, own, spellGuid, type Json, type JsonObject } from './values';

const NO_GUID = '00000000-0000-0000-0000-000000000000';

export function answerSessionBatch(body: Json, context: Context): Answer {
	const { switches } = context;
	return answerBatch(body, {
		switches,
		limit: [38, 'session_list_limit_exceed'],
		read: (sent) => readItem(sent, switches),
		apply: (item, index) => applyItem(item, index, context),
		model: (item, why) => modelOf(item, why, switches),
		stranger: (number) => {
			const preset = { name: `Stranger ${number}`, session_guid: randomUUID() };
			return viewOf(preloadSession(preset, context), switches);
		},
	});
}

/** Creates or updates what one item asks for, or says why not. Documented: with a GUID it updates. */
function applyItem(item: SessionItem, index: number, context: Context): Outcome {
	const { store, switches, now } = context;
	const { session_guid: guid, timezone } = item.fields;
	const stored = guid ? store.sessions.get(guid.toUpperCase()) : undefined;
	const zone = timezone ?? stored?.timezone ?? switches.defaultTimezone;
	const start = item.start && isZone(zone) ? readStart(item.start, zone, switches) : null;
	// Inferred: validation comes before the lookup, as the two shapes of the sample suggest.
	const texts = issuesOf(item, start, now, switches);
	if (texts.length > 0) return refused(12, texts, switches);
	const { licenseLimit } = switches;
	if (!guid && licenseLimit !== null && store.created >= licenseLimit)
		return refused(35, ['session_license_limit_exceed'], switches);
	if (guid && !stored) return refused(30, ['session_not_found'], switches);
	const refusal = refusedByTest(switches.refuse((item.sent ?? {}) as SessionInput, index));
	if (refusal) return refusal;

	const session = stored
		? updateSession(stored, item, start, context)
		: createSession(item, start as Start, context);
	if (!stored) store.created++;
	delaySearch(store, session.session_guid, switches.searchLag);
	store.sessions.set(session.session_guid, session);
	const view = viewOf(session, switches);
	return { view: switches.descriptionEchoed ? view : { ...view, description: null } };
}

/** Documented: the limits, and the text of a start in the past. Assumed: the other texts. */
function issuesOf(item: SessionItem, start: Start | null, now: number, switches: Switches) {
	const { session_guid: guid, name, duration, timezone } = item.fields;
	const texts: string[] = [];
	if (name === undefined ? !guid : name.trim() === '') texts.push('Session name is required.');
	if (!guid && !item.start) texts.push('Session start date is required.');
	if (start && start.start_ms < now) texts.push('Invalid session start date.');
	if (!guid && duration === undefined) texts.push('Session duration is required.');
	if (duration !== undefined && (duration < 5 || duration > 360))
		texts.push('Session duration must be between 5 and 360.');
	if (timezone !== undefined && !isZone(timezone)) texts.push('Invalid timezone.');
	if (switches.strictFieldNames)
		texts.push(...item.unknown.map((path) => `${path}: Unknown field.`));
	return texts;
}

/** Inferred: A is validated before mapping, B is refused after it. */
function modelOf(item: SessionItem, { stage }: Refused, switches: Switches): JsonObject | null {
	const { createRejectedShape, updateRejectedShape } = switches;
	const chosen = item.fields.session_guid ? updateRejectedShape : createRejectedShape;
	const shape = chosen !== 'documented' ? chosen : stage === 'validation' ? 'A' : 'B';
	if (shape === 'null') return null;
	return shape === 'A' ? requestModel(item, switches) : entityModel(item, switches);
}

/** Shape A, documented: 11 keys. The start has the offset it was sent with. */
function requestModel({ fields, start }: SessionItem, switches: Switches): JsonObject {
	const { session_guid: guid, options } = fields;
	const sent = options && acceptedOptions(options);
	return {
		...filled(null, ...FIELD_NAMES),
		allow_recording: true,
		inaccessible_replay: false,
		timezone: switches.defaultTimezone,
		...fields,
		session_guid: guid ? spellGuid(guid, switches.guidCase) : null,
		start_date: start ? formatDate(start.wallMs, start.offset ?? 0) : null,
		options: sent
			? Object.fromEntries(OPTION_KEYS.map((key) => [key, own(sent, key) ?? null]))
			: null,
	};
}

/** Shape B, documented: 41 keys. Its internal numbers are made up. */
function entityModel({ fields, start }: SessionItem, switches: Switches): JsonObject {
	const { session_guid: guid, name, duration = null } = fields;
	const timezone = fields.timezone ?? switches.defaultTimezone;
	const zone = isZone(timezone) ? timezone : switches.defaultTimezone;
	const { createEntityGuid: shown, guidCase, newGuid } = switches;
	const made = shown === 'zero' ? NO_GUID : shown === 'null' ? null : newGuid();
	const theGuid = guid || made;
	return {
		...filled(null, 'string_session_id', 'realtime_server', 'conference_server', 'file_server'),
		...filled(null, 'replay_status', 'user_started', 'user_finished', 'creation_date'),
		...filled(null, 'updating_date', 'repeating_options', 'custom_field1', 'custom_field2'),
		...filled(null, 'custom_field3', 'custom_field4', 'custom_field5', 'owner', 'enrollOptions'),
		...filled(null, '_isValid', '_errors'),
		session_id: 0,
		the_guid: theGuid && spellGuid(theGuid, guidCase),
		name: name === undefined ? null : spellName(name, switches),
		description: fields.description ?? null,
		tags: fields.tags ?? null,
		// Documented: 1970 where no start was sent. Assumed: a sent one already has the zone's offset.
		start_date: start ? readStart(start, zone, switches).start_date : '1970-01-01T00:00:00+00:00',
		...filled(duration, 'duration', 'planned_duration'),
		lang: fields.lang ?? 'en-US',
		account_id: 990017,
		status: 1,
		// Documented: a JSON text with the defaults filled in. Its PascalCase members are left out.
		ui_options: JSON.stringify(mergeOptions(defaultOptions(duration ?? 60), fields.options)),
		...filled(880023, 'user_added', 'user_updated'),
		replay_access: 'on',
		allow_recording: fields.allow_recording ?? null,
		timezone,
		...filled([], 'groups', 'attendees', 'files', 'questions', 'sessionGroups'),
	};
}
