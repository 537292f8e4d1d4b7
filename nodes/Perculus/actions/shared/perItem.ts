import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { countsHint, type Hint, toExecutionHints } from '../../batch/hints';
import { failed, type NotApproved, notSent, refusedByPerculus } from '../../batch/outcome';
import { beginRun } from '../../batch/read';
import { emitRefused, emitSettings, type Outputs } from '../../batch/rejected';
import { ignoreCrash, rejectAllOnCrash, throwFailure } from '../../batch/stop';
import type { Noun, Run } from '../../batch/types';
import type { PageFailure } from '../../transport/pages';
import type { Failure } from '../../transport/responses';
import { groupBy, mapConcurrently } from '../../values/collections';
import { quote } from '../../values/text';

/** Requests at the same time. */
const AT_ONCE = 4;

/** What an item asks for, or why that isn't sent. */
export type ItemRequest<Target> = {
	/** Beside `rejection` on an item that doesn't succeed: what it is about, as it was given. */
	shown: IDataObject;
} & ({ target: Target } | { refused: NotApproved });

export interface PreparedRequests<Target> {
	/** One for each item, in order. */
	each: ReadonlyArray<ItemRequest<Target>>;
	/** A search that has to come first, and was unsuccessful. */
	failure?: Failure;
}

/**
 * What an item's requests brought: items for the first output (none has a key `error`, which n8n takes for a failed run),
 * a refusal, or the reply in place of a result.
 */
export type ItemResult = IDataObject[] | NotApproved | PageFailure;

/** Get, Get Many, Delete and reports: what goes item by item. */
export interface PerItemOperation<Target> {
	/** What an item is about: `session` where it asks for the attendees of one. */
	noun: Noun;
	/** What is found, where that is something else. */
	found?: Noun;
	/** What is in doubt when a response is lost. */
	purpose: 'read' | 'delete';
	/** Shown on an item of which nothing could be read: `{ session_guid: null }`. */
	fallbackFields: IDataObject;
	/** Reads what each item asks for; references are looked up here, for all items at once. */
	prepare(run: Run): Promise<PreparedRequests<Target>>;
	/** Items with the same key share their requests: they are handled one after another, and take one of the four places. */
	sharedBy?(target: Target): string;
	/** The requests of one item. Repeats lost ones itself (`requestIdempotent`). */
	requestItem(target: Target, run: Run): Promise<ItemResult>;
}

type PerItemOutcome = { items: IDataObject[] } | { refused: NotApproved; failure?: Failure };

/**
 * Runs an operation item by item, four at a time, in the order of the input. After a failure that every request would
 * meet nothing further is begun.
 *
 * @throws NodeApiError when a request failed and the node is set to stop then: always when reading, when
 * deleting only while nothing is deleted
 */
export async function perItem<Target>(
	context: IExecuteFunctions,
	operation: PerItemOperation<Target>,
): Promise<Outputs> {
	const inOrder = async () => {
		const run = await beginRun(context, []);
		const prepared = await operation.prepare(run);
		const outcomes = await askEach(prepared, operation, run);
		return await emitEach(prepared, outcomes, operation, run);
	};
	return await rejectAllOnCrash(context, operation.noun, inOrder, operation.fallbackFields);
}

async function askEach<Target>(
	{ each }: PreparedRequests<Target>,
	operation: PerItemOperation<Target>,
	run: Run,
): Promise<PerItemOutcome[]> {
	let ending: Failure | undefined;
	const outcomes = new Array<PerItemOutcome>(each.length);
	const askOne = async (asked: ItemRequest<Target>, ended?: Failure): Promise<PerItemOutcome> => {
		if ('refused' in asked) return { refused: asked.refused };
		if (ended) return { refused: notSent(ended), failure: ended };
		try {
			const outcome = outcomeOf(await operation.requestItem(asked.target, run));
			if ('failure' in outcome && outcome.failure?.endsAll) ending ??= outcome.failure;
			return outcome;
		} catch (error) {
			if (run.isCancelled()) return await Promise.reject(error);
			return { refused: itemCrashed(error, operation) };
		}
	};
	const sharedKey = ([index, asked]: [number, ItemRequest<Target>]) =>
		('target' in asked && operation.sharedBy?.(asked.target)) || String(index);
	const groups = groupBy(each.entries(), sharedKey);
	await mapConcurrently([...groups.values()], AT_ONCE, async (group) => {
		// What was begun before the failure is finished for all items that share it.
		const ended = ending;
		for (const [index, asked] of group) outcomes[index] = await askOne(asked, ended);
	});
	return outcomes;
}

function outcomeOf(answer: ItemResult): PerItemOutcome {
	if (Array.isArray(answer)) return { items: answer };
	if (answer.kind === 'failed') return { refused: failed(answer), failure: answer };
	return {
		refused: answer.kind === 'refused' ? refusedByPerculus(answer.code, answer.details) : answer,
	};
}

/** An exception in this node. The same item would meet it again. */
function itemCrashed<Target>(
	error: unknown,
	{ noun, purpose }: PerItemOperation<Target>,
): NotApproved {
	const isDelete = purpose === 'delete';
	return {
		...refusedByPerculus(null, []),
		kind: isDelete ? 'unknown' : 'rejected',
		source: 'request',
		reason: isDelete ? 'outcome_unknown' : 'no_result',
		summary: isDelete
			? `This node couldn't process the response, so this ${noun.one} may or may not have been deleted.`
			: "This node couldn't process this item or the response to it.",
		details: error instanceof Error ? [`${error.name}: ${error.message}`] : [],
	};
}

async function emitEach<Target>(
	{ each, failure }: PreparedRequests<Target>,
	outcomes: readonly PerItemOutcome[],
	operation: PerItemOperation<Target>,
	run: Run,
): Promise<Outputs> {
	const { context, items, isTool } = run;
	const settings = await emitSettings(context, operation.noun, { isTool, includeInput: false });
	const failures = outcomes.flatMap((one) => ('items' in one ? [] : (one.failure ?? [])));
	const first = failure ?? failures[0];
	const hints = countsOf(outcomes, operation);
	if (first && !context.continueOnFail()) {
		hints.unshift(throwUnlessDeleted(context, outcomes, first, operation, settings.hide));
	}
	await ignoreCrash(run, async () => {
		// Missing in older versions of n8n.
		if (hints.length > 0) context.addExecutionHints?.(...toExecutionHints(hints, settings));
	});

	const outputs: Outputs = [[], []];
	outcomes.forEach((outcome, index) => {
		if ('items' in outcome) {
			for (const json of outcome.items) outputs[0].push({ json, pairedItem: { item: index } });
			return;
		}
		const fields = each[index]?.shown ?? operation.fallbackFields;
		const shown = { index, json: items[index]?.json ?? {}, fields };
		emitRefused(outputs, shown, addUserWording(fields, outcome.refused), settings);
	});
	return outputs;
}

/** The hint in numbers. The output itself shows what was found. */
function countsOf<Target>(
	outcomes: readonly PerItemOutcome[],
	{ noun, found = noun, purpose }: PerItemOperation<Target>,
): Hint[] {
	const isDelete = purpose === 'delete';
	if (!isDelete && outcomes.every((one) => 'items' in one)) return [];
	const words = outcomes.flatMap((one) =>
		'items' in one ? one.items.map(() => (isDelete ? 'deleted' : 'found')) : [one.refused.kind],
	);
	return countsHint(words, noun, { found, unknown: 'may or may not have been deleted' });
}

/**
 * Throws where the user expects the workflow to stop. What was deleted would be lost from sight then.
 *
 * @returns the hint of a run that goes on
 */
function throwUnlessDeleted<Target>(
	context: IExecuteFunctions,
	outcomes: readonly PerItemOutcome[],
	failure: Failure,
	{ noun, purpose }: PerItemOperation<Target>,
	hide: (text: string) => string,
): Hint {
	const isDelete = purpose === 'delete';
	if (isDelete && outcomes.some((one) => 'items' in one)) {
		const message = `Some ${noun.many} were deleted before a request was unsuccessful. The rest went to Rejected. ${failure.message}`;
		return { type: 'danger', message };
	}
	const refusals = outcomes.map((one) => ('items' in one ? undefined : one.refused));
	const unknown = refusals.filter((refused) => refused?.kind === 'unknown').length;
	const deletedNone = isDelete ? `No ${noun.one} was deleted. ` : '';
	return throwFailure(context, failure, {
		message: hide(failure.message),
		description:
			unknown > 0
				? `${unknown} of ${outcomes.length} ${noun.many} may or may not have been deleted. Running this node again deletes what is still there.`
				: `${deletedNone}To send such items to Rejected instead, set 'On Error' to 'Continue' in the settings of this node.`,
		itemIndex: refusals.findIndex((refused) => refused?.requestFailed),
	});
}

/** Names what isn't there as the item gave it, and says what to do after a delete of unknown outcome. */
function addUserWording(shown: IDataObject, refused: NotApproved): NotApproved {
	const named = refused.named ?? givenName(shown, refused);
	return {
		...refused,
		...(named !== undefined && { named }),
		...(refused.kind === 'unknown' && {
			advice: 'Check in Perculus whether it is still there. Deleting it again does no harm.',
		}),
	};
}

function givenName(
	{ session_guid, session_reference, attendee }: IDataObject,
	{ reason }: NotApproved,
): string | undefined {
	if (reason === 'attendee_not_found' && attendee !== undefined)
		return `attendee ${quote(attendee)}`;
	if (reason !== 'session_not_found') return undefined;
	return session_reference === undefined
		? `the GUID ${quote(session_guid)}`
		: `the reference ${quote(session_reference)}`;
}
