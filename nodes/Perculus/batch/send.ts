import { type Failure, readBatchResponse, type Reply } from '../transport/responses';
import { endsAllOf, retryLostResponse, sendWhileBusy } from '../transport/retry';
import type { Transport } from '../transport/transport';
import { groupBy, mapConcurrently } from '../values/collections';
import type { DraftOutcomes } from './draftOutcomes';
import { asUnknown, invalid, wouldBeSaved } from './outcome';
import { type BuildResult, type Draft, isDraft, type Resource, type Run } from './types';

/** Sends drafts in one request. */
type Post<D extends Draft> = (batch: readonly D[]) => Promise<Reply>;

/** Paths that requests go to at the same time. */
const AT_ONCE = 4;

/**
 * Sends drafts in as few requests as possible and notes an outcome for each of them. It doesn't throw: after the first
 * request something may be saved, and an exception could make n8n lose it or send it again.
 *
 * @param outcomes a failure in it that ends everything (`endsAll`) ends the sending as well
 * @throws only when the user cancels the run
 */
export async function send<D extends Draft>(
	built: ReadonlyArray<BuildResult<D>>,
	resource: Resource<D>,
	run: Run,
	outcomes: DraftOutcomes<D>,
): Promise<void> {
	const drafts = built.filter(isDraft);
	const groups = [...groupBy(drafts, ({ path }) => path).values()];
	if (run.isDryRun) {
		for (const group of groups) checkGroup(group, resource, run, outcomes);
		return;
	}
	const budget = new Budget();
	try {
		await mapConcurrently(groups, AT_ONCE, async (group) => {
			await sendGroup(group, resource, run, outcomes, budget);
		});
		outcomes.recordRest(drafts);
	} catch (error) {
		if (run.isCancelled()) await Promise.reject(error);
		outcomes.recordRest(drafts, error);
	}
}

/** Dry run: every draft would be sent, except those whose key an earlier one of its request has. */
function checkGroup<D extends Draft>(
	drafts: readonly D[],
	resource: Resource<D>,
	{ batchSize }: Run,
	outcomes: DraftOutcomes<D>,
): void {
	for (let next = 0; next < drafts.length;) {
		const { batch, end } = takeBatch(drafts, next, batchSize, resource, outcomes);
		for (const draft of batch) outcomes.set(draft, wouldBeSaved(draft.warnings));
		next = end;
	}
}

/** Sends the drafts of one path, until all are sent or a request fails. */
async function sendGroup<D extends Draft>(
	drafts: readonly D[],
	resource: Resource<D>,
	{ transport, batchSize }: Run,
	outcomes: DraftOutcomes<D>,
	budget: Budget,
): Promise<void> {
	const [first] = drafts;
	if (!first) return;
	const { path } = first;
	const isOver = () => outcomes.failureAt(path) !== undefined;
	const post: Post<D> = async (batch) => {
		outcomes.recordRequest(batch);
		const body = batch.map(({ request }) => request);
		const outcome = await sendWhileBusy(transport, { method: 'POST', path, body });
		return readBatchResponse(outcome, resource.catalogue.plainKeys);
	};
	const settle = async (batch: readonly D[], reply: Reply): Promise<void> => {
		if (reply.kind !== 'failed') outcomes.recordReply(batch, reply);
		else if (reply.applied === 'no') outcomes.recordFailure(batch, reply);
		else await settleUnknown(batch, reply, outcomes, transport, post);
	};
	const halving = { outcomes, budget, post, settle, isOver };

	for (let next = 0; next < drafts.length && !isOver();) {
		const { batch, end } = takeBatch(drafts, next, batchSize, resource, outcomes);
		next = end;
		if (batch.length === 0) return;
		const reply = await post(batch);
		if (isWholeRefusal(reply) && batch.length > 1)
			await sendHalves([{ batch, refusal: reply }], halving);
		else await settle(batch, reply);
	}
}

/**
 * The next drafts to send together: in order, as many as allowed, none with a key that another one in the request has,
 * since what the API does with two changes to one thing in one request is not documented.
 */
function takeBatch<D extends Draft>(
	drafts: readonly D[],
	from: number,
	size: number,
	resource: Resource<D>,
	outcomes: DraftOutcomes<D>,
): { batch: D[]; end: number } {
	const batch: D[] = [];
	const items = new Map<string, number>();
	let end = from;
	for (; end < drafts.length && batch.length < size; end++) {
		const draft = drafts[end] as D;
		const taken = draft.uniqueKeys.find((key) => items.has(key));
		if (taken !== undefined) {
			outcomes.set(draft, invalid([resource.duplicateIssue(items.get(taken) as number)]));
			continue;
		}
		for (const key of draft.uniqueKeys) items.set(key, draft.index);
		batch.push(draft);
	}
	return { batch, end };
}

/**
 * Settles a request that may have been applied. What does no harm twice is sent again if the connection was lost or a 5xx
 * came; the rest never is, and is unknown.
 */
async function settleUnknown<D extends Draft>(
	batch: readonly D[],
	failure: Failure,
	outcomes: DraftOutcomes<D>,
	transport: Transport,
	post: Post<D>,
): Promise<void> {
	if (!failure.repeatable) return outcomes.recordFailure(batch, failure);
	const repeatable = batch.filter((draft) => draft.repeatable);
	outcomes.recordFailure(
		batch.filter((draft) => !draft.repeatable),
		failure,
	);
	if (repeatable.length > 0) await repeat(repeatable, failure, outcomes, transport, post);
}

async function repeat<D extends Draft>(
	drafts: readonly D[],
	failure: Failure,
	outcomes: DraftOutcomes<D>,
	transport: Transport,
	post: Post<D>,
): Promise<void> {
	const { reply } = await retryLostResponse(transport, failure, async () => await post(drafts));
	if (reply.kind === 'failed') {
		outcomes.recordFailure(drafts, { ...failure, ...endsAllOf(reply) });
		return;
	}
	outcomes.recordReply(drafts, reply);
	// What is refused now may have been saved the first time.
	outcomes.updateNotApproved(drafts, asUnknown);
}

/** A whole request was refused before anything of it was applied. */
type WholeRefusal = Extract<Reply, { kind: 'bodyRefused' | 'tooLarge' }>;

const isWholeRefusal = (reply: Reply): reply is WholeRefusal =>
	reply.kind === 'bodyRefused' || reply.kind === 'tooLarge';

/** Drafts that were refused together. */
interface RefusedBatch<D extends Draft> {
	batch: readonly D[];
	refusal: WholeRefusal;
}

/** How many more requests a run may spend on halving, on all of its endpoints together: one item among 1,000 takes 20. */
const MAX_REQUESTS = 24;

class Budget {
	private requests = 0;

	/** Takes a request, if there is one left. */
	take(): boolean {
		return this.requests++ < MAX_REQUESTS;
	}
}

interface Halving<D extends Draft> {
	outcomes: DraftOutcomes<D>;
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
async function sendHalves<D extends Draft>(
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
	outcomes: DraftOutcomes<D>,
): void {
	outcomes.recordReply(batch, refusal);
	const detail = `Perculus refused ${count} ${outcomes.noun.many} in one request, and this one may not be at fault.`;
	outcomes.updateNotApproved(batch, (outcome) => ({
		...outcome,
		details: [...outcome.details, detail],
		advice: 'Send it again with a smaller Batch Size.',
	}));
}
