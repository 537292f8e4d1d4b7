import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { isDraft, type Draft, type Resource, type Settled } from '../contract';
import { describeRejection, type MessageSettings } from './sentences/message';
import type { Approved, Refused } from './outcome';

/** The two outputs of the node; n8n takes the Error output's items from the second. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[]];

export interface EmitSettings extends MessageSettings {
	onError: INode['onError'];
	includeInput: boolean;
	/** An agent is handed the first output alone. */
	isTool: boolean;
}

const linked = (json: IDataObject, index: number): INodeExecutionData => ({
	json,
	pairedItem: { item: index },
});

function approvedItem<D extends Draft>(
	{ json, built }: Settled<D>,
	{ view, recovered, warnings }: Approved,
	resource: Resource<D>,
	{ includeInput, hide }: EmitSettings,
): INodeExecutionData {
	const item: IDataObject = {};
	if (isDraft(built)) {
		item.outcome = resource.outcomeOf(built, view === undefined);
		if (view) resource.show(item, view, built);
		else Object.assign(item, resource.beside?.(built), resource.toInput(built));
	}
	if (recovered) item.recovered = true;
	if (warnings.length > 0) item.warnings = warnings.map(hide);
	if (includeInput) item.input = json;
	return linked(item, built.index);
}

/** What an item that did not succeed shows of what it is about. */
export interface Shown {
	index: number;
	/** The item's own input. */
	json: IDataObject;
	/** Such as its draft in input form, under the noun. */
	subject: IDataObject;
}

function rejectedItem(
	{ index, json, subject }: Shown,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, retryable, candidates = [] } = refused;
	const { message, details } = describeRejection(refused, settings);
	const item: IDataObject = {
		outcome: kind,
		rejection: { source, reason, code, message, details, retryable },
		...(candidates.length > 0 && { candidates: candidates.map(settings.hide) }),
		...subject,
		...(settings.includeInput && { input: json }),
	};
	return linked(item, index);
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ index, subject }: Shown,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, reason, retryable } = refused;
	const { message } = describeRejection(refused, settings);
	const details = { reason, outcome: kind, retryable, ...subject };
	return linked({ error: message, message, details }, index);
}

/** Whether n8n takes the item to the Error output, which is there with one setting of On Error only. */
export function isForError(
	{ requestFailed }: Refused,
	{ onError, isTool }: Pick<EmitSettings, 'onError' | 'isTool'>,
): boolean {
	return requestFailed && onError === 'continueErrorOutput' && !isTool;
}

/**
 * Puts an item that did not succeed on its output. Items for the Error output are put on Rejected, from where n8n takes
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

/** The two outputs, each item linked to the one it came from, in the order of the input. */
export function emit<D extends Draft>(
	settled: ReadonlyArray<Settled<D>>,
	resource: Resource<D>,
	settings: EmitSettings,
): Outputs {
	const outputs: Outputs = [[], []];
	for (const one of settled) {
		const { json, built, outcome } = one;
		if (outcome.kind === 'approved') {
			outputs[0].push(approvedItem(one, outcome, resource, settings));
			continue;
		}
		const input = isDraft(built) ? resource.toInput(built) : built.input;
		const subject = { [resource.noun.one]: input, ...resource.beside?.(built) };
		const isSafeToRepeat = isDraft(built) && resource.isSafeToRunAgain(built);
		const refused = { ...outcome, isSafeToRepeat };
		emitRefused(outputs, { index: built.index, json, subject }, refused, settings);
	}
	return outputs;
}
