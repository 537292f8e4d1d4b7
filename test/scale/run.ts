import { Cleanup, runScript } from '../n8n/script';
import { runClassList } from './classList/run';
import { runCrowd } from './crowd';
import { runKilled } from './killed';
import { APPLIED, MOMENTS } from './moments';
import { heading } from './report';
import { setScene } from './scene';
import { setQueueStage } from './stage';
import { runTrigger } from './trigger';

const CALLS = 50;

const cleanup = new Cleanup();

/**
 * n8n in queue mode: 50 calls at once, a class list, a trigger, and a killed worker whose executions are run again. With `--killed`,
 * workers killed in each moment, and all run again.
 */
async function main(): Promise<number> {
	heading('The node in queue mode: Redis, PostgreSQL, n8n and two workers');
	const stage = await setQueueStage(cleanup);
	const scene = await setScene(stage, cleanup);
	const differences = process.argv.includes('--killed')
		? await runKilled(stage, scene, MOMENTS, { isPatient: true })
		: [
				...(await runCrowd(stage, scene, CALLS)),
				...(await runClassList(stage, scene)),
				...(await runTrigger(stage, scene)),
				...(await runKilled(stage, scene, [APPLIED], { isPatient: false })),
			];
	if (differences.length === 0) {
		heading('Everything is accounted for.');
		return 0;
	}
	const shown = differences.slice(0, 20).map((difference) => `- ${difference}`);
	heading(`${differences.length} differences:\n${shown.join('\n')}`);
	return 1;
}

runScript(cleanup, main);
