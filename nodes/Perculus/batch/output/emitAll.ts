import { isDraft, type Draft, type Resource, type Settled } from '../contract';
import { emit, type EmitSettings, type Outputs } from './emit';

/**
 * Emits every item, whatever is in it: an item that cannot be shown comes out with the little that is certain, and
 * keeps none of the others from coming out.
 */
export function emitAll<D extends Draft>(
	settled: ReadonlyArray<Settled<D>>,
	resource: Resource<D>,
	settings: EmitSettings,
): Outputs {
	const tryToEmit = (some: ReadonlyArray<Settled<D>>): Outputs | undefined => {
		try {
			return emit(some, resource, settings);
		} catch {
			return undefined;
		}
	};
	const outputs = tryToEmit(settled);
	if (outputs) return outputs;
	const each = settled.map(
		(one) => tryToEmit([one]) ?? tryToEmit([bare(one, resource)]) ?? ([[], []] as Outputs),
	);
	return [each.flatMap(([approved]) => approved), each.flatMap(([, rejected]) => rejected)];
}

/** An item without what the answer or the person put into it, but for the GUID of what was saved. */
function bare<D extends Draft>(
	{ built, outcome }: Settled<D>,
	{ guidOf }: Resource<D>,
): Settled<D> {
	const { index } = built;
	if (outcome.kind !== 'approved') {
		return { json: {}, built: { index, input: {}, refused: outcome }, outcome };
	}
	const view = outcome.view && { session_guid: guidOf(outcome.view) ?? null };
	const draft = isDraft(built) ? { ...built, request: {}, warnings: [] } : built;
	return { json: {}, built: draft, outcome: { ...outcome, view } };
}
