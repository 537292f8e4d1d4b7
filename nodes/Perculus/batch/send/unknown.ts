import type { Failure, Reply } from '../../transport/reply';
import { REPEAT_PAUSES } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import type { Draft } from '../contract';
import { inDoubt } from '../output/outcome';
import type { Outcomes } from './outcomes';

export interface UnknownSettings<D extends Draft> {
	transport: Transport;
	/** Sends drafts in one request, on the way that is given. */
	post(batch: readonly D[], transport: Transport): Promise<Reply>;
}

/**
 * Settles a request that may or may not have been applied. What does no harm twice is sent again; the rest never is:
 * it is noted as unknown.
 */
export async function settleUnknown<D extends Draft>(
	batch: readonly D[],
	failure: Failure,
	outcomes: Outcomes<D>,
	settings: UnknownSettings<D>,
): Promise<void> {
	const repeatable = batch.filter((draft) => draft.repeatable);
	const others = batch.filter((draft) => !draft.repeatable);
	if (others.length > 0) outcomes.fail(others, failure);
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
