import { baseNode } from '../e2e/nodes';
import { chain } from '../e2e/stage';
import { audit, sendAndRead } from './audit';
import { COURSES, burst, classList, type Item } from './items';
import type { Published, QueueStage } from './stage';

const BURST_CALLS = 50;
const LIST_CALLS = 4;
const MINUTE = 60_000;

/** Sends calls, and accounts for each of their items and for the workers. Returns what is not as it has to be. */
async function sendAndAudit(
	stage: QueueStage,
	workflow: Published,
	calls: Item[][],
): Promise<string[]> {
	const { rows, outcomes } = await sendAndRead(stage, workflow, calls);
	const differences = audit(calls, outcomes, stage.perculus);
	if (rows.length !== calls.length)
		differences.push(`${rows.length} executions for ${calls.length} calls.`);
	// Each execution was taken by one worker, and each worker had its share.
	let taken = 0;
	for (const { name, begun } of stage.workers) {
		const own = begun().filter((execution) => rows.some(({ id }) => id === execution));
		if (own.length === 0) differences.push(`${name} had nothing to do.`);
		taken += own.length;
	}
	if (taken !== rows.length)
		differences.push(`${rows.length} executions were begun ${taken} times.`);
	return differences;
}

/** Many webhook calls at once that create and update sessions. */
export async function runBurst(stage: QueueStage): Promise<string[]> {
	console.log(`\n${BURST_CALLS} webhook calls at once, with sessions`);
	const { perculus } = stage;
	const workflow = await stage.publish('sessions');
	const calls = burst(BURST_CALLS, () => perculus.preload({ name: 'To be changed' }).session_guid);
	const differences = await sendAndAudit(stage, workflow, calls);
	const requests = perculus.batches().length;
	if (requests !== BURST_CALLS) differences.push(`${requests} requests for ${BURST_CALLS} calls.`);
	return differences;
}

/** A class list of many sessions, sent twice: each person comes out once in each run, and is in the session once. */
export async function runClassList(stage: QueueStage): Promise<string[]> {
	console.log(`\nA class list of ${COURSES.length} sessions in ${LIST_CALLS} calls, sent twice`);
	const { perculus } = stage;
	for (const name of COURSES) {
		const { session_guid } = perculus.preload({ name, tags: `school,ref:${name}` });
		for (const { key } of classList(0, LIST_CALLS).flat()) {
			const [course, email = ''] = key.split(' ');
			if (course === name && email.startsWith('known'))
				perculus.preloadAttendee(session_guid, { email });
		}
	}
	// Documented: an email address that belongs to another user.
	const refuseAttendee = ({ email }: { email?: unknown }) =>
		String(email).startsWith('refused') ? { code: 51 } : null;
	perculus.set({ refuseAttendee });
	const session = { __rl: true, mode: 'reference', value: '={{ $json.Course }}' };
	const workflow = await stage.publish('class-list', { resource: 'attendee', session });
	const differences: string[] = [];
	for (const firstCall of [0, LIST_CALLS])
		differences.push(...(await sendAndAudit(stage, workflow, classList(firstCall, LIST_CALLS))));
	return differences;
}

/** A published trigger that polls every minute: a worker runs the session that starts soon, and no later poll does again. */
export async function runTrigger({
	client,
	workers,
	perculus,
	credential,
}: QueueStage): Promise<string[]> {
	console.log('\nA trigger that polls every minute');
	const start_date = new Date(Date.now() + 40 * MINUTE).toISOString().slice(0, 19);
	perculus.preload({ name: 'Starts soon', start_date, timezone: 'UTC' });
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
	await client.until('it polled twice', async () => polls() >= before + 2 || undefined);
	const executions = await client.endedExecutionsOf(workflow.id, 1);
	const begun = workers.flatMap((worker) => worker.begun());
	const onWorkers = executions.filter(({ id }) => begun.includes(id)).length;
	return onWorkers === 1 ? [] : [`${onWorkers} executions of the trigger ran on workers.`];
}
