import { credentialSecrets } from '../transport/client';
import { redactSecrets } from '../transport/secrets';
import { despiteCrash } from './crash';
import { isDraft, type Built, type Draft, type Resource, type Run, type Settled } from './draft';
import { emit, type Outputs, type Showing } from './emit';
import { hintsOf, type Hint } from './hints';
import { crashed } from './outcome';
import type { Outcomes } from './outcomes';
import { stopOrGoOn } from './stop';

/** Each input item with its outcome, in the order of the input. */
export function settle<D extends Draft>(
	built: ReadonlyArray<Built<D>>,
	sent: Outcomes<D>,
	{ items }: Run,
): Array<Settled<D>> {
	return built.map((one, place) => ({
		json: items[place]?.json ?? {},
		built: one,
		outcome: isDraft(one) ? (sent.get(one) ?? crashed(false, undefined)) : one.refused,
	}));
}

/**
 * Puts the items on their outputs and adds the hints of the run.
 *
 * @param hints of the resource
 * @throws NodeApiError when a request failed, the node is set to stop then, and nothing of this run was saved
 */
export async function output<D extends Draft>(
	settled: ReadonlyArray<Settled<D>>,
	sent: Outcomes<D>,
	run: Run,
	resource: Resource<D>,
	show: Showing<D>['show'],
	hints: readonly Hint[] = [],
): Promise<Outputs> {
	const { context, isTool, options } = run;
	const { noun, identity } = resource;
	const secrets = await credentialSecrets(context);
	const settings = {
		onError: context.getNode().onError,
		isTool,
		includeInput: options.includeInput === true,
		noun,
		hide: (text: string) => redactSecrets(text, secrets),
	};
	const goesOnBecause = stopOrGoOn(context, settled, sent.failure, noun, settings.hide);
	await despiteCrash(run, async () => {
		const all = hintsOf({ settled, sent, resource, run, goesOnBecause, hints }, settings);
		// Missing in older versions of n8n.
		if (all.length > 0) context.addExecutionHints?.(...all);
	});
	return emit(settled, { show, identity }, settings);
}
