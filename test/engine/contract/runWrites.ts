import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import type { BatchOperation, Draft } from '../../../nodes/Perculus/batch/contract';
import { runBatch } from '../../../nodes/Perculus/batch/run';
import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';
import { AUTO_MAP } from '../harness';
import { runNode, type ItemRun } from '../run';
import { withBatchServer, type Received, type Reply } from './batchServer';

/** Runs a batch operation in a node that does nothing else, in n8n's engine, against a server of its own. */
export async function runWrites<D extends Draft>(
	operation: BatchOperation<D>,
	items: IDataObject[],
	reply: (request: Received) => Reply,
	{ parameters, ...rest }: Partial<ItemRun> = {},
) {
	return await withBatchServer(reply, async ({ url, received }) => {
		const type = Object.assign(new Perculus(), {
			async execute(this: IExecuteFunctions) {
				return await runBatch(this, operation);
			},
		});
		const ran = await runNode({
			type,
			items,
			credential: {
				type: new PerculusApi(),
				data: { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY },
			},
			parameters: {
				resource: 'session',
				operation: 'upsert',
				fields: AUTO_MAP as never,
				options: {},
				...parameters,
			},
			...rest,
		});
		return { ...ran, received };
	});
}
