import { credentialSecrets } from '../../transport/client';
import { redact } from '../../transport/redact';
import {
	isDraft,
	type Built,
	type Draft,
	type Resource,
	type Run,
	type Settled,
} from '../contract';
import type { Outcomes } from '../send/outcomes';
import type { EmitSettings, Outputs } from './emit';
import { emitAll } from './emitAll';
import { hintsOf, type RunFacts } from './sentences/hints';
import { abandoned } from './outcome';
import { stopOrGoOn } from './stop';
import { withLastLook } from './lastLook';

/**
 * The items on their outputs, and what the person is told of the run.
 *
 * @throws NodeApiError when a request failed, the node is to stop then, and nothing of this run was saved
 */
export async function output<D extends Draft>(
	built: ReadonlyArray<Built<D>>,
	sent: Outcomes<D>,
	resource: Resource<D>,
	run: Run,
): Promise<Outputs> {
	const { context, items, isTool, options } = run;
	const outcomes = built.map((one, place): Settled<D> => ({
		json: items[place]?.json ?? {},
		built: one,
		outcome: isDraft(one) ? (sent.get(one) ?? abandoned(false, undefined)) : one.refused,
	}));
	const settled = await withLastLook(outcomes, resource, run);
	const secrets = await credentialSecrets(context);
	const hide = (text: string) => redact(text, secrets);
	const goesOnBecause = stopOrGoOn(context, settled, sent.failure, resource, hide);

	const { onError } = context.getNode();
	const includeInput = options.includeInput === true;
	const settings = { onError, isTool, includeInput, noun: resource.noun, hide };
	addHints({ settled, sent, resource, run, goesOnBecause }, settings);
	return emitAll(settled, resource, settings);
}

/** Hints are not worth an item: whatever matters in production is on the items as well. */
function addHints<D extends Draft>(facts: RunFacts<D>, settings: EmitSettings): void {
	try {
		const hints = hintsOf(facts, settings);
		// Missing in older versions of n8n.
		if (hints.length > 0) facts.run.context.addExecutionHints?.(...hints);
	} catch {
		return;
	}
}
