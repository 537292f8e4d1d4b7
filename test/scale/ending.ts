import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup } from '../n8n/command';
import { type Reply, sendAtOnce } from './burst';
import {
	type ExecutionRow,
	countSent,
	countSessions,
	listExecutions,
	readExecutions,
	settle,
} from './executions';
import { type CallItem, ITEMS_PER_CALL, REASONS, callOf } from './items';
import { countStatuses, heading, line, plural, seconds } from './report';
import type { Scene } from './scene';
import type { QueueStage } from './stage';
import { NODES } from './workflow';

/** How long Perculus takes for each answer: every worker has requests under way all the time. */
const DELAY_MILLISECONDS = 2_000;
const ALARM_MILLISECONDS = 15_000;
const POLL_MILLISECONDS = 500;

/** What the end of a worker did to the calls of a crowd. */
interface Damage {
	/** Calls without an execution that succeeded. */
	lostCalls: CallItem[][];
	/** Of those, the ones whose request had reached Perculus. */
	reached: number;
	/** Sessions that exist more than once. */
	doubled: number;
	/** Items of lost calls that Perculus has carried out: nobody was told. */
	unseen: number;
	/** Items of lost calls that would have been approved, and that Perculus never saw. */
	missing: number;
	/** Executions that some worker began more than once, or more than one worker began. */
	begunTwice: number;
}

/**
 * Ends the newest worker in the middle of a crowd and counts what became of its work. After a
 * SIGTERM nothing may be missing. After a SIGKILL n8n decides what happens: only what the node could
 * be blamed for is returned as wrong.
 */
export async function runEnding(
	stage: QueueStage,
	scene: Scene,
	count: number,
	signal: 'SIGTERM' | 'SIGKILL',
): Promise<string[]> {
	const victim = stage.workers.at(-1);
	if (!victim) throw new Error('There is no worker to end.');
	heading(`${plural(count, 'webhook call')} at once, and ${victim.name} gets ${signal} among them`);
	const earlier = (await listExecutions(stage, scene.workflowId)).length;
	const alarms = (await listExecutions(stage, scene.errorWorkflowId)).length;
	const calls = scene.prepareCalls(count, ITEMS_PER_CALL);
	const begunBefore = victim.begun().length;
	const requestsBefore = scene.perculus.batches().length;
	scene.perculus.fail({ route: 'batch', delayMs: DELAY_MILLISECONDS, times: count * 2 });

	const replying = sendAtOnce(scene.webhook, calls);
	await stage.client.until('a quarter of the requests had arrived', async () => {
		const arrived = scene.perculus.batches().length - requestsBefore;
		return arrived >= count / 4 || undefined;
	});
	const endedAt = Date.now();
	if (signal === 'SIGTERM') process.kill(victim.pid, signal);
	else signalGroup(victim.pid, signal);
	const begun = victim.begun().length - begunBefore;
	const replies = await replying;
	const rows = (await settle(stage, scene)).slice(earlier);
	scene.perculus.faults.length = 0;

	const damage = await assess(stage, scene, calls, rows);
	line('Begun by that worker before', begun);
	await print(stage, damage, rows, replies, endedAt);
	line('Runs of the error workflow', await countAlarms(stage, scene, alarms, rows));
	const differences = await runAfter(scene);
	if (damage.begunTwice === 0 && damage.doubled > 0) differences.push('Sessions were made twice.');
	if (signal === 'SIGTERM' && damage.lostCalls.length > 0) {
		differences.push(`A worker that was asked to end lost ${damage.lostCalls.length} calls.`);
	}
	return differences;
}

async function assess(
	stage: QueueStage,
	scene: Scene,
	calls: CallItem[][],
	rows: ExecutionRow[],
): Promise<Damage> {
	const succeeded = new Set((await readExecutions(stage, rows)).map(({ call }) => call));
	const sessions = countSessions(scene);
	const sentCalls = new Set([...countSent(scene).keys()].map(callOf));
	const lostCalls = calls.filter(([first]) => first && !succeeded.has(first.call));
	const lostItems = lostCalls.flat().filter(({ kind }) => REASONS[kind] === undefined);
	const ids = stage.workers.flatMap((worker) => worker.begun());
	return {
		lostCalls,
		reached: lostCalls.filter(([first]) => sentCalls.has(first?.call)).length,
		doubled: [...sessions.values()].filter((copies) => copies > 1).length,
		unseen: lostItems.filter(({ name }) => sessions.has(name)).length,
		missing: lostItems.filter(({ name }) => !sessions.has(name)).length,
		begunTwice: ids.length - new Set(ids).size,
	};
}

async function print(
	{ client }: QueueStage,
	damage: Damage,
	rows: ExecutionRow[],
	replies: Reply[],
	endedAt: number,
): Promise<void> {
	const failed = rows.filter(({ status }) => status !== 'success');
	line('Executions by status', countStatuses(rows.map(({ status }) => status)));
	line('Executions begun a second time', damage.begunTwice);
	if (failed[0]) {
		const noticed = failed.map(({ stoppedAt }) => (stoppedAt ?? NaN) - endedAt);
		line('Given up by n8n after', `${seconds(Math.min(...noticed))} or more`);
		const { result } = await client.finishedExecution(failed[0].id);
		line("n8n's words", result.error?.message ?? 'none');
		line('Rows kept in the execution', result.runData[NODES.webhook] ? 'yes' : 'no');
	}
	line('Answers by status', countStatuses(replies.map(({ status }) => status)));
	line('Calls without a result', damage.lostCalls.length);
	line('  whose request had reached Perculus', damage.reached);
	line('Items carried out, and nobody told', damage.unseen);
	line('Items never carried out', damage.missing);
	line('Sessions made twice', damage.doubled);
}

/** How often the error workflow ran; it may come a moment after the failure. */
async function countAlarms(
	stage: QueueStage,
	{ errorWorkflowId }: Scene,
	earlier: number,
	rows: ExecutionRow[],
): Promise<number> {
	const failures = rows.filter(({ status }) => status !== 'success').length;
	const deadline = Date.now() + ALARM_MILLISECONDS;
	for (;;) {
		const alarms = (await listExecutions(stage, errorWorkflowId)).length - earlier;
		if (alarms >= failures || Date.now() > deadline) return alarms;
		await sleep(POLL_MILLISECONDS);
	}
}

/** The workers that are left do their work as before. */
async function runAfter(scene: Scene): Promise<string[]> {
	const calls = scene.prepareCalls(10, ITEMS_PER_CALL);
	const replies = await sendAtOnce(scene.webhook, calls);
	const bad = replies.filter(({ status }) => status !== 200);
	line('Calls after that, on the workers left', countStatuses(replies.map(({ status }) => status)));
	return bad.length === 0 ? [] : ['The workers that were left did not do their work.'];
}
