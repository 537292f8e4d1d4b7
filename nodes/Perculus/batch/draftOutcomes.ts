import type { IDataObject } from 'n8n-workflow';

import type { Failure, Reply } from '../transport/responses';
import { quote } from '../values/text';
import { matchResults } from './match';
import {
	approved,
	crashed,
	failed,
	noResult,
	type NotApproved,
	notSent,
	type Outcome,
	refusedByPerculus,
	tooLarge,
} from './outcome';
import type { Result } from './possiblePairs';
import type { Draft, Identity, Noun, Resource } from './types';

/** A reply that needs no further request to be noted. */
type FinalReply = Exclude<Reply, Failure>;

const NO_NOTES: readonly string[] = [];

/** What became of each draft so far. */
export class DraftOutcomes<D extends Draft> {
	/** Results that fit no item. */
	unmatched: Result[] = [];
	/** By index of the item. */
	private readonly known: Array<Outcome | undefined> = [];
	private requests: Array<readonly D[]> = [];
	/** The failed request that ended the sending to an endpoint. */
	private readonly failures = new Map<string, Failure>();

	/**
	 * @param failure the failed request that ends the sending as a whole, or the first of several that end a part of it
	 */
	constructor(
		private readonly resource: Resource<D>,
		public failure?: Failure,
	) {}

	get noun(): Noun {
		return this.resource.noun;
	}

	get(draft: D): Outcome | undefined {
		return this.known[draft.index];
	}

	set(draft: D, outcome: Outcome): void {
		this.known[draft.index] = outcome;
	}

	/** Notes, before a request is sent, that its drafts may be saved from now on. */
	recordRequest(batch: readonly D[]): void {
		this.requests.push(batch);
	}

	/** Notes that nothing of a request was applied, so its drafts may be sent again. */
	forgetRequest(batch: readonly D[]): void {
		this.requests = this.requests.filter((one) => one !== batch);
	}

	/** What was sent and has no outcome yet. */
	waiting(): D[] {
		return [...new Set(this.requests.flat())].filter((draft) => !this.get(draft));
	}

	/** The failure after which nothing more is sent to an endpoint: one there, or one that every request would meet. */
	failureAt(endpoint: string): Failure | undefined {
		return this.failure?.endsAll ? this.failure : this.failures.get(endpoint);
	}

	/** Whether a draft is unknown because the response to its request was lost. */
	isLost(draft: D): boolean {
		const outcome = this.get(draft);
		return outcome?.kind === 'unknown' && outcome.requestFailed;
	}

	/** Every approved result, with its draft if it fits one. */
	approvals(): Array<{ view: IDataObject; draft?: D }> {
		const drafts = new Set(this.requests.flat());
		const fitting = [...drafts].flatMap((draft) => {
			const outcome = this.get(draft);
			return outcome?.kind === 'approved' && outcome.view ? [{ view: outcome.view, draft }] : [];
		});
		const others = this.unmatched.flatMap((result) =>
			result.kind === 'approved' ? [{ view: result.view }] : [],
		);
		return [...fitting, ...others];
	}

	/** Notes what an answer means for the drafts of its request. */
	recordReply(batch: readonly D[], reply: FinalReply): void {
		switch (reply.kind) {
			case 'results':
				return this.noteResults(batch, reply);
			case 'bodyRefused': {
				const reason = reply.code === null ? 'bad_request' : undefined;
				return this.refuseAll(batch, refusedByPerculus(reply.code, reply.details, reason));
			}
			case 'tooLarge':
				return this.refuseAll(batch, tooLarge(reply.failure, reply.code, reply.details));
			case 'refused':
				return this.refuseAll(batch, refusedByPerculus(reply.code, reply.details));
		}
	}

	/** Changes the outcomes of drafts that were not approved. */
	updateNotApproved(batch: readonly D[], change: (refused: NotApproved) => Outcome): void {
		for (const draft of batch) {
			const outcome = this.get(draft);
			if (outcome && outcome.kind !== 'approved') this.set(draft, change(outcome));
		}
	}

	/** Notes a failed request; it ends the sending to its path, because the next request would fail as well. */
	recordFailure(batch: readonly D[], failure: Failure): void {
		const [first] = batch;
		if (!first) return;
		// One that ends everything replaces one that ends only the sending to its own path.
		if (!this.failure || (failure.endsAll && !this.failure.endsAll)) this.failure = failure;
		this.failures.set(first.path, failure);
		for (const draft of batch) this.set(draft, failed(failure));
	}

	/**
	 * Gives an outcome to every draft that has none when the sending has ended.
	 *
	 * @param error an exception of this node that ended it
	 */
	recordRest(drafts: readonly D[], error?: unknown): void {
		const left = drafts.filter((draft) => !this.get(draft));
		if (left.length === 0) return;
		const waiting = new Set(this.waiting());
		for (const draft of left) {
			const failure = this.failureAt(draft.path);
			const isSent = waiting.has(draft);
			this.set(draft, failure && !isSent ? notSent(failure) : crashed(isSent, error));
		}
	}

	private refuseAll(batch: readonly D[], refused: NotApproved): void {
		for (const draft of batch) this.set(draft, refused);
	}

	private noteResults(
		batch: readonly D[],
		{ approved: views, rejected }: Extract<Reply, { kind: 'results' }>,
	): void {
		const { results, unmatched } = matchResults(batch, views, rejected, this.resource.comparer);
		const missing: D[] = [];
		batch.forEach((draft, place) => {
			const result = results[place];
			if (!result) {
				missing.push(draft);
				return;
			}
			this.set(draft, this.outcomeOf(draft, result));
		});
		this.unmatched = this.unmatched.concat(unmatched);
		if (missing.length === 0) return;
		const outcome = noResult(unmatchedNotes(unmatched, this.resource));
		for (const draft of missing) this.set(draft, outcome);
	}

	private outcomeOf(draft: D, result: Result): Outcome {
		const notes = result.mark === undefined ? NO_NOTES : [pairingNote(result, this.noun)];
		if (result.kind === 'approved') return approved(result.view, draft.warnings, notes);
		return { ...refusedByPerculus(result.code, result.details), details: [...notes] };
	}
}

/** At most so many are named, because every item without a result names them. */
const MOST_NAMED = 10;

/** Characters of what is named. */
const LONGEST = 150;

const short = (text: string) =>
	text.length > LONGEST
		? `${Array.from(text.slice(0, LONGEST + 1))
				.slice(0, -1)
				.join('')}…`
		: text;

function list(names: readonly string[], separator: string): string {
	const named = names.slice(0, MOST_NAMED).map(short).join(separator);
	const more = names.length - MOST_NAMED;
	return more > 0 ? `${named} and ${more} more` : named;
}

const reported = (names: readonly string[], one: string, many: string, separator: string) =>
	names.length === 0
		? []
		: [
				`Perculus also reported ${names.length === 1 ? `${one} that fits` : `${names.length} ${many} that fit`} no item: ${list(names, separator)}.`,
			];

function wordsOf({ code, details }: Extract<Result, { kind: 'rejected' }>): string {
	const words = [String(code ?? ''), ...details].join(' ').trim().replace(/\.$/, '');
	return words === '' ? 'without a reason' : words;
}

/** How results that fit no item are named. */
interface ResultLabels {
	noun: Noun;
	identity: Identity;
}

/** The results that fit no item, for the items that have none: approved ones by their GUIDs, say, refusals by their words. */
export function unmatchedNotes(
	unmatched: readonly Result[],
	{ noun, identity }: ResultLabels,
): string[] {
	const names = unmatched.flatMap((result) =>
		result.kind === 'approved' ? [identity.of(result.view) ?? `without ${identity.words}`] : [],
	);
	const words = unmatched.flatMap((result) =>
		result.kind === 'rejected' ? [wordsOf(result)] : [],
	);
	return [
		...reported(names, `an approved ${noun.one}`, `approved ${noun.many}`, ', '),
		...reported(words, 'a refusal', 'refusals', '; '),
	];
}

/** What a person has to know of a result that isn't certainly the item's. */
export function pairingNote({ kind, mark }: Result, { one }: Noun): string {
	const what = kind === 'approved' ? 'result' : 'refusal';
	if (mark === undefined || mark === 'maybeOther')
		return `This ${what} may belong to another ${one} of this run, because Perculus doesn't say which item a ${what} is for. Check it in Perculus.`;
	const name = mark.cameBackAs === null ? 'without a name' : `as ${quote(mark.cameBackAs)}`;
	return `This ${what} came back ${name}, and no other item is left for it. Check it in Perculus.`;
}
