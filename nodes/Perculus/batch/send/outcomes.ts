import type { Failure, Reply } from '../../transport/classify';
import { ByItem } from '../byItem';
import { noteClaim } from '../../resources/session/recovery/claimedSessions';
import { matchResults, type Result } from '../match/matchResults';
import {
	explain,
	failed,
	noResult,
	notSent,
	outcomeOf,
	refuse,
	tooLarge,
	type Outcome,
} from '../output/outcome';
import type { Draft } from '../../resources/session/session';

/** A verdict that needs no further request to be noted. */
export type FinalReply = Exclude<Reply, Failure>;

/** What became of each session so far. */
export class Outcomes {
	readonly outcomes: ByItem<Outcome>;
	/** Results that fit no item. */
	readonly unmatched: Result[] = [];
	/** The failed request that ends the sending, if there is one. */
	failure: Failure | undefined;

	constructor(drafts: readonly Draft[]) {
		this.outcomes = new ByItem((drafts.at(-1)?.index ?? -1) + 1);
	}

	/** Notes what an answer means for the sessions of its request. */
	note(batch: readonly Draft[], reply: FinalReply): void {
		switch (reply.kind) {
			case 'results':
				return this.noteResults(batch, reply);
			case 'bodyRefused': {
				const reason = reply.code === null ? 'bad_request' : undefined;
				return this.noteAll(batch, refuse(reply.code, reply.details, false, reason));
			}
			case 'tooLarge':
				return this.noteAll(batch, tooLarge(reply.failure, reply.code, reply.details));
			case 'refused':
				return this.noteAll(batch, refuse(reply.code, reply.details));
		}
	}

	noteAll(batch: readonly Draft[], outcome: Outcome): void {
		const now = Date.now();
		for (const draft of batch) this.outcomes.set(draft, explain(draft, outcome, now));
	}

	/** Changes the outcomes of sessions that were not approved. */
	amend(
		batch: readonly Draft[],
		change: (outcome: Exclude<Outcome, { kind: 'approved' }>) => Outcome,
	): void {
		for (const draft of batch) {
			const outcome = this.outcomes.get(draft);
			if (outcome && outcome.kind !== 'approved') this.outcomes.set(draft, change(outcome));
		}
	}

	/** Notes a failed request; it ends the sending, since whatever stopped it would meet the next one, too. */
	fail(
		batch: readonly Draft[],
		failure: Failure,
		detailsOf: (draft: Draft) => string[] = () => [],
	): void {
		if (batch.length === 0) return;
		this.failure ??= failure;
		for (const draft of batch) this.outcomes.set(draft, failed(failure, detailsOf(draft)));
	}

	/** Notes the sessions that a failed request left unsent. */
	close(drafts: readonly Draft[]): void {
		const { failure } = this;
		if (failure)
			this.noteAll(
				drafts.filter((draft) => !this.outcomes.has(draft)),
				notSent(failure),
			);
	}

	private noteResults(
		batch: readonly Draft[],
		{ approved, rejected }: Extract<Reply, { kind: 'results' }>,
	): void {
		const matched = matchResults(batch, approved, rejected);
		const now = Date.now();
		for (const [draft, result] of matched.results) {
			this.outcomes.set(draft, outcomeOf(draft, result, now));
			if (result.kind === 'approved' && draft.guid === undefined) noteClaim(result.view, now);
		}
		this.unmatched.push(...matched.unmatched);
		this.noteAll(matched.missing, noResult(matched.unmatched.map(unmatchedText)));
	}
}

function unmatchedText(result: Result): string {
	return result.kind === 'approved'
		? `Perculus also reported an approved session that fits no item: ${String(result.view.session_guid ?? 'without a GUID')}.`
		: `Perculus also reported a refusal that fits no item: ${[String(result.code ?? ''), ...result.details].join(' ').trim()}.`;
}
