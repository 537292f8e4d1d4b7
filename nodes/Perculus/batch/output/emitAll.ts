import { isDraft, type Draft, type Resource, type Settled } from '../contract';
import { emit, type EmitSettings, type Outputs } from './emit';
import type { Approved } from './outcome';

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
		(one) => tryToEmit([one]) ?? tryToEmit([bare(one, resource)]) ?? leastOf(one, resource),
	);
	return [each.flatMap(([approved]) => approved), each.flatMap(([, rejected]) => rejected)];
}

/** Without what the answer or the person put into it, but for what tells which one was saved. */
function bare<D extends Draft>({ built, outcome }: Settled<D>, resource: Resource<D>): Settled<D> {
	const { index } = built;
	if (outcome.kind !== 'approved') {
		return { json: {}, built: { index, input: {}, refused: outcome }, outcome };
	}
	const draft = isDraft(built) ? { ...built, request: {}, warnings: [] } : built;
	return { json: {}, built: draft, outcome: { ...outcome, view: viewOf(outcome, resource) } };
}

/** Without any words, which is as much as nothing can keep from coming out. */
function leastOf<D extends Draft>({ built, outcome }: Settled<D>, resource: Resource<D>): Outputs {
	const pairedItem = { item: built.index };
	if (outcome.kind === 'approved') {
		const json = { outcome: outcome.kind, ...viewOf(outcome, resource) };
		return [[{ json, pairedItem }], []];
	}
	const { kind, source, reason, code, retryable } = outcome;
	const rejection = { source, reason, code, message: reason, details: [], retryable };
	return [[], [{ json: { outcome: kind, rejection }, pairedItem }]];
}

const viewOf = <D extends Draft>({ view }: Approved, { identity }: Resource<D>) =>
	view && { [identity.key]: identity.of(view) ?? null };
