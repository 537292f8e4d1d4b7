import type { Reply } from '../../transport/classify';
import type { Outcomes } from './outcomes';
import type { Draft } from '../../resources/session/session';

/** A word against a request as a whole, before anything of it was applied. */
type Refusal = Extract<Reply, { kind: 'bodyRefused' | 'tooLarge' }>;

/** Sessions of a request that was refused. */
interface Suspects {
	batch: readonly Draft[];
	refusal: Refusal;
	/** How many sessions the refused request had. */
	together: number;
}

/** How many requests a run may spend on finding the sessions over which a whole body was refused: one among 1,000 takes 20. */
const MOST_REQUESTS = 24;
/** Every half and every quarter refused: it is not about single sessions. */
const HOPELESS_ROUND = 2;

/**
 * Finds the sessions over which the API refused a whole request. A refused request is halved, and the halves are
 * sent; what is accepted is saved on the way, what is refused is halved again, until the sessions at fault stand
 * alone. Where that leads nowhere, or the requests are used up, the rest is rejected together.
 */
export class Bisection {
	private requests = 0;

	/**
	 * @param post sends sessions in one request
	 * @param settle notes a verdict
	 */
	constructor(
		private readonly outcomes: Outcomes,
		private readonly post: (batch: readonly Draft[]) => Promise<Reply>,
		private readonly settle: (batch: readonly Draft[], reply: Reply) => Promise<void>,
	) {}

	async find(batch: readonly Draft[], refusal: Refusal): Promise<void> {
		let suspects: Suspects[] = [{ batch, refusal, together: batch.length }];
		let onlyRefusals = true;
		for (let round = 1; suspects.length > 0; round++) {
			const refused: Suspects[] = [];
			for (const piece of suspects.flatMap(halve)) {
				// What was refused as part of a larger request was sent, and keeps that refusal.
				if (this.outcomes.failure || this.requests >= MOST_REQUESTS) {
					this.refuseTogether(piece);
					continue;
				}
				this.requests++;
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
			if (this.outcomes.failure || (round === HOPELESS_ROUND && onlyRefusals)) break;
		}
		suspects.forEach((suspect) => this.refuseTogether(suspect));
	}

	private refuseTogether({ batch, refusal, together }: Suspects): void {
		this.outcomes.note(batch, refusal);
		const detail = `Perculus refused ${together} sessions together, and which of them is at fault was not found; send this one again in a smaller group.`;
		this.outcomes.amend(batch, (outcome) => ({
			...outcome,
			details: [...outcome.details, detail],
		}));
	}
}

const isRefusal = (reply: Reply): reply is Refusal =>
	reply.kind === 'bodyRefused' || reply.kind === 'tooLarge';

function halve({ batch, ...rest }: Suspects): Suspects[] {
	const middle = Math.ceil(batch.length / 2);
	return [batch.slice(0, middle), batch.slice(middle)].map((half) => ({ batch: half, ...rest }));
}
