import type { IExecuteFunctions } from 'n8n-workflow';

import { beginRun } from '../batch/begin';
import type { Outputs } from '../batch/emit';
import { orAllRejected } from '../batch/crash';
import { actAll } from './actAll';
import type { EachOperation } from './contract';
import { output } from './output';

/**
 * The way of all that goes item by item: what each item asks for is read, asked for four at a time, and comes out on two
 * outputs, in the order of the input, each item linked to its own.
 *
 * @throws NodeApiError when a request failed, and the node is to stop then: when reading whatever was found, when
 * deleting while nothing was deleted
 */
export async function runEach<Subject>(
	context: IExecuteFunctions,
	operation: EachOperation<Subject>,
): Promise<Outputs> {
	const inOrder = async () => {
		const run = await beginRun(context, []);
		const work = operation.open(run);
		const asked = await work.read(run.items);
		const answers = await actAll(asked, work, operation, run);
		return await output(asked, answers, operation, run);
	};
	return await orAllRejected(context, operation.noun, inOrder, operation.unread);
}
