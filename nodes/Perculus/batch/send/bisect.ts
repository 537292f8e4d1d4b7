import type { Reply } from '../../transport/reply';
import type { Draft } from '../contract';
import type { Outcomes } from './outcomes';

/** A word against a request as a whole, before anything of it was applied. */
type Refusal = Extract<Reply, { kind: 'bodyRefused' | 'tooLarge' }>;

/** Drafts of a request that was refused. */
interface Suspects<D extends Draft> {
	batch: readonly D[];
	refusal: Refusal;
	/** How many drafts the refused request had. */
	together: number;
}

/** How many requests a run may spend on finding the items over which a whole body was refused: one among 1,000 takes 20. */
const MOST_REQUESTS = 24;

/** What a run has spent of them, on all of its endpoints together. */
export class Budget {
	private requests = 0;

	/** Takes one, if there is one left. */
	take(): boolean {
		return this.requests++ < MOST_REQUESTS;
	}
}

/** Every half and every quarter refused: it is not about single items. */
const HOPELESS_ROUND = 2;

/**
 * Finds the items over which the API refused a whole request. A refused request is halved, and the halves are
 * sent; what is accepted is saved on the way, what is refused is halved again, until the items at fault stand
 * alone. Where that leads nowhere, or the requests are used up, the rest is rejected together.
 */
export class Bisection<D extends Draft> {
	/**
	 * @param post sends drafts in one request
	 * @param settle notes what a reply means for them
	 * @param isOver whether a request has failed, so that no other follows
	 */
	constructor(
		private readonly outcomes: Outcomes<D>,
		private readonly post: (batch: readonly D[]) => Promise<Reply>,
		private readonly settle: (batch: readonly D[], reply: Reply) => Promise<void>,
		private readonly isOver: () => boolean,
		private readonly budget: Budget,
	) {}

	async find(batch: readonly D[], refusal: Refusal): Promise<void> {
		let suspects: Array<Suspects<D>> = [{ batch, refusal, together: batch.length }];
		let onlyRefusals = true;
		for (let round = 1; suspects.length > 0; round++) {
			const refused: Array<Suspects<D>> = [];
			for (const piece of suspects.flatMap((suspect) => halve(suspect))) {
				// What was refused as part of a larger request was sent, and keeps that refusal.
				if (this.isOver() || !this.budget.take()) {
					this.refuseTogether(piece);
					continue;
				}
				const reply = await this.post(piece.batch);
				const isRefused = isRefusal(reply);
				onlyRefusals &&= isRefused;
				if (isRefused && piece.batch.length > 1) {
					refused.push({ batch: piece.batch, refusal: reply, together: piece.batch.length });
				} else {
					await this.settle(piece.batch, reply);
				}
			}
			suspects = refused;
			if (this.isOver() || (round === HOPELESS_ROUND && onlyRefusals)) break;
		}
		suspects.forEach((suspect) => this.refuseTogether(suspect));
	}

	private refuseTogether({ batch, refusal, together }: Suspects<D>): void {
		this.outcomes.note(batch, refusal);
		const detail = `Perculus refused ${together} ${this.outcomes.noun.many} together, and which of them is at fault was not found; send this one again in a smaller group.`;
		this.outcomes.amend(batch, (outcome) => ({
			...outcome,
			details: [...outcome.details, detail],
		}));
	}
}

const isRefusal = (reply: Reply): reply is Refusal =>
	reply.kind === 'bodyRefused' || reply.kind === 'tooLarge';

function halve<D extends Draft>({ batch, ...rest }: Suspects<D>): Array<Suspects<D>> {
	const middle = Math.ceil(batch.length / 2);
	return [batch.slice(0, middle), batch.slice(middle)].map((half) => ({ batch: half, ...rest }));
}
