import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Outcome, Refused } from './outcome';

/** An input item with what became of its session. */
export interface Settled {
	index: number;
	json: IDataObject;
	/** The item's session in input form; made only where it is needed. */
	session(): IDataObject;
	outcome: Outcome;
	/** Whether the session existed before. */
	isUpdate: boolean;
}

export interface EmitSettings {
	onError: INode['onError'];
	includeInput: boolean;
	simplify: boolean;
	/** An agent is handed the first output alone. */
	isTool: boolean;
}

const SIMPLE = ['session_guid', 'name', 'start_date', 'timezone', 'duration', 'lang', 'status'];

/** The API's session view. Should it ever answer with its internal model here, only what the view has is shown. */
const VIEW = [
	...SIMPLE,
	'description',
	'tags',
	'replay_status',
	'options',
	'creation_date',
	'updating_date',
];

function pick(source: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.flatMap((key) => (key in source ? [[key, source[key]]] : [])));
}

/** Keys that only the internal model has. */
const INTERNAL = ['the_guid', 'account_id', 'user_added', 'ui_options', '_isValid', '_errors'];

function viewOf(view: IDataObject): IDataObject {
	if (INTERNAL.some((key) => key in view))
		return { session_guid: view.the_guid ?? null, ...pick(view, VIEW) };
	// n8n takes a first item with a truthy `error` for a failed run, and with Retry On Fail sends everything again.
	const { error: _, ...rest } = view;
	return rest;
}

function approvedItem(
	{ index, json, outcome, isUpdate }: Settled,
	settings: EmitSettings,
): INodeExecutionData {
	if (outcome.kind !== 'approved') throw new TypeError('not approved');
	const view = viewOf(outcome.view);
	return {
		json: {
			...(settings.simplify ? pick(view, SIMPLE) : view),
			outcome: isUpdate ? 'updated' : 'created',
			...(outcome.recovered && { recovered: true }),
			...(outcome.warnings.length > 0 && { warnings: outcome.warnings }),
			...(settings.includeInput && { input: json }),
		},
		pairedItem: { item: index },
	};
}

function rejectedItem(
	{ index, json, session }: Settled,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, message, details, retryable } = refused;
	return {
		json: {
			session: session(),
			outcome: kind,
			rejection: { source, reason, code, message, details, retryable },
			...(settings.includeInput && { input: json }),
		},
		pairedItem: { item: index },
	};
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ index, session }: Settled,
	{ kind, reason, message, retryable }: Refused,
): INodeExecutionData {
	return {
		json: {
			error: message,
			message,
			details: { reason, outcome: kind, retryable, session: session() },
		},
		pairedItem: { item: index },
	};
}

/**
 * The two outputs, each item linked to the one it came from, in the order of the input. Items for the Error output
 * are put on Rejected, from where n8n takes them: on Approved, Retry On Fail would see them and send everything again.
 */
export function emit(
	settled: readonly Settled[],
	settings: EmitSettings,
): [INodeExecutionData[], INodeExecutionData[]] {
	const approved: INodeExecutionData[] = [];
	const rejected: INodeExecutionData[] = [];
	for (const one of settled) {
		const { outcome } = one;
		if (outcome.kind === 'approved') {
			approved.push(approvedItem(one, settings));
		} else if (
			outcome.requestFailed &&
			settings.onError === 'continueErrorOutput' &&
			!settings.isTool
		) {
			rejected.push(errorItem(one, outcome));
		} else {
			(settings.isTool ? approved : rejected).push(rejectedItem(one, outcome, settings));
		}
	}
	return [approved, rejected];
}
