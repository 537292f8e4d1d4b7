import { runWorkflow } from '../engine/harness/run';

import type { IConnections, INode } from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
// With its extension: tsx would take Perculus.node.json, which lies beside it.
import { Perculus } from '../../nodes/Perculus/Perculus.node.js';
import type { Execution } from '../n8n/execution';
import type { Workflow } from '../n8n/workflow';
import type { Account } from './account';
import { NODES } from './example';
import { STAND_INS } from './standIns';

/** Runs the example in n8n's engine, in this process. */
export async function runExample(
	workflow: Workflow,
	credential: Account['credential'],
): Promise<Execution> {
	const { status, data } = await runWorkflow({
		nodes: workflow.nodes as INode[],
		connections: workflow.connections as IConnections,
		types: { ...STAND_INS, perculus: new Perculus() },
		start: NODES.start,
		credential: { type: new PerculusApi(), data: credential },
	});
	return { id: '1', status, result: data.resultData as unknown as Execution['result'] };
}
