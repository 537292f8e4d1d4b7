import type { Failure, Reply } from '../../transport/classify';
import { SESSION_COMPARISON } from '../../resources/session/compare';
import { noteClaim } from '../../resources/session/recovery/claimedSessions';
import type { Candidates } from '../../resources/session/recovery/recover';
import type { Draft } from '../../resources/session/session';
import { matchResults } from '../match/matchResults';
import type { Result } from '../match/results';
import {
	abandoned,
	explain,
	failed,
	noResult,
	notSent,
	outcomeOf,
	refuse,
	tooLarge,
	type Outcome,
} from '../output/outcome';
import { unmatchedNotes } from '../output/unmatched';

/** A verdict that needs no further request to be noted. */
export type FinalReply = Exclude<Reply, Failure>;

/** What became of each session so far. */
export class Outcomes {
	readonly outcomes = new Map<Draft, Outcome>();
	/** Results that fit no item. */
	unmatched: Result[] = [];
	/** The failed request that ends the sending, if there is one. */
	failure: Failure | undefined;
	private readonly begun = new Set<Draft>();

	/** Notes, before a request goes out, that its sessions may exist from now on. */
	begin(batch: readonly Draft[]): void {
		for (const draft of batch) this.begun.add(draft);
	}

	/** Sessions that were sent, and of which it is not known yet what became of them. */
	waiting(): Draft[] {
		return [...this.begun].filter((draft) => !this.outcomes.has(draft));
	}

	/** Notes what an answer means for the sessions of its request. */
	note(batch: readonly Draft[], reply: FinalReply): void {
		switch (reply.kind) {
			case 'results':
				return this.noteResults(batch, reply);
			case 'bodyRefused': {
				const reason = reply.code === null ? 'bad_request' : undefined;
				return this.noteAll(batch, refuse(reply.code, reply.details, reason));
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
		candidatesOf: (draft: Draft) => Candidates | undefined = () => undefined,
	): void {
		if (batch.length === 0) return;
		this.failure ??= failure;
		for (const draft of batch) {
			const { details = [], guids = [] } = candidatesOf(draft) ?? {};
			const outcome = failed(failure, details);
			this.outcomes.set(draft, guids.length > 0 ? { ...outcome, candidates: guids } : outcome);
		}
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

	/**
	 * Accounts for every session that has no outcome when the sending has come to its end, however it did.
	 *
	 * @param error what stopped it, if something of this node's own did
	 */
	closeAll(drafts: readonly Draft[], error?: unknown): void {
		for (const draft of drafts) {
			if (!this.outcomes.has(draft))
				this.outcomes.set(draft, abandoned(this.begun.has(draft), error));
		}
	}

	private noteResults(
		batch: readonly Draft[],
		{ approved, rejected }: Extract<Reply, { kind: 'results' }>,
	): void {
		const { results, missing, unmatched } = matchResults(
			batch,
			approved,
			rejected,
			SESSION_COMPARISON,
		);
		const now = Date.now();
		for (const [draft, result] of results) {
			this.outcomes.set(draft, outcomeOf(draft, result, now));
			if (result.kind === 'approved' && draft.guid === undefined) noteClaim(result.view, now);
		}
		for (const result of unmatched) {
			if (result.kind === 'approved') noteClaim(result.view, now);
		}
		this.unmatched = this.unmatched.concat(unmatched);
		if (missing.length > 0) this.noteAll(missing, noResult(unmatchedNotes(unmatched)));
	}
}
