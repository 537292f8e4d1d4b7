import { randomUUID } from 'node:crypto';
import type { Answer, Problem } from './answers';
import { answerResults, readList, refusalState, stateOf, type Result } from './batch';
import { isZone, readStart, type Moment, type Start } from './dates';
import { delaySearch, type Store } from './store';
import type { Switches } from './switches';
import type { Json } from './values';
import { readItem, type SessionInput, type SessionItem } from './sessionItem';
import { unknownOptions } from './sessionOptions';
import { rejectSession } from './sessionRejection';
import { createSession, preloadSession, updateSession, viewOf, type SessionView } from './session';

/** Documented: an array in, `{approved, rejected}` out, and one reading of the clock for all. */
export function answerSessionBatch(
	body: Json,
	store: Store,
	now: Moment,
	switches: Switches,
): Answer {
	const limit = { items: switches.batchLimit, code: 38, text: 'batchTooLarge' } as const;
	const read = (sent: Json, index: number) => readItem(sent, index, switches);
	const items = readList(body, limit, read, switches);
	if (!Array.isArray(items)) return items;
	const results = items.map((item) => applyItem(item, store, now, switches));
	const { omit, allFailedBody } = switches;
	// Strangers are in the answer only, not in the store.
	const strangers = Array.from({ length: switches.stranger }, (_, at) => {
		const preset = { name: `Stranger ${at + 1}`, session_guid: randomUUID() };
		return viewOf(preloadSession(preset, now, ++store.serial, switches), switches);
	});
	return answerResults(
		results,
		{
			allFailedBody,
			strangers,
			omit: typeof omit === 'number' ? omit : (at) => omit(inputOf(items[at]), at),
		},
		switches,
	);
}

/** A test's own rule sees the item as it was sent. */
function inputOf(item: SessionItem | undefined): SessionInput {
	return (item?.raw ?? {}) as SessionInput;
}

/** Creates or updates what one item asks for, or says why not. */
function applyItem(
	item: SessionItem,
	store: Store,
	now: Moment,
	switches: Switches,
): Result<SessionView> {
	const invalid = (problems: readonly Problem[]) =>
		rejectSession(item, 'validation', stateOf(12, problems, switches), switches);
	const refused = (code: number, text: Problem['text']) =>
		rejectSession(item, 'later', stateOf(code, [{ field: '', text }], switches), switches);

	if (item.malformed.length > 0) return invalid(item.malformed);
	const stored = item.guid ? store.sessions.get(item.guid.toUpperCase()) : undefined;
	const zone = item.timezone ?? stored?.timezone ?? switches.defaultTimezone;
	// Only a zone that exists can give the start an instant.
	const start =
		item.start && isZone(zone)
			? readStart(item.start, zone, switches.offset, switches.repeatedHour)
			: null;
	// Assumed: validation comes before the lookup, as the two shapes of the sample suggest.
	const problems = problemsOf(item, start, now, switches);
	if (problems.length > 0) return invalid(problems);

	const { licenseLimit } = switches;
	if (!item.guid && licenseLimit !== null && store.created >= licenseLimit)
		return refused(35, 'licenseLimit');
	if (item.guid && !stored) return refused(30, 'sessionNotFound');
	const refusal = switches.refuse(inputOf(item), item.index);
	if (refusal)
		return rejectSession(item, refusal.stage ?? 'later', refusalState(refusal), switches);

	const session = stored
		? updateSession(stored, item, start, now, switches)
		: createSession(item, start as Start, now, ++store.serial, switches);
	if (!stored) store.created++;
	delaySearch(store, session.session_guid, switches.searchLag);
	store.sessions.set(session.session_guid, session);
	const view = viewOf(session, switches);
	if (!switches.descriptionEchoed) view.description = null;
	return { index: item.index, view };
}

/** Everything that is wrong with an item's own values. */
function problemsOf(
	item: SessionItem,
	start: Start | null,
	now: Moment,
	switches: Switches,
): Problem[] {
	const problems: Problem[] = [];
	const add = (field: string, text: Problem['text']) => problems.push({ field, text });
	const creates = !item.guid;
	const { name, duration, timezone, options } = item;
	if (name === undefined ? creates : name.trim() === '') add('name', 'nameMissing');
	if (creates && !item.start) add('start_date', 'startMissing');
	if (start && start.ms < now.ms) add('start_date', 'startInPast');
	if (creates && duration === undefined) add('duration', 'durationMissing');
	if (duration !== undefined && (duration < 5 || duration > 360)) add('duration', 'durationRange');
	if (timezone !== undefined && !isZone(timezone)) add('timezone', 'timezoneUnknown');
	if (switches.strictFieldNames) problems.push(...item.unknown);
	if (switches.strictOptionNames && options) problems.push(...unknownOptions(options));
	return problems;
}
