import type { IExecuteFunctions } from 'n8n-workflow';

import { beginRun } from './begin';
import { build } from './build/build';
import type { BatchOperation, Draft } from './contract';
import { matcherOf } from './match/matchResults';
import type { Outputs } from './output/emit';
import { orAllRejected } from './output/lastResort';
import { output } from './output/output';
import { read } from './read/readItems';
import { resolve } from './resolve/resolve';
import { send } from './send/send';

/**
 * The way of all writes: items are read, what a lookup has to decide about them is decided, they are built, sent in as
 * few requests as possible, the answers are matched to them, and they come out on two outputs.
 *
 * @throws NodeApiError when a request failed, the node is to stop then, and nothing of this run was saved
 */
export async function runBatch<D extends Draft>(
	context: IExecuteFunctions,
	operation: BatchOperation<D>,
): Promise<Outputs> {
	const inOrder = async () => {
		const run = await beginRun(context, operation.perItemOptions);
		const resource = operation.open(run);
		try {
			const items = read(run, resource.catalogue);
			const resolutions = await resolve(items, resource);
			const built = build(items, resolutions, resource);
			const match = matcherOf(resource.matchRules);
			const sent = await send(built, resource, run, match, resolutions.failure);
			return await output(built, sent, resource, run);
		} finally {
			resource.close?.();
		}
	};
	return await orAllRejected(context, operation.noun, inOrder, operation.unread);
}
