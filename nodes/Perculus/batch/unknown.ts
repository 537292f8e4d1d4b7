import type { Failure, Reply } from '../transport/responses';
import { endsAllOf, repeatIfLost } from '../transport/retry';
import type { Transport } from '../transport/transport';
import type { Draft } from './contract';
import { inDoubt } from './outcome';
import type { Outcomes } from './outcomes';

export interface UnknownSettings<D extends Draft> {
	transport: Transport;
	/** Sends drafts in one request. */
	post(batch: readonly D[]): Promise<Reply>;
}

/**
 * Settles a request that may have been applied. What does no harm twice is sent again if the connection was lost or a 5xx
 * came; the rest never is, and is unknown.
 */
export async function settleUnknown<D extends Draft>(
	batch: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	settings: UnknownSettings<D>,
): Promise<void> {
	if (!failure.repeatable) return outcomes.fail(batch, failure);
	const repeatable = batch.filter((draft) => draft.repeatable);
	outcomes.fail(
		batch.filter((draft) => !draft.repeatable),
		failure,
	);
	await repeat(repeatable, failure, outcomes, settings);
}

async function repeat<D extends Draft>(
	drafts: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	{ transport, post }: UnknownSettings<D>,
): Promise<void> {
	if (drafts.length === 0) return;
	const { reply } = await repeatIfLost(transport, failure, async () => await post(drafts));
	if (reply.kind === 'failed') {
		outcomes.fail(drafts, { ...failure, ...endsAllOf(reply) });
		return;
	}
	outcomes.note(drafts, reply);
	// What is refused now may have been saved the first time.
	outcomes.amend(drafts, inDoubt);
}
