import { judge, type Failure, type Verdict } from '../transport/failure';
import type { Transport } from '../transport/transport';
import { patientPost } from '../transport/patience';
import { matchResults, type Result } from './matchResults';
import {
	failed,
	inDoubt,
	invalid,
	noResult,
	notSent,
	outcomeOf,
	refuse,
	tooLarge,
	type Outcome,
} from './outcome';
import { recoverCreates } from './recover';
import type { Draft } from './session';

export interface SendSettings {
	/** Sessions per request; 0 for all in one. */
	batchSize: number;
	/** Look for creates whose answer was lost. */
	recoverUnknown: boolean;
}

export interface Sent {
	outcomes: Map<Draft, Outcome>;
	/** Results that fit no item. */
	strangers: Result[];
	/** The failed request that ended the sending, if one did. */
	failure: Failure | undefined;
}

/** How many requests a run may spend on finding the sessions over which a whole body was refused. */
const MOST_EXTRA_REQUESTS = 24;
/** How often updates without a readable answer are sent again: the same values do no harm. */
const MOST_REPEATS = 2;
const REPEAT_PAUSE = 1000;
/** Server faults that will not pass by themselves: SessionInvalidStatus, UserInvalidStatus, FileUnsupportedTypes. */
const LASTING = new Set([32, 53, 60]);

const PATH = '/session/batch';

/** Sends sessions in as few requests as possible, and tells of each what became of it. */
export async function sendSessions(
	drafts: readonly Draft[],
	transport: Transport,
	settings: SendSettings,
): Promise<Sent> {
	const sending = new Sending(transport, settings);
	await sending.run(drafts);
	return { outcomes: sending.outcomes, strangers: sending.strangers, failure: sending.failure };
}

class Sending {
	readonly outcomes = new Map<Draft, Outcome>();
	readonly strangers: Result[] = [];
	failure: Failure | undefined;

	private extraRequests = 0;
	/** Sessions per request that the server was found to take. */
	private limit = Infinity;

	constructor(
		private readonly transport: Transport,
		private readonly settings: SendSettings,
	) {}

	async run(drafts: readonly Draft[]): Promise<void> {
		let next = 0;
		while (next < drafts.length && !this.failure) {
			const { batch, end } = this.nextBatch(drafts, next);
			const verdict = await this.post(batch);
			if (verdict.kind === 'tooLarge' && batch.length > 1) {
				this.limit = Math.ceil(batch.length / 2);
				continue;
			}
			if (verdict.kind === 'bodyRefused' && batch.length > 1)
				await this.findCulprits(batch, verdict);
			else await this.settle(batch, verdict);
			next = end;
		}
		const { failure } = this;
		if (failure)
			for (const draft of drafts)
				if (!this.outcomes.has(draft)) this.outcomes.set(draft, notSent(failure));
	}

	/** The next sessions to send together: as many as allowed, none for the same GUID twice. */
	private nextBatch(drafts: readonly Draft[], from: number): { batch: Draft[]; end: number } {
		const size = Math.min(this.settings.batchSize || Infinity, this.limit);
		const batch: Draft[] = [];
		const items = new Map<string, number>();
		let end = from;
		for (; end < drafts.length && batch.length < size; end++) {
			const draft = drafts[end] as Draft;
			const earlier = draft.guid === undefined ? undefined : items.get(draft.guid);
			if (earlier !== undefined) {
				this.outcomes.set(draft, invalid([sameGuid(earlier)]));
				continue;
			}
			if (draft.guid !== undefined) items.set(draft.guid, draft.index);
			batch.push(draft);
		}
		return { batch, end };
	}

	private async post(batch: readonly Draft[]): Promise<Verdict> {
		return judge(
			await patientPost(
				this.transport,
				PATH,
				batch.map(({ request }) => request),
			),
		);
	}

	/** Notes what an answer means for the sessions of its request. */
	private async settle(batch: readonly Draft[], verdict: Verdict): Promise<void> {
		switch (verdict.kind) {
			case 'results':
				return this.settleResults(batch, verdict);
			case 'bodyRefused':
				return this.settleAll(
					batch,
					refuse(
						verdict.code,
						verdict.details,
						false,
						verdict.code === null ? 'bad_request' : undefined,
					),
				);
			case 'tooLarge':
				return this.settleAll(batch, tooLarge(verdict.failure, verdict.code, verdict.details));
			case 'refused':
				return this.settleAll(batch, refuse(verdict.code, verdict.details));
			case 'failed':
				return await this.settleFailure(batch, verdict);
		}
	}

	private settleAll(batch: readonly Draft[], outcome: Outcome): void {
		for (const draft of batch) this.outcomes.set(draft, outcome);
	}

	private settleResults(
		batch: readonly Draft[],
		{ approved, rejected }: Extract<Verdict, { kind: 'results' }>,
	): void {
		const matched = matchResults(batch, approved, rejected);
		for (const [draft, result] of matched.results)
			this.outcomes.set(draft, outcomeOf(draft, result));
		this.strangers.push(...matched.strangers);
		const details = matched.strangers.map(strangerText);
		for (const draft of matched.missing) this.outcomes.set(draft, noResult(details));
	}

	/**
	 * Halves a refused batch until the sessions at fault stand alone; the others are saved on the way. Ends early
	 * where halving leads nowhere: every half and every quarter refused, or the requests used up.
	 */
	private async findCulprits(batch: readonly Draft[], refusal: Verdict): Promise<void> {
		let refused = [{ batch, refusal }];
		let onlyRefusals = true;
		for (let round = 1; refused.length > 0; round++) {
			const next: typeof refused = [];
			for (const suspect of refused) {
				const pieces = suspect.batch.length === 1 ? [] : halves(suspect.batch);
				if (pieces.length === 0) await this.settle(suspect.batch, suspect.refusal);
				for (const piece of pieces) {
					if (this.failure) continue;
					if (this.extraRequests >= MOST_EXTRA_REQUESTS) {
						await this.settleTogether(piece, suspect.refusal);
						continue;
					}
					this.extraRequests++;
					const verdict = await this.post(piece);
					if (verdict.kind === 'bodyRefused') next.push({ batch: piece, refusal: verdict });
					else {
						onlyRefusals = false;
						await this.settle(piece, verdict);
					}
				}
			}
			refused = next;
			if (round === 2 && onlyRefusals) {
				for (const suspect of refused) await this.settleTogether(suspect.batch, suspect.refusal);
				return;
			}
		}
	}

	private async settleTogether(batch: readonly Draft[], refusal: Verdict): Promise<void> {
		await this.settle(batch, refusal);
		if (batch.length === 1) return;
		const detail = `Perculus refused ${batch.length} sessions together, and which of them is at fault was not found; send this one again in a smaller group.`;
		for (const draft of batch) {
			const outcome = this.outcomes.get(draft);
			if (outcome && outcome.kind !== 'approved')
				this.outcomes.set(draft, { ...outcome, details: [...outcome.details, detail] });
		}
	}

	/** Not applied for certain: said so. Unknown: updates are sent again, creates are looked for. */
	private async settleFailure(batch: readonly Draft[], failure: Failure): Promise<void> {
		if (failure.applied === 'no') {
			this.fail(batch, failure);
			return;
		}
		await this.repeatUpdates(
			batch.filter(({ guid }) => guid !== undefined),
			failure,
		);
		await this.recover(
			batch.filter(({ guid }) => guid === undefined),
			failure,
		);
	}

	private fail(
		batch: readonly Draft[],
		failure: Failure,
		detailsOf: (draft: Draft) => string[] = () => [],
	): void {
		if (batch.length === 0) return;
		this.failure ??= failure;
		for (const draft of batch) this.outcomes.set(draft, failed(failure, detailsOf(draft)));
	}

	private async repeatUpdates(updates: readonly Draft[], failure: Failure): Promise<void> {
		let last = failure;
		for (let repeat = 1; repeat <= MOST_REPEATS && updates.length > 0; repeat++) {
			if (last.code !== null && LASTING.has(last.code)) break;
			await this.transport.wait(REPEAT_PAUSE * repeat);
			const verdict = await this.post(updates);
			if (verdict.kind === 'failed') {
				last = verdict;
				continue;
			}
			await this.settle(updates, verdict);
			for (const draft of updates) {
				const outcome = this.outcomes.get(draft);
				if (outcome && outcome.kind === 'rejected') this.outcomes.set(draft, inDoubt(outcome));
			}
			return;
		}
		// Whatever the repeats met: the first request may have been applied.
		this.fail(updates, failure);
	}

	private async recover(creates: readonly Draft[], failure: Failure): Promise<void> {
		if (creates.length === 0) return;
		if (!this.settings.recoverUnknown) {
			this.fail(creates, failure);
			return;
		}
		const known = [...this.outcomes.values()].flatMap((outcome) =>
			outcome.kind === 'approved' ? [outcome.view] : [],
		);
		const recovery = await recoverCreates(creates, known, failure, this.transport);
		for (const [draft, outcome] of recovery.found) this.outcomes.set(draft, outcome);
		this.fail(
			creates.filter((draft) => !recovery.found.has(draft)),
			failure,
			(draft) => recovery.candidates.get(draft) ?? [],
		);
	}
}

function halves<T>(list: readonly T[]): T[][] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}

function sameGuid(item: number): string {
	return `Session GUID is that of [item ${item}], too; one request can change a session only once, so put both changes into one item`;
}

function strangerText(result: Result): string {
	return result.kind === 'approved'
		? `Perculus also reported an approved session that fits no item: ${String(result.view.session_guid)}.`
		: `Perculus also reported a refusal that fits no item: ${[String(result.code ?? ''), ...result.details].join(' ').trim()}.`;
}
