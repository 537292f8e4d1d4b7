import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Failure } from '../transport/responses';
import { ignoreCrash } from './crash';
import {
	isDraft,
	type BuildResult,
	type Draft,
	type Noun,
	type Resource,
	type Run,
	type ItemOutcome,
} from './draft';
import { emit, emitSettings, type Outputs, type Showing } from './emit';
import { hintsOf, type Hint } from './hints';
import { crashed } from './outcome';
import type { Outcomes } from './outcomes';

/** Each input item with its outcome, in the order of the input. */
export function joinOutcomes<D extends Draft>(
	built: ReadonlyArray<BuildResult<D>>,
	sent: Outcomes<D>,
	{ items }: Run,
): Array<ItemOutcome<D>> {
	return built.map((one, place) => ({
		json: items[place]?.json ?? {},
		built: one,
		outcome: isDraft(one) ? (sent.get(one) ?? crashed(false, undefined)) : one.refused,
	}));
}

/**
 * Puts the items on their outputs and adds the hints of the run.
 *
 * @param hints of the resource
 * @throws NodeApiError when a request failed, the node is set to stop then, and nothing of this run was saved
 */
export async function emitRun<D extends Draft>(
	settled: ReadonlyArray<ItemOutcome<D>>,
	sent: Outcomes<D>,
	run: Run,
	resource: Resource<D>,
	show: Showing<D>['show'],
	hints: readonly Hint[] = [],
): Promise<Outputs> {
	const { context, isTool, options } = run;
	const { noun, identity } = resource;
	const includeInput = options.includeInput === true;
	const settings = await emitSettings(context, noun, { isTool, includeInput });
	const reasonToContinue = throwUnlessSaved(context, settled, sent.failure, noun, settings.hide);
	await ignoreCrash(run, async () => {
		const all = hintsOf({ settled, sent, resource, run, reasonToContinue, hints }, settings);
		// Missing in older versions of n8n.
		if (all.length > 0) context.addExecutionHints?.(...all);
	});
	return emit(settled, { show, identity }, settings);
}

/**
 * Throws where the user expects the workflow to stop. Not when something of this run was saved: n8n would put the items
 * on Approved or run the node again, and it would be lost from sight or created twice. The same goes for what may exist
 * where Retry On Fail would send it again.
 *
 * @param failure of a request of this run
 * @param hide takes out of a text what must not be in it
 * @returns why the run goes on, if a request failed and the node is to stop then
 */
export function throwUnlessSaved<D extends Draft>(
	context: IExecuteFunctions,
	settled: ReadonlyArray<ItemOutcome<D>>,
	failure: Failure | undefined,
	{ one, many }: Noun,
	hide: (text: string) => string,
): string | undefined {
	// A search after a lost response may have found everything.
	if (!failure || context.continueOnFail() || settled.every(isApproved)) return undefined;
	const unknown = settled.filter(({ outcome }) => outcome.kind === 'unknown');
	const mayBeMadeTwice = unknown.some(({ built }) => isDraft(built) && !built.safeToRerun);
	if (settled.some(isApproved)) {
		return `Some ${many} were saved before a request was unsuccessful. The rest went to Rejected. ${failure.message}`;
	}
	if (mayBeMadeTwice && context.getNode().retryOnFail === true) {
		return `A request was unsuccessful, and Retry On Fail could create its ${many} twice, so they went to Rejected. ${failure.message}`;
	}

	const isUnknown = unknown.length > 0;
	const message = hide(
		isUnknown ? `${failure.message} Check in Perculus before running this again.` : failure.message,
	);
	const areRepeatable = unknown.every(({ built }) => isDraft(built) && built.repeatable);
	const again = mayBeMadeTwice
		? `Running this node again could create ${many} a second time.`
		: areRepeatable
			? 'Running this node again sends the same changes again.'
			: 'Running this node again first searches which of them exist.';
	const first = settled.find(({ outcome }) => outcome.kind !== 'approved' && outcome.requestFailed);
	return throwFailure(context, failure, {
		message,
		description: isUnknown
			? `${unknown.length} of ${settled.length} ${many} may have been saved. ${again}`
			: `No ${one} was saved. To send such items to Rejected instead, set 'On Error' to 'Continue' in the settings of this node.`,
		itemIndex: first?.built.index ?? -1,
	});
}

/**
 * Stops the workflow after a failed request.
 *
 * @param itemIndex of the first item whose request failed; -1 for none
 */
export function throwFailure(
	context: IExecuteFunctions,
	{ status }: Failure,
	{ message, description, itemIndex }: { message: string; description: string; itemIndex: number },
): never {
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description,
			...(status !== null && { httpCode: String(status) }),
			...(itemIndex >= 0 && { itemIndex }),
		},
	);
}

const isApproved = ({ outcome }: Pick<ItemOutcome<Draft>, 'outcome'>) =>
	outcome.kind === 'approved';
