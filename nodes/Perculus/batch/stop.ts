import { type IDataObject, type IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import type { Failure } from '../transport/responses';
import { invalid } from './outcome';
import { isToolRun } from './parameter';
import { isCancelled } from './read';
import { emitRefused, emitSettings, type Outputs } from './rejected';
import { type Draft, isDraft, type ItemOutcome, type Noun, type Run } from './types';

/**
 * Runs an operation whose own settings may be unreadable (an expression in 'Options'). With "Continue" each item is then
 * rejected, and a run that the user cancels ends without items, because n8n would put all items on Approved if the node
 * threw. Exceptions after something was sent are handled by `send` and `ignoreCrash`.
 *
 * @param unread what an item shows if nothing of it could be read
 */
export async function rejectAllOnCrash(
	context: IExecuteFunctions,
	noun: Noun,
	run: () => Promise<Outputs>,
	unread: IDataObject = { [noun.one]: {} },
): Promise<Outputs> {
	try {
		return await run();
	} catch (error) {
		if (!context.continueOnFail()) return await Promise.reject(error);
		if (isCancelled(context)) return [[], []];
		const reason = error instanceof Error ? error.message : 'it has no value';
		const refused = invalid([
			`A setting of this node cannot be read: ${reason.replace(/\.$/, '')}`,
		]);
		const isTool = isToolRun(context);
		const settings = await emitSettings(context, noun, { isTool, includeInput: false });
		const outputs: Outputs = [[], []];
		context.getInputData().forEach(({ json }, index) => {
			emitRefused(outputs, { index, json, fields: unread }, refused, settings);
		});
		return outputs;
	}
}

/**
 * Runs a step after the sending. Its exceptions are ignored, because an item that was saved must come out.
 *
 * @throws when the user cancels the run
 */
export async function ignoreCrash(run: Run, step: () => Promise<void>): Promise<void> {
	try {
		await step();
	} catch (error) {
		if (run.isCancelled()) await Promise.reject(error);
	}
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
