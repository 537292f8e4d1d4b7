import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { toInput } from '../../resources/session/build';
import { isUpdate, type Draft, type Invalid } from '../../resources/session/session';
import { tell, type Speech } from './message';
import type { Approved, Outcome, Refused } from './outcome';

/** An input item with what became of its session. */
export interface Settled {
	json: IDataObject;
	built: Draft | Invalid;
	outcome: Outcome;
}

export interface EmitSettings extends Speech {
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

/** Keys that only the internal model has. */
const INTERNAL = ['the_guid', 'account_id', 'user_added', 'ui_options', '_isValid', '_errors'];

/**
 * Keys that an answer must not set: this node's own, and `error`, since n8n takes a first item with a truthy one for a
 * failed run, and with Retry On Fail sends everything again.
 */
const NOT_THEIRS = new Set(['error', 'recovered', 'warnings', 'input']);

function copy(target: IDataObject, source: IDataObject, keys: readonly string[]): void {
	for (const key of keys) if (key in source) target[key] = source[key];
}

/** The session as an item shows it, the usual keys in the usual order, then the rest as it came. */
function sessionOf(view: IDataObject, outcome: string, simplify: boolean): IDataObject {
	const session: IDataObject = { outcome };
	const isInternal = INTERNAL.some((key) => key in view);
	if (isInternal) session.session_guid = view.the_guid ?? null;
	copy(session, view, SIMPLE);
	if (simplify) return session;
	if (isInternal) copy(session, view, VIEW);
	else
		for (const key in view) if (!(key in session) && !NOT_THEIRS.has(key)) session[key] = view[key];
	return session;
}

function approvedItem(
	{ json, built }: Settled,
	{ view, recovered, warnings }: Approved,
	{ simplify, includeInput, hide }: EmitSettings,
): INodeExecutionData {
	const item = sessionOf(view, isUpdate(built) ? 'updated' : 'created', simplify);
	if (recovered) item.recovered = true;
	if (warnings.length > 0) item.warnings = warnings.map(hide);
	if (includeInput) item.input = json;
	return { json: item, pairedItem: { item: built.index } };
}

function rejectedItem(
	{ json, built }: Settled,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, retryable, candidates = [] } = refused;
	const { message, details } = tell(refused, settings);
	return {
		json: {
			outcome: kind,
			rejection: { source, reason, code, message, details, retryable },
			...(candidates.length > 0 && { candidates: candidates.map(settings.hide) }),
			session: toInput(built),
			...(settings.includeInput && { input: json }),
		},
		pairedItem: { item: built.index },
	};
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ built }: Settled,
	refused: Refused,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, reason, retryable } = refused;
	const { message } = tell(refused, settings);
	const session = toInput(built);
	return {
		json: { error: message, message, details: { reason, outcome: kind, retryable, session } },
		pairedItem: { item: built.index },
	};
}

/** Whether n8n takes the item to the Error output, which is there with one setting of On Error only. */
export function isForError(
	outcome: Outcome,
	{ onError, isTool }: Pick<EmitSettings, 'onError' | 'isTool'>,
): boolean {
	return (
		outcome.kind !== 'approved' &&
		outcome.requestFailed &&
		onError === 'continueErrorOutput' &&
		!isTool
	);
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
		if (outcome.kind === 'approved') approved.push(approvedItem(one, outcome, settings));
		else if (isForError(outcome, settings)) rejected.push(errorItem(one, outcome, settings));
		else (settings.isTool ? approved : rejected).push(rejectedItem(one, outcome, settings));
	}
	return [approved, rejected];
}
