import type { Failure, Reply } from '../../transport/reply';
import { REPEAT_PAUSES } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import type { Draft, Resource } from '../contract';
import { inDoubt } from '../output/outcome';
import type { Outcomes } from './outcomes';

export interface UnknownSettings<D extends Draft> {
	resource: Resource<D>;
	transport: Transport;
	/** Sends drafts in one request, on the way that is given. */
	post(batch: readonly D[], transport: Transport): Promise<Reply>;
}

/**
 * Settles a request that may or may not have been applied. What does no harm twice is sent again; the rest never is, but
 * looked for. What cannot be found out, or not in the time that a run spends on silence, is noted as unknown.
 */
export async function settleUnknown<D extends Draft>(
	batch: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	settings: UnknownSettings<D>,
): Promise<void> {
	const { resource } = settings;
	const repeatable = batch.filter((draft) => resource.isRepeatable(draft));
	const others = batch.filter((draft) => !resource.isRepeatable(draft));
	// Searches are quick where only the saving hangs; its repeats may take all the time that is left for both.
	if (others.length > 0) await lookFor(others, failure, outcomes, settings);
	if (repeatable.length > 0) await repeat(repeatable, failure, outcomes, settings);
}

async function repeat<D extends Draft>(
	drafts: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	{ transport, post }: UnknownSettings<D>,
): Promise<void> {
	const again = transport.afterSilence();
	let last = failure;
	for (const pause of REPEAT_PAUSES) {
		if (last.applied === 'unknown' && !last.repeatable) break;
		await again.wait(pause);
		const reply = await post(drafts, again);
		if (reply.kind !== 'failed') {
			outcomes.note(drafts, reply);
			// A refusal now does not tell what the first request did.
			outcomes.amend(drafts, inDoubt);
			return;
		}
		last = reply;
	}
	outcomes.fail(drafts, failure);
}

async function lookFor<D extends Draft>(
	drafts: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	{ resource, transport }: UnknownSettings<D>,
): Promise<void> {
	const recovery = await resource.recover?.(drafts, transport.afterSilence());
	for (const [draft, approved] of recovery?.found ?? []) outcomes.set(draft, approved);
	outcomes.fail(
		drafts.filter((draft) => !recovery?.found.has(draft)),
		failure,
		(draft) => recovery?.candidates.get(draft),
	);
}
