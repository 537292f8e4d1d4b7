import { Cleanup, runScript } from '../n8n/script';
import { heading } from './audit';
import { APPLIED, MOMENTS, runKilled } from './killed';
import { runBurst, runClassList, runTrigger } from './scenes';
import { setQueueStage } from './stage';

const SHOWN = 20;

const cleanup = new Cleanup();

/**
 * `npm run test:queue`: n8n in queue mode with a burst of calls, a class list, a trigger, and a killed worker whose items
 * are sent again. With `--killed`, workers killed in each moment, and what n8n itself does with their executions.
 */
async function main(): Promise<number> {
	heading('The node in queue mode: Redis, PostgreSQL, n8n and two workers');
	const stage = await setQueueStage(cleanup);
	const differences = process.argv.includes('--killed')
		? await runKilled(stage, MOMENTS, true)
		: [
				...(await runBurst(stage)),
				...(await runClassList(stage)),
				...(await runTrigger(stage)),
				...(await runKilled(stage, [APPLIED], false)),
			];
	if (differences.length === 0) {
		heading('Everything is accounted for.');
		return 0;
	}
	const shown = differences.slice(0, SHOWN).map((difference) => `- ${difference}`);
	heading(`${differences.length} differences:\n${shown.join('\n')}`);
	return 1;
}

runScript(cleanup, main);
