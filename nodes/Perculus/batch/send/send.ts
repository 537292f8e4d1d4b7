import { isDraft, type Built, type Draft, type Resource, type Run } from '../contract';
import type { Match } from '../match/matchResults';
import { classify } from '../../transport/classify';
import type { Failure, Reply } from '../../transport/reply';
import { sendWithRetry } from '../../transport/retry';
import { eachAtOnce } from '../../values/eachAtOnce';
import { groupBy } from '../../values/groupBy';
import { BatchSize } from './batchSize';
import { Bisection, Budget } from './bisect';
import { dryRun } from './dryRun';
import { Outcomes } from './outcomes';
import { takeBatch } from './takeBatch';
import { settleUnknown } from './unknown';

/** Requests to different endpoints. */
const AT_ONCE = 4;

/**
 * Sends drafts in as few requests as possible, and brings back an outcome for each of them, whatever happens on the
 * way: from the first request on things may exist, so that nothing which goes wrong in this node may make n8n lose them,
 * or send them again.
 *
 * @param failure of a search before: nothing is sent then
 * @throws what ends a run that the user stops
 */
export async function send<D extends Draft>(
	built: ReadonlyArray<Built<D>>,
	resource: Resource<D>,
	run: Run,
	match: Match<D>,
	failure?: Failure,
): Promise<Outcomes<D>> {
	const drafts = built.filter(isDraft);
	const outcomes = new Outcomes(resource, match, failure);
	if (run.isDryRun) return dryRun(drafts, resource, run, outcomes);

	const budget = new Budget();
	try {
		const groups = [...groupBy(drafts, (draft) => resource.endpoint(draft)).values()];
		await eachAtOnce(groups, AT_ONCE, async (group) => {
			await sendGroup(group, resource, run, outcomes, budget);
		});
		outcomes.close(drafts);
	} catch (error) {
		if (run.isCancelled()) await Promise.reject(error);
		outcomes.close(drafts, error);
	}
	return outcomes;
}

/** Sends the drafts of one endpoint, until all are sent or a request fails. */
async function sendGroup<D extends Draft>(
	drafts: readonly D[],
	resource: Resource<D>,
	{ transport, batchSize }: Run,
	outcomes: Outcomes<D>,
	budget: Budget,
): Promise<void> {
	const [first] = drafts;
	if (!first) return;
	const path = resource.endpoint(first);
	const isOver = () => outcomes.failureAt(path) !== undefined;
	const post = async (batch: readonly D[], line = transport): Promise<Reply> => {
		outcomes.begin(batch);
		const body = batch.map(({ request }) => request);
		const outcome = await sendWithRetry(line, { method: 'POST', path, body });
		return classify(outcome, resource.catalogue.plainKeys);
	};
	const settle = async (batch: readonly D[], reply: Reply): Promise<void> => {
		if (reply.kind !== 'failed') outcomes.note(batch, reply);
		else if (reply.applied === 'no') outcomes.fail(batch, reply);
		else await settleUnknown(batch, reply, outcomes, { resource, transport, post });
	};
	const bisection = new Bisection(outcomes, post, settle, isOver, budget);

	const size = new BatchSize(batchSize);
	let next = 0;
	while (next < drafts.length && !isOver()) {
		const { batch, end } = takeBatch(drafts, next, size.next, resource, outcomes);
		if (batch.length === 0) return;
		const reply = await post(batch);
		if (reply.kind === 'tooLarge') {
			size.tooLarge(batch.length);
			if (batch.length > 1) {
				// The same drafts go again, fewer at a time.
				outcomes.takeBack(batch);
				continue;
			}
		} else {
			size.fits();
		}
		if (reply.kind === 'bodyRefused' && batch.length > 1) await bisection.find(batch, reply);
		else await settle(batch, reply);
		next = end;
	}
}
