import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { accountOf, n8nTransport, timeoutOf } from '../transport/client';
import type { ItemInput, Run } from './draft';
import type { Catalogue } from './fields';
import { isDryRun, isToolRun, readOptions } from './parameter';
import { itemReader } from './read';

export const isCancelled = (context: IExecuteFunctions): boolean =>
	context.getExecutionCancelSignal?.()?.aborted ?? false;

/** The items that came in. Pinned data, and other nodes, may have some without `json`: nothing is in these. */
function inputOf(context: IExecuteFunctions): INodeExecutionData[] {
	const items: Array<Partial<INodeExecutionData>> = context.getInputData();
	return items.map((item) => (item.json ? (item as INodeExecutionData) : { ...item, json: {} }));
}

/** A whole number of at least one; Infinity for anything else. */
function batchSizeOf(given: unknown): number {
	const size = Math.floor(Number(given));
	return size >= 1 ? size : Infinity;
}

/**
 * Reads what is the same for all items.
 *
 * @param perItemOptions names of the options that differ from item to item
 * @throws where an expression in the node's own settings does not work, or gives what is no setting
 */
export async function beginRun(
	context: IExecuteFunctions,
	perItemOptions: readonly string[],
): Promise<Run> {
	const options = readOptions(context, perItemOptions);
	const items = inputOf(context);
	return {
		context,
		items,
		options,
		isTool: isToolRun(context),
		isDryRun: isDryRun(context, items),
		batchSize: batchSizeOf(options.batchSize),
		transport: n8nTransport(context, timeoutOf(options.timeout)),
		account: (await accountOf(context)) ?? '',
		isCancelled: () => isCancelled(context),
	};
}

/** Reads the values that each item sets, by its own keys or by the mapping. */
export function readItems({ context, items, isTool }: Run, catalogue: Catalogue): ItemInput[] {
	const readItem = itemReader(context, catalogue, isTool);
	return items.map(({ json }, index) => ({ index, json, ...readItem(index, json) }));
}
