import { Cleanup } from '../n8n/cleanup';
import { runScript } from '../n8n/script';
import { runCrowd } from './crowd';
import { runEnding } from './ending';
import { runKilled } from './killed';
import { runLarge } from './large';
import { APPLIED, MOMENTS } from './moments';
import { heading } from './report';
import { setScene } from './scene';
import { runSingle } from './single';
import { setQueueStage } from './stage';

const SOME = 50;
const MANY = 200;

const cleanup = new Cleanup();

const has = (flag: string) => process.argv.includes(flag);

/**
 * n8n in queue mode: 50 calls at once, and a killed worker whose executions are run again; with `--all`, 200 calls, large
 * calls and ended workers as well; with `--kill`, a killed worker alone; with `--killed`, workers killed in each moment,
 * and all run again. With `--single`, 200 calls in one n8n instead.
 */
async function main(): Promise<number> {
	const differences = has('--single') ? await runSingle(MANY, cleanup) : await runQueue();
	if (differences.length === 0) {
		heading('Everything is accounted for.');
		return 0;
	}
	const shown = differences.slice(0, 20).map((difference) => `- ${difference}`);
	heading(`${differences.length} things are not as they should be:\n${shown.join('\n')}`);
	return 1;
}

async function runQueue(): Promise<string[]> {
	heading('The node in queue mode: Redis, PostgreSQL, n8n and two workers');
	const stage = await setQueueStage(cleanup);
	const scene = await setScene(stage, cleanup);
	if (has('--kill')) return await runEnding(stage, scene, MANY, 'SIGKILL');
	if (has('--killed')) return await runKilled(stage, scene, MOMENTS, { isPatient: true });
	if (!has('--all')) {
		const crowd = await runCrowd(stage, scene, SOME);
		return [...crowd, ...(await runKilled(stage, scene, [APPLIED], { isPatient: false }))];
	}
	const differences = await runCrowd(stage, scene, MANY);
	differences.push(...(await runLarge(stage, scene)));
	differences.push(...(await runEnding(stage, scene, MANY, 'SIGTERM')));
	await stage.addWorker();
	differences.push(...(await runEnding(stage, scene, MANY, 'SIGKILL')));
	await stage.addWorker();
	differences.push(...(await runKilled(stage, scene, MOMENTS, { isPatient: true })));
	return differences;
}

runScript(cleanup, main);
