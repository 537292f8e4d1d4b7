import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Noun, Run } from './draft';
import { emitRefused, emitSettings, type Outputs } from './emit';
import { invalid } from './outcome';
import { isToolRun } from './parameter';
import { isCancelled } from './run';

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
