import type { Failure, Verdict } from '../../transport/classify';
import { ByItem } from '../byItem';
import { noteClaim } from '../../resources/session/recovery/claimedSessions';
import { matchResults, type Result } from '../match/matchResults';
import {
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
export type FinalVerdict = Exclude<Verdict, Failure>;

/** What became of each session so far. */
export class Ledger {
	readonly outcomes: ByItem<Outcome>;
	/** Results that fit no item. */
	readonly strangers: Result[] = [];
	/** The failed request that ends the sending, if there is one. */
	failure: Failure | undefined;

	constructor(drafts: readonly Draft[]) {
		this.outcomes = new ByItem((drafts.at(-1)?.index ?? -1) + 1);
	}

	/** Notes what an answer means for the sessions of its request. */
	note(batch: readonly Draft[], verdict: FinalVerdict): void {
		switch (verdict.kind) {
			case 'results':
				return this.noteResults(batch, verdict);
			case 'bodyRefused': {
				const reason = verdict.code === null ? 'bad_request' : undefined;
				return this.noteAll(batch, refuse(verdict.code, verdict.details, false, reason));
			}
			case 'tooLarge':
				return this.noteAll(batch, tooLarge(verdict.failure, verdict.code, verdict.details));
			case 'refused':
				return this.noteAll(batch, refuse(verdict.code, verdict.details));
		}
	}

	noteAll(batch: readonly Draft[], outcome: Outcome): void {
		for (const draft of batch) this.outcomes.set(draft, outcome);
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
		{ approved, rejected }: Extract<Verdict, { kind: 'results' }>,
	): void {
		const matched = matchResults(batch, approved, rejected);
		const now = Date.now();
		for (const [draft, result] of matched.results) {
			this.outcomes.set(draft, outcomeOf(draft, result));
			if (result.kind === 'approved' && draft.guid === undefined) noteClaim(result.view, now);
		}
		this.strangers.push(...matched.strangers);
		this.noteAll(matched.missing, noResult(matched.strangers.map(strangerText)));
	}
}

function strangerText(result: Result): string {
	return result.kind === 'approved'
		? `Perculus also reported an approved session that fits no item: ${String(result.view.session_guid ?? 'without a GUID')}.`
		: `Perculus also reported a refusal that fits no item: ${[String(result.code ?? ''), ...result.details].join(' ').trim()}.`;
}
