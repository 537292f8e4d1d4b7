import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { toInput } from '../../resources/session/build';
import type { Approved, Outcome, Refused } from './outcome';
import { isUpdate, type Draft, type Invalid } from '../../resources/session/session';

/** An input item with what became of its session. */
export interface Settled {
	json: IDataObject;
	built: Draft | Invalid;
	outcome: Outcome;
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

/** The session as an item shows it. The view is the answer's own, and nobody else's: it is changed, not copied. */
function viewOf(view: IDataObject): IDataObject {
	for (const key of INTERNAL) {
		if (key in view) return { session_guid: view.the_guid ?? null, ...pick(view, VIEW) };
	}
	// n8n takes a first item with a truthy `error` for a failed run, and with Retry On Fail sends everything again.
	if ('error' in view) delete view.error;
	return view;
}

function approvedItem(
	{ json, built }: Settled,
	{ view, recovered, warnings }: Approved,
	settings: EmitSettings,
): INodeExecutionData {
	const session = settings.simplify ? pick(viewOf(view), SIMPLE) : viewOf(view);
	session.outcome = isUpdate(built) ? 'updated' : 'created';
	if (recovered) session.recovered = true;
	if (warnings.length > 0) session.warnings = [...warnings];
	if (settings.includeInput) session.input = json;
	return { json: session, pairedItem: { item: built.index } };
}

function rejectedItem(
	{ json, built }: Settled,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, message, details, retryable, candidates } = refused;
	return {
		json: {
			session: toInput(built),
			outcome: kind,
			rejection: { source, reason, code, message, details, retryable },
			...(candidates && { candidates: [...candidates] }),
			...(settings.includeInput && { input: json }),
		},
		pairedItem: { item: built.index },
	};
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ built }: Settled,
	{ kind, reason, message, retryable }: Refused,
): INodeExecutionData {
	return {
		json: {
			error: message,
			message,
			details: { reason, outcome: kind, retryable, session: toInput(built) },
		},
		pairedItem: { item: built.index },
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
			approved.push(approvedItem(one, outcome, settings));
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
