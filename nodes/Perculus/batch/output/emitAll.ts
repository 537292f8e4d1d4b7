import type { INodeExecutionData } from 'n8n-workflow';

import { emit, type EmitSettings, type Settled } from './emit';

type Outputs = [INodeExecutionData[], INodeExecutionData[]];

/**
 * Emits every item, whatever is in it: an item that cannot be shown comes out with the little that is certain, and
 * keeps none of the others from coming out.
 */
export function emitAll(settled: readonly Settled[], settings: EmitSettings): Outputs {
	const outputs = tryToEmit(settled, settings);
	if (outputs) return outputs;
	const each = settled.map(
		(one) => tryToEmit([one], settings) ?? tryToEmit([bare(one)], settings) ?? [[], []],
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

/** An item without what the answer or the person put into it, but for the GUID of its session. */
function bare({ built: { index }, outcome }: Settled): Settled {
	return {
		json: {},
		built: { index, session: {}, issues: [] },
		outcome:
			outcome.kind === 'approved'
				? { ...outcome, view: { session_guid: outcome.view.session_guid } }
				: outcome,
	};
}
