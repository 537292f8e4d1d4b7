import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { DraftOutcomes } from './draftOutcomes';
import { type Hint, hintsOf } from './hints';
import { type Approved, crashed } from './outcome';
import type { EmitSettings, Outputs } from './rejected';
import { emitRefused, emitSettings, linked } from './rejected';
import { ignoreCrash, throwUnlessSaved } from './stop';
import {
	type BuildResult,
	type Draft,
	type Identity,
	isDraft,
	type ItemOutcome,
	outcomeWord,
	type Resource,
	type Run,
} from './types';

/** How a resource shows its approved items. */
export interface Showing<D extends Draft> {
	/** Puts an approved result into an item; undefined with Dry Run. */
	show(item: IDataObject, view: IDataObject | undefined, draft: D): void;
	identity: Identity;
}

function approvedItem<D extends Draft>(
	{ json, built }: ItemOutcome<D>,
	{ view, recovered, warnings }: Approved,
	{ show }: Showing<D>,
	{ includeInput, hide }: EmitSettings,
): INodeExecutionData {
	const item: IDataObject = {};
	if (isDraft(built)) {
		item.outcome = outcomeWord(built, view === undefined);
		show(item, view, built);
	}
	if (recovered) item.recovered = true;
	if (warnings.length > 0) item.warnings = warnings.map(hide);
	if (includeInput) item.input = json;
	return { json: item, pairedItem: { item: built.index } };
}

function emitOne<D extends Draft>(
	outputs: Outputs,
	settled: ItemOutcome<D>,
	showing: Showing<D>,
	settings: EmitSettings,
): void {
	const { json, built, outcome } = settled;
	if (outcome.kind === 'approved') {
		outputs[0].push(approvedItem(settled, outcome, showing, settings));
		return;
	}
	const fields = { [settings.noun.one]: built.input, ...built.beside };
	const refused = { ...outcome, isSafeToRepeat: isDraft(built) && built.safeToRerun };
	emitRefused(outputs, { index: built.index, json, fields }, refused, settings);
}

/** What is certain of an item that can't be shown: the saved thing's identity, or why it was rejected. */
function emitMinimum<D extends Draft>(
	[approved, rejected]: Outputs,
	{ built, outcome }: ItemOutcome<D>,
	{ identity }: Showing<D>,
): void {
	const { index } = built;
	if (outcome.kind === 'approved') {
		const id = outcome.view && { [identity.key]: identity.of(outcome.view) ?? null };
		const word = isDraft(built) ? outcomeWord(built, outcome.view === undefined) : outcome.kind;
		approved.push(linked({ outcome: word, ...id }, index));
		return;
	}
	const { kind, source, reason, code, retryable } = outcome;
	const rejection = { source, reason, code, message: reason, details: [], retryable };
	rejected.push(linked({ outcome: kind, rejection }, index));
}

/**
 * Puts every item on its output, linked to the one it came from, in the order of the input. What was saved must come
 * out, so an item that can't be shown comes out with what is certain of it.
 */
export function emit<D extends Draft>(
	settled: ReadonlyArray<ItemOutcome<D>>,
	showing: Showing<D>,
	settings: EmitSettings,
): Outputs {
	const outputs: Outputs = [[], []];
	for (const one of settled) {
		try {
			emitOne(outputs, one, showing, settings);
		} catch {
			emitMinimum(outputs, one, showing);
		}
	}
	return outputs;
}

/** Each input item with its outcome, in the order of the input. */
export function joinOutcomes<D extends Draft>(
	built: ReadonlyArray<BuildResult<D>>,
	outcomes: DraftOutcomes<D>,
	{ items }: Run,
): Array<ItemOutcome<D>> {
	return built.map((one, place) => ({
		json: items[place]?.json ?? {},
		built: one,
		outcome: isDraft(one) ? (outcomes.get(one) ?? crashed(false, undefined)) : one.refused,
	}));
}

/**
 * Puts the items on their outputs and adds the hints of the run.
 *
 * @param hints of the resource
 * @throws NodeApiError when a request failed, the node is set to stop then, and nothing of this run was saved
 */
export async function emitRun<D extends Draft>(
	settled: ReadonlyArray<ItemOutcome<D>>,
	outcomes: DraftOutcomes<D>,
	run: Run,
	resource: Resource<D>,
	show: Showing<D>['show'],
	hints: readonly Hint[] = [],
): Promise<Outputs> {
	const { context, isTool, options } = run;
	const { noun, identity } = resource;
	const includeInput = options.includeInput === true;
	const settings = await emitSettings(context, noun, { isTool, includeInput });
	const reasonToContinue = throwUnlessSaved(
		context,
		settled,
		outcomes.failure,
		noun,
		settings.hide,
	);
	await ignoreCrash(run, async () => {
		const all = hintsOf({ settled, outcomes, resource, run, reasonToContinue, hints }, settings);
		// Missing in older versions of n8n.
		if (all.length > 0) context.addExecutionHints?.(...all);
	});
	return emit(settled, { show, identity }, settings);
}
