import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Noun, Run } from './draft';
import { emitRefused, emitSettings, type Outputs } from './emit';
import { invalid } from './outcome';
import { isToolRun } from './parameter';
import { isCancelled } from './run';

/**
 * Runs a way of the node whose own settings may turn out not to work (an expression in 'Options'). With "Continue" that
 * is said on each item, and a run that the user cancels ends without any, because n8n would put all items on Approved if
 * the node threw. Whatever goes wrong once something was sent is dealt with further in.
 *
 * @param unread what an item shows of which nothing could be read
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
			emitRefused(outputs, { index, json, subject: unread }, refused, settings);
		});
		return outputs;
	}
}

/**
 * Does a step after the sending. Things may exist in Perculus by then, so whatever goes wrong in this node must not
 * lose them: it is passed over.
 *
 * @throws what ends a run that the user stops
 */
export async function ignoreCrash(run: Run, step: () => Promise<void>): Promise<void> {
	try {
		await step();
	} catch (error) {
		if (run.isCancelled()) await Promise.reject(error);
	}
}
