import type { INodeExecutionData } from 'n8n-workflow';

import { emit, type EmitSettings, type Settled } from './emit';
import type { Approved } from './outcome';

type Outputs = [INodeExecutionData[], INodeExecutionData[]];

/**
 * Emits every item, whatever is in it: an item that cannot be shown comes out with the little that is certain, and
 * keeps none of the others from coming out.
 */
export function emitAll(settled: readonly Settled[], settings: EmitSettings): Outputs {
	const outputs = tryToEmit(settled, settings);
	if (outputs) return outputs;
	const each = settled.map(
		(one) => tryToEmit([one], settings) ?? tryToEmit([bare(one)], settings) ?? leastOf(one),
	);
	return [each.flatMap(([approved]) => approved), each.flatMap(([, rejected]) => rejected)];
}

function tryToEmit(settled: readonly Settled[], settings: EmitSettings): Outputs | undefined {
	try {
		return emit(settled, settings);
	} catch {
		return undefined;
	}
}

/** Without what the answer or the person put into it, but for the GUID of its session. */
function bare({ built, outcome }: Settled): Settled {
	return outcome.kind === 'approved'
		? { json: {}, built, outcome: { ...outcome, view: viewOf(outcome) } }
		: { json: {}, built: { index: built.index, session: {}, issues: [] }, outcome };
}

/** Without any words, which is as much as nothing can keep from coming out. */
function leastOf({ built, outcome }: Settled): Outputs {
	const pairedItem = { item: built.index };
	if (outcome.kind === 'approved')
		return [[{ json: { outcome: outcome.kind, ...viewOf(outcome) }, pairedItem }], []];
	const { kind, source, reason, code, retryable } = outcome;
	const rejection = { source, reason, code, message: reason, details: [], retryable };
	return [[], [{ json: { outcome: kind, rejection }, pairedItem }]];
}

const viewOf = ({ view }: Approved) => ({ session_guid: view.session_guid });
