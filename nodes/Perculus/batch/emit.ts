import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { credentialSecrets } from '../transport/client';
import { redactSecrets } from '../transport/secrets';
import {
	isDraft,
	outcomeWord,
	type Draft,
	type Identity,
	type ItemOutcome,
	type Noun,
} from './draft';
import { describeRejection, type MessageSettings } from './describeRejection';
import type { Approved, Refused } from './outcome';

/** The two outputs of the node; n8n takes the Error output's items from the second. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[]];

export interface EmitSettings extends MessageSettings {
	onError: INode['onError'];
	includeInput: boolean;
	/** An agent gets only the first output. */
	isTool: boolean;
}

/** Reads what all items of a run have in common. @param includeInput whether each item shows its input */
export async function emitSettings(
	context: IExecuteFunctions,
	noun: Noun,
	{ isTool, includeInput }: Pick<EmitSettings, 'isTool' | 'includeInput'>,
): Promise<EmitSettings> {
	const secrets = await credentialSecrets(context);
	return {
		onError: context.getNode().onError,
		includeInput,
		isTool,
		noun,
		hide: (text) => redactSecrets(text, secrets),
	};
}

/** How a resource shows its approved items. */
export interface Showing<D extends Draft> {
	/** Puts an approved result into an item; undefined with Dry Run. */
	show(item: IDataObject, view: IDataObject | undefined, draft: D): void;
	identity: Identity;
}

const linked = (json: IDataObject, index: number): INodeExecutionData => ({
	json,
	pairedItem: { item: index },
});

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
	return linked(item, built.index);
}

/** What an item that wasn't approved shows. */
export interface Shown {
	index: number;
	/** The item's own input. */
	json: IDataObject;
	/** Such as the item in input form, under its noun. */
	fields: IDataObject;
}

function rejectedItem(
	{ index, json, fields }: Shown,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, retryable, candidates = [] } = refused;
	const { message, details } = describeRejection(refused, settings);
	const item: IDataObject = {
		outcome: kind,
		rejection: { source, reason, code, message, details, retryable },
		...(candidates.length > 0 && { candidates: candidates.map(settings.hide) }),
		...fields,
		...(settings.includeInput && { input: json }),
	};
	return linked(item, index);
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ index, fields }: Shown,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, reason, retryable } = refused;
	const { message } = describeRejection(refused, settings);
	const details = { reason, outcome: kind, retryable, ...fields };
	return linked({ error: message, message, details }, index);
}

/** Whether n8n takes the item to the Error output, which exists with one setting of On Error only. */
export function isForError(
	{ requestFailed }: Refused,
	{ onError, isTool }: Pick<EmitSettings, 'onError' | 'isTool'>,
): boolean {
	return requestFailed && onError === 'continueErrorOutput' && !isTool;
}

/**
 * Puts an item that wasn't approved on its output. Items for the Error output are put on Rejected, from where n8n takes
 * them: on Approved, Retry On Fail would see them and send everything again.
 */
export function emitRefused(
	[approved, rejected]: Outputs,
	shown: Shown,
	refused: Refused,
	settings: EmitSettings,
): void {
	if (isForError(refused, settings)) rejected.push(errorItem(shown, refused, settings));
	else (settings.isTool ? approved : rejected).push(rejectedItem(shown, refused, settings));
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
