import { outputOf } from '../n8n/execution';
import { sendAtOnce } from './burst';
import { listExecutions, readExecutions } from './executions';
import { forgetPeak, megabytes, peakMegabytes } from './memory';
import { heading, line, seconds } from './report';
import type { Scene } from './scene';
import type { QueueStage } from './stage';
import { NODES } from './workflow';

const SIZES = [1_000, 5_000, 10_000];

/** One call with many items, and where the memory goes. Returns what went wrong. */
export async function runLarge(stage: QueueStage, scene: Scene): Promise<string[]> {
	heading('One webhook call with many items');
	const differences: string[] = [];
	for (const size of SIZES) {
		const calls = scene.prepareCalls(1, size);
		const processes = [stage.main, ...stage.workers];
		const before = stage.workers.map((worker) => worker.begun().length);
		processes.forEach(forgetPeak);
		const resting = processes.map((one) => megabytes(one));
		const [reply] = await sendAtOnce(scene.webhook, calls);
		const worker = stage.workers.findIndex(
			(one, index) => one.begun().length > (before[index] ?? 0),
		);
		const growth = (index: number) => {
			const process = processes[index];
			return `${resting[index] ?? '?'} to ${(process && peakMegabytes(process)) ?? '?'} MB`;
		};
		const rows = await listExecutions(stage, scene.workflowId);
		const [last] = await readExecutions(stage, rows.slice(-1));
		const outputs = [0, 1].map((output) =>
			last ? outputOf(last.execution, NODES.perculus, output).length : 0,
		);
		line(
			`${size} items`,
			`answered ${reply?.status} after ${seconds(reply?.milliseconds ?? 0)}`,
			`Perculus node ${nodeTime(last?.execution.result.runData[NODES.perculus]?.[0])}`,
		);
		line('', `approved ${outputs[0]}`, `rejected ${outputs[1]}`);
		line('', `worker ${growth(worker + 1)}`, `main ${growth(0)}`);
		if (reply?.status !== 200 || outputs[0] !== size * 0.8 || outputs[1] !== size * 0.2) {
			differences.push(`${size} items did not come out as they should.`);
		}
	}
	return differences;
}

function nodeTime(run: { executionTime: number } | undefined): string {
	return run ? seconds(run.executionTime) : '?';
}
