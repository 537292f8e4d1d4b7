import { jsonAnswer, type Answer } from '../http/answer';
import type { Switches } from '../switches';
import type { Json, JsonObject } from '../values/json';
import { seededRandom, shuffled } from '../values/random';

export interface Approval<View> {
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

/** What became of one item of a batch, whatever the items are. */
export type Result<View> = Approval<View> | Rejection;

export function isApproval<View>(result: Result<View>): result is Approval<View> {
	return 'view' in result;
}

/** Documented: the status tells all, some or none. It counts what happened, not what is shown. */
export function statusOf(results: ReadonlyArray<Result<unknown>>): 200 | 207 | 400 {
	const failures = results.filter((result) => !isApproval(result)).length;
	return failures === 0 ? 200 : failures < results.length ? 207 : 400;
}

/** Documented: `{approved, rejected}`, neither with an index. */
export function answerResults<View>(
	status: number,
	allFailedBody: 'lists' | 'code13',
	approvals: ReadonlyArray<Approval<View>>,
	rejections: readonly Rejection[],
	switches: Switches,
): Answer {
	const approved = inOrder(approvals, switches).map(({ view }) => view);
	const rejected = inOrder(laterFirst(rejections, switches), switches).map(({ model, state }) => ({
		model,
		state,
	}));
	if (status === 400 && allFailedBody === 'code13')
		return jsonAnswer(400, { code: 13, details: rejected });
	return jsonAnswer(status, { approved, rejected });
}

/** Inferred from the sample: later failures come before failed validations. */
function laterFirst(rejections: readonly Rejection[], switches: Switches): readonly Rejection[] {
	if (switches.order !== 'documented') return rejections;
	const at = (stage: Stage) => rejections.filter((rejection) => rejection.stage === stage);
	return [...at('later'), ...at('validation')];
}

function inOrder<T>(results: readonly T[], switches: Switches): T[] {
	if (switches.order === 'reversed') return [...results].reverse();
	if (switches.order === 'shuffled') return shuffled(results, seededRandom(switches.seed));
	return [...results];
}

/** Leaves out so many results (chosen by the seed), or those that the rule names. */
export function omitResults<View>(
	results: ReadonlyArray<Result<View>>,
	omit: number | ((index: number) => boolean),
	seed: number,
): ReadonlyArray<Result<View>> {
	if (omit === 0) return results;
	if (typeof omit === 'function') return results.filter(({ index }) => !omit(index));
	const gone = new Set(shuffled(results, seededRandom(seed)).slice(0, omit));
	return results.filter((result) => !gone.has(result));
}
