import { baseNode } from '../e2e/nodes';
import { chain, credentialFor } from '../e2e/stage';
import { heading, line, plural } from './report';
import type { Scene } from './scene';
import type { QueueStage } from './stage';

const MINUTE = 60_000;

/** A published trigger that polls every minute: a worker runs the session that starts soon, and no later poll does again. */
export async function runTrigger(
	{ client, workers }: QueueStage,
	{ perculus }: Scene,
): Promise<string[]> {
	heading('A trigger that polls every minute');
	const start = new Date(Date.now() + 40 * MINUTE);
	perculus.preload({
		name: 'Starts soon',
		start_date: start.toISOString().slice(0, 19),
		timezone: 'UTC',
	});
	const credential = await client.createCredential(
		'Account of the trigger',
		'perculusApi',
		credentialFor(perculus),
	);
	const trigger = {
		...baseNode('Trigger', '', 1, { pollTimes: { item: [{ mode: 'everyMinute' }] } }),
		type: 'n8n-nodes-perculus.perculusTrigger',
		credentials: { perculusApi: credential },
	};
	const workflow = await client.createWorkflow(
		chain('Trigger', trigger, baseNode('Next', 'noOp', 1)),
	);
	const isPoll = ({ body }: { body: unknown }) => JSON.stringify(body).includes('number":1,');
	const polls = () => perculus.requestsTo('search').filter((one) => isPoll(one)).length;
	const before = polls();
	await client.activateWorkflow(workflow);
	await client.until('it polled twice', async () => (polls() >= before + 2 ? true : undefined));
	const executions = await client.endedExecutionsOf(workflow.id, 1);
	const begun = workers.flatMap((worker) => worker.begun());
	const onWorkers = executions.filter(({ id }) => begun.includes(id)).length;
	line('Polls', polls() - before);
	line('Executions', executions.length, `${onWorkers} on a worker`);
	return onWorkers === 1 ? [] : [`the trigger's ${plural(onWorkers, 'execution')} ran on workers.`];
}
