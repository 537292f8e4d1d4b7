import { auditCalls } from './audit';
import { sendAtOnce } from './burst';
import { listExecutions, readExecutions } from './executions';
import { ITEMS_PER_CALL } from './items';
import { countStatuses, heading, line, plural, seconds, waits } from './report';
import type { Scene } from './scene';
import type { QueueStage } from './stage';

/** Many webhook calls at once, each item accounted for. Returns what went wrong. */
export async function runCrowd(stage: QueueStage, scene: Scene, count: number): Promise<string[]> {
	heading(`${plural(count, 'webhook call')} at once, ${ITEMS_PER_CALL} items each`);
	const calls = scene.prepareCalls(count, ITEMS_PER_CALL);
	const start = performance.now();
	const replies = await sendAtOnce(scene.webhook, calls);
	const elapsed = performance.now() - start;
	const rows = await listExecutions(stage, scene.workflowId);
	const audit = auditCalls(calls, await readExecutions(stage, rows), scene);

	const items = count * ITEMS_PER_CALL;
	const rate = Math.round((items / elapsed) * 1000);
	line('Answered', `${seconds(elapsed)} in all`, `${rate} items a second`, waits(replies));
	line('Answers by status', countStatuses(replies.map(({ status }) => status)));
	line('Executions by status', countStatuses(rows.map(({ status }) => status)));
	line('Requests to Perculus', audit.requests);
	line('Items created', audit.created);
	line('Items updated', audit.updated);
	line('Items rejected', audit.rejected);
	const differences = [...audit.differences, ...checkWorkers(stage, rows)];
	const unanswered = replies.filter(({ status }) => status !== 200).length;
	if (unanswered > 0) differences.push(`${plural(unanswered, 'call')} had no good answer.`);
	if (rows.length !== count) differences.push(`${rows.length} executions for ${count} calls.`);
	line('Items not as they should be', audit.differences.length);
	return differences;
}

/** Each execution was taken by one worker, and both had their share. */
function checkWorkers({ workers }: QueueStage, rows: Array<{ id: string }>): string[] {
	const takers = new Map(rows.map(({ id }): [string, string[]] => [id, []]));
	const differences: string[] = [];
	for (const worker of workers) {
		const begun = worker.begun();
		for (const id of begun) takers.get(id)?.push(worker.name);
		line(`Executions on ${worker.name} (pid ${worker.pid})`, begun.length);
		if (begun.length === 0) differences.push(`${worker.name} had nothing to do.`);
	}
	for (const [id, names] of takers) {
		if (names.length !== 1) differences.push(`execution ${id} was begun ${names.length} times.`);
	}
	return differences;
}
