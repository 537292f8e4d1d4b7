import { randomUUID } from 'node:crypto';
import { errorAnswer, htmlAnswer, jsonAnswer, problemAnswer, type Answer } from '../http/answer';
import { stamp, type Moment } from '../values/clock';
import { readItem, unknownFields, type SessionInput, type SessionItem } from './item';
import type { Json, JsonObject } from '../values/json';
import { entityModel, requestModel } from './models';
import { unknownOptions } from './options';
import { seededRandom, shuffled } from '../values/random';
import { createdSession, preloadedSession, updatedSession, viewOf } from './session';
import type { SessionView, StoredSession } from './session';
import { isZone, readStart, type Start } from '../values/startDate';
import type { RejectedShape, Switches } from '../switches';
import { detailsOf, textOf, type Problem } from '../values/texts';

/** What outlives a request. */
export interface Store {
	sessions: Map<string, StoredSession>;
	/** Sessions made by batches since the start or the reset; the license counts them. */
	created: number;
	/** Numbers the sessions in the order of their creation. */
	serial: number;
}

interface Approval {
	index: number;
	view: SessionView;
}

interface Rejection {
	index: number;
	stage: 'validation' | 'later';
	model: JsonObject | null;
	state: { code: number; details?: Json };
}

type Result = Approval | Rejection;

const isApproval = (result: Result): result is Approval => 'view' in result;

/** Documented: an array in, `{approved, rejected}` out, with 200, 207 or 400. */
export function answerBatch(body: Json, store: Store, now: Moment, switches: Switches): Answer {
	const refused = (status: number, code: number, text: Parameters<typeof errorAnswer>[2]) =>
		errorAnswer(status, code, text, switches.language);

	if (!Array.isArray(body)) return refused(400, 19, 'bodyInvalid');
	if (body.length === 0 && switches.emptyBatch === 'refused')
		return refused(400, 19, 'bodyInvalid');
	if (switches.batchLimit !== null && body.length > switches.batchLimit)
		return switches.batchLimitStatus === 413
			? htmlAnswer(413, '413 Request Entity Too Large')
			: refused(400, 38, 'batchTooLarge');

	const items = body.map((sent, index) => readItem(sent, index, switches));
	const malformed = items.find((item) => item.malformed.length > 0);
	if (malformed && switches.malformed !== 'perItem') return malformedBody(malformed, switches);

	const results = applyItems(items, store, now, switches);
	// Documented: the status tells all, some or none. It counts what happened, not what is shown.
	const failures = results.filter((result) => !isApproval(result)).length;
	const status = failures === 0 ? 200 : failures < results.length ? 207 : 400;
	const shown = omitResults(results, items, switches);
	return answerResults(status, [...shown, ...strangers(store, now, switches)], switches);
}

function malformedBody(item: SessionItem, switches: Switches): Answer {
	const text = textOf('malformed', switches.language);
	const field = item.malformed[0]?.field ?? '';
	const path = `$[${item.index}]${field && `.${field}`}`;
	if (switches.malformed === 'modelBinding')
		return problemAnswer(path, `The JSON value could not be read. Path: ${path}.`);
	if (switches.malformed === 'wholeBody19')
		return errorAnswer(400, 19, 'bodyInvalid', switches.language);
	return jsonAnswer(400, { code: 12, details: [`${path}: ${text}`] });
}

function applyItems(
	items: readonly SessionItem[],
	store: Store,
	now: Moment,
	switches: Switches,
): Result[] {
	// Documented: one reading of the clock, so all items of a request share their dates.
	const moment = { ...now, stamp: stamp(now, switches.defaultTimezone, switches.stamps) };
	const times = countGuids(items);
	const seen = new Set<string>();
	return items.map((item) => {
		const key = item.guid?.toUpperCase();
		const repeated = Boolean(key) && (times.get(key as string) ?? 0) > 1;
		const refuseAll = repeated && switches.duplicateGuid === 'rejectAll';
		const refuseThis =
			refuseAll || (switches.duplicateGuid === 'rejectLater' && seen.has(key ?? ''));
		if (key) seen.add(key);
		if (refuseThis)
			return invalid(item, [{ field: 'session_guid', text: 'guidRepeated' }], switches);
		return applyItem(item, store, moment, switches);
	});
}

function countGuids(items: readonly SessionItem[]): Map<string, number> {
	const times = new Map<string, number>();
	for (const { guid } of items) {
		if (!guid) continue;
		const key = guid.toUpperCase();
		times.set(key, (times.get(key) ?? 0) + 1);
	}
	return times;
}

type StampedMoment = Moment & { stamp: string };

function applyItem(
	item: SessionItem,
	store: Store,
	moment: StampedMoment,
	switches: Switches,
): Result {
	if (item.malformed.length > 0) return invalid(item, item.malformed, switches);
	if (item.guid === '' && switches.emptyGuid === 'reject')
		return invalid(item, [{ field: 'session_guid', text: 'guidInvalid' }], switches);
	const creates = isCreate(item, switches);
	const stored = creates ? undefined : store.sessions.get((item.guid ?? '').toUpperCase());
	const zone = item.timezone ?? stored?.timezone ?? switches.defaultTimezone;
	// Only a zone that exists can give the start an instant.
	const start =
		item.start && isZone(zone)
			? readStart(item.start, zone, switches.offset, switches.repeatedHour)
			: null;

	// Assumed: validation comes before the look-up, as the two shapes of the sample suggest.
	const problems = problemsOf(item, creates, start, moment, switches);
	if (problems.length > 0) return invalid(item, problems, switches);

	if (creates && switches.licenseLimit !== null && store.created >= switches.licenseLimit)
		return rejected(item, 35, 'later', 'licenseLimit', switches);
	if (!creates && !stored) return rejected(item, 30, 'later', 'sessionNotFound', switches);

	const refusal = switches.refuse(inputOf(item), item.index);
	if (refusal) {
		const { code, details = 'refused', stage = 'later' } = refusal;
		return rejection(item, stage, { code, details }, switches);
	}

	const session =
		stored !== undefined
			? updatedSession(stored, item, start, moment, switches)
			: createdSession(item, start as Start, moment, ++store.serial, switches);
	if (creates) store.created++;
	store.sessions.set(session.session_guid.toUpperCase(), session);
	const view = viewOf(session, switches);
	if (!switches.descriptionEchoed) view.description = null;
	return { index: item.index, view };
}

/** Documented: without a GUID it is a create. Assumed: null is none; the switch rules on "". */
function isCreate(item: SessionItem, switches: Switches): boolean {
	return item.guid === null || (item.guid === '' && switches.emptyGuid === 'create');
}

function problemsOf(
	item: SessionItem,
	creates: boolean,
	start: Start | null,
	now: Moment,
	switches: Switches,
): Problem[] {
	const problems: Problem[] = [];
	const add = (field: string, text: Problem['text']) => problems.push({ field, text });
	// Assumed: with `clear`, a required field that an update sets to null is missing.
	const cleared = (value: unknown) =>
		creates
			? value === undefined || value === null
			: value === null && switches.nullFields === 'clear';

	const { name, duration, lang, timezone } = item;
	if (cleared(name) || (typeof name === 'string' && name.trim() === '')) add('name', 'nameMissing');
	else if (name && switches.nameMax !== null && name.length > switches.nameMax)
		add('name', 'nameTooLong');
	if (cleared(item.start)) add('start_date', 'startMissing');
	if (start && start.ms < now.ms - switches.pastToleranceMs) add('start_date', 'startInPast');
	if (cleared(duration)) add('duration', 'durationMissing');
	else if (typeof duration === 'number' && (duration < 5 || duration > 360))
		add('duration', 'durationRange');
	if (typeof timezone === 'string' && !isZone(timezone)) add('timezone', 'timezoneUnknown');
	if (typeof lang === 'string' && switches.langs !== 'any' && !switches.langs.includes(lang))
		add('lang', 'langUnknown');
	if (switches.strictFieldNames) problems.push(...unknownFields(item.raw));
	if (switches.strictOptionNames && item.options)
		problems.push(...unknownOptions(item.options, switches.autoStartKey));
	return problems;
}

function invalid(item: SessionItem, problems: readonly Problem[], switches: Switches): Rejection {
	const details = detailsOf(problems, 'validation', switches.details, switches.language);
	return rejection(item, 'validation', { code: 12, details }, switches);
}

function rejected(
	item: SessionItem,
	code: number,
	stage: Rejection['stage'],
	text: Problem['text'],
	switches: Switches,
): Rejection {
	const details = detailsOf([{ field: '', text }], stage, switches.details, switches.language);
	return rejection(item, stage, { code, details }, switches);
}

function rejection(
	item: SessionItem,
	stage: Rejection['stage'],
	state: Rejection['state'],
	switches: Switches,
): Rejection {
	const shape = shapeOf(item, stage, state.code, switches);
	const model =
		shape === 'null'
			? null
			: shape === 'A'
				? requestModel(item, switches)
				: entityModel(item, switches);
	return { index: item.index, stage, model, state };
}

function shapeOf(
	item: SessionItem,
	stage: Rejection['stage'],
	code: number,
	switches: Switches,
): Exclude<RejectedShape, 'documented'> {
	const creates = isCreate(item, switches);
	const chosen = creates ? switches.createRejectedShape : switches.updateRejectedShape;
	if (chosen !== 'documented') return chosen;
	if (stage === 'validation') return creates ? 'A' : switches.updateValidationShape;
	return creates && code === 35 ? switches.createLicenseShape : 'B';
}

function answerResults(status: number, shown: readonly Result[], switches: Switches): Answer {
	const approvals = lastOnly(shown.filter(isApproval), switches);
	const rejections = shown.filter((result): result is Rejection => !isApproval(result));
	const approved = inOrder(approvals, 'approved', switches).map(({ view }) => view);
	const rejectedItems = inOrder(rejections, 'rejected', switches).map(({ model, state }) => ({
		model,
		state,
	}));
	if (status === 400 && switches.allFailedBody === 'code13')
		return jsonAnswer(400, { code: 13, details: rejectedItems });
	return jsonAnswer(status, { approved, rejected: rejectedItems });
}

/** Sessions that nobody asked for. They are in the answer only, not in the store. */
function strangers(store: Store, now: Moment, switches: Switches): Approval[] {
	return Array.from({ length: switches.stranger }, (_, at) => {
		const preset = { name: `Stranger ${at + 1}`, session_guid: randomUUID() };
		const foreign = preloadedSession(preset, now, ++store.serial, switches);
		return { index: Infinity, view: viewOf(foreign, switches) };
	});
}

function omitResults(
	results: readonly Result[],
	items: readonly SessionItem[],
	switches: Switches,
): readonly Result[] {
	const { omit, seed } = switches;
	if (omit === 0) return results;
	if (typeof omit === 'function')
		return results.filter(({ index }) => !omit(inputOf(items[index]), index));
	const gone = new Set(shuffled(results, seededRandom(seed)).slice(0, omit));
	return results.filter((result) => !gone.has(result));
}

/** A test's own rule sees the item as it was sent. */
function inputOf(item: SessionItem | undefined): SessionInput {
	return (item?.raw ?? {}) as SessionInput;
}

function lastOnly(approvals: Approval[], switches: Switches): Approval[] {
	if (switches.duplicateGuid !== 'once') return approvals;
	return [...new Map(approvals.map((approval) => [approval.view.session_guid, approval])).values()];
}

function inOrder<T extends Result>(
	results: readonly T[],
	list: 'approved' | 'rejected',
	switches: Switches,
): T[] {
	if (switches.order === 'reversed') return [...results].reverse();
	if (switches.order === 'shuffled') return shuffled(results, seededRandom(switches.seed));
	if (switches.order === 'request' || list === 'approved') return [...results];
	// Inferred from the sample: later failures come before failed validations.
	const later = results.filter((result) => !isApproval(result) && result.stage === 'later');
	const early = results.filter((result) => isApproval(result) || result.stage === 'validation');
	return [...later, ...early];
}
