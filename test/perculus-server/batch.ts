import {
	detailsOf,
	errorAnswer,
	htmlAnswer,
	jsonAnswer,
	problemAnswer,
	type Answer,
	type Problem,
	type TextName,
} from './answers';
import type { Switches } from './switches';
import { shuffled, type Json, type JsonObject } from './values';

interface Approval<View> {
	index: number;
	view: View;
}

/** `validation`: refused for its own values. `later`: refused for what the account holds. */
export type Stage = 'validation' | 'later';

export interface Rejection {
	index: number;
	stage: Stage;
	model: JsonObject | null;
	state: { code: number; details?: Json };
}

/** What became of one item of a batch. */
export type Result<View> = Approval<View> | Rejection;

/** An item's refusal by a test's own rule. */
export interface Refusal {
	code: number;
	details?: Json;
	/** Assumed: a session's validation failures carry shape A, later ones B. Default `later`. */
	stage?: Stage;
}

export function isApproval<View>(result: Result<View>): result is Approval<View> {
	return 'view' in result;
}

/** The `state` of a rejection: code 12 lists the item's problems, other codes have one text. */
export function stateOf(
	code: number,
	problems: readonly Problem[],
	switches: Switches,
): Rejection['state'] {
	const stage = code === 12 ? 'validation' : 'later';
	return { code, details: detailsOf(problems, stage, switches) };
}

export function refusalState({ code, details = 'refused' }: Refusal): Rejection['state'] {
	return { code, details };
}

/** The items of a body, or the answer that refuses it as a whole before anything is applied. */
export function readList<Item extends { index: number; malformed: readonly Problem[] }>(
	body: Json,
	limit: { items: number | null; code: number; text: TextName },
	read: (sent: Json, index: number) => Item,
	switches: Switches,
): Item[] | Answer {
	if (!Array.isArray(body)) return errorAnswer(400, 19, 'bodyInvalid', switches);
	if (limit.items !== null && body.length > limit.items)
		return switches.batchLimitStatus === 413
			? htmlAnswer(413, '413 Request Entity Too Large')
			: errorAnswer(400, limit.code, limit.text, switches);
	const items = body.map(read);
	const item = items.find(({ malformed }) => malformed.length > 0);
	if (!item || switches.malformed === 'perItem') return items;
	const field = item.malformed[0]?.field ?? '';
	const path = `$[${item.index}]${field && `.${field}`}`;
	if (switches.malformed === 'modelBinding') return problemAnswer(path);
	return jsonAnswer(400, { code: 12, details: [`${path}: Invalid value.`] });
}

/** What the two kinds of batches do differently with their results. */
interface Showing<View> {
	allFailedBody: 'lists' | 'code13';
	/** So many results, chosen by the seed, or those of some items are left out. */
	omit: number | ((index: number) => boolean);
	/** Approved items that nobody asked for. */
	strangers: View[];
	always200?: boolean;
}

/** Documented: `{approved, rejected}` without any index; the status says all, some or none. */
export function answerResults<View>(
	results: ReadonlyArray<Result<View>>,
	{ allFailedBody, omit, strangers, always200 = false }: Showing<View>,
	switches: Switches,
): Answer {
	const failures = results.filter((result) => !isApproval(result)).length;
	const status = failures === 0 ? 200 : failures < results.length ? 207 : 400;
	const shown = omitResults(results, omit, switches.seed);
	const views = [...shown.filter(isApproval).map(({ view }) => view), ...strangers];
	const rejections = shown.filter((result): result is Rejection => !isApproval(result));
	const rejected = inOrder(laterFirst(rejections, switches), switches).map(({ model, state }) => ({
		model,
		state,
	}));
	if (status === 400 && allFailedBody === 'code13')
		return jsonAnswer(400, { code: 13, details: rejected });
	return jsonAnswer(always200 ? 200 : status, { approved: inOrder(views, switches), rejected });
}

function omitResults<View>(
	results: ReadonlyArray<Result<View>>,
	omit: Showing<View>['omit'],
	seed: number,
): ReadonlyArray<Result<View>> {
	if (omit === 0) return results;
	if (typeof omit === 'function') return results.filter(({ index }) => !omit(index));
	const left = new Set(shuffled(results, seed).slice(0, omit));
	return results.filter((result) => !left.has(result));
}

/** Inferred from the sample: later failures come before failed validations. */
function laterFirst(rejections: readonly Rejection[], { order }: Switches): readonly Rejection[] {
	if (order !== 'documented') return rejections;
	const at = (stage: Stage) => rejections.filter((rejection) => rejection.stage === stage);
	return [...at('later'), ...at('validation')];
}

function inOrder<T>(items: readonly T[], { order, seed }: Switches): T[] {
	if (order === 'reversed') return [...items].reverse();
	return order === 'shuffled' ? shuffled(items, seed) : [...items];
}
