import type { Reply } from '../transport/responses';
import type { Draft } from './draft';
import type { Outcomes } from './outcomes';

/** A whole request was refused before anything of it was applied. */
type WholeRefusal = Extract<Reply, { kind: 'bodyRefused' | 'tooLarge' }>;

export const isWholeRefusal = (reply: Reply): reply is WholeRefusal =>
	reply.kind === 'bodyRefused' || reply.kind === 'tooLarge';

/** Drafts that were refused together. */
export interface RefusedBatch<D extends Draft> {
	batch: readonly D[];
	refusal: WholeRefusal;
}

/** How many more requests a run may spend on halving, on all of its endpoints together: one item among 1,000 takes 20. */
const MAX_REQUESTS = 24;

export class Budget {
	private requests = 0;

	/** Takes a request, if there is one left. */
	take(): boolean {
		return this.requests++ < MAX_REQUESTS;
	}
}

export interface Halving<D extends Draft> {
	outcomes: Outcomes<D>;
	budget: Budget;
	/** Sends drafts in one request. */
	post(batch: readonly D[]): Promise<Reply>;
	/** Notes what a reply means for them. */
	settle(batch: readonly D[], reply: Reply): Promise<void>;
	/** Whether a request has failed, so that no other follows. */
	isOver(): boolean;
}

/**
 * Sends both halves of each refused request, and again the halves of those that are refused, all of one size before the
 * smaller ones. What is left when the requests are used up keeps the refusal.
 */
export async function sendHalves<D extends Draft>(
	requests: ReadonlyArray<RefusedBatch<D>>,
	halving: Halving<D>,
): Promise<void> {
	const { outcomes, budget, post, settle, isOver } = halving;
	const refused: Array<RefusedBatch<D>> = [];
	for (const { batch, refusal } of requests) {
		outcomes.forgetRequest(batch);
		const middle = Math.ceil(batch.length / 2);
		for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
			if (isOver() || !budget.take()) {
				rejectTogether(half, refusal, batch.length, outcomes);
				continue;
			}
			const reply = await post(half);
			if (isWholeRefusal(reply) && half.length > 1) refused.push({ batch: half, refusal: reply });
			else await settle(half, reply);
		}
	}
	if (refused.length > 0) await sendHalves(refused, halving);
}

function rejectTogether<D extends Draft>(
	batch: readonly D[],
	refusal: WholeRefusal,
	count: number,
	outcomes: Outcomes<D>,
): void {
	outcomes.recordReply(batch, refusal);
	const detail = `Perculus refused ${count} ${outcomes.noun.many} in one request, and this one may not be at fault.`;
	outcomes.updateRejected(batch, (outcome) => ({
		...outcome,
		details: [...outcome.details, detail],
		advice: 'Send it again with a smaller Batch Size.',
	}));
}
