import { Cleanup, runScript } from '../n8n/script';
import { runKilled } from './killed';
import { runBurst, runClassList, runTrigger } from './scenes';
import { setQueueStage } from './stage';

const SHOWN = 20;

const cleanup = new Cleanup();

/**
 * `npm run test:queue`: n8n in queue mode with a burst of calls, a class list, a trigger, and a killed worker whose items
 * are sent again.
 */
async function main(): Promise<number> {
	console.log('\nThe node in queue mode: Redis, PostgreSQL, n8n and two workers\n');
	const stage = await setQueueStage(cleanup);
	const differences: string[] = [];
	for (const run of [runBurst, runClassList, runTrigger, runKilled])
		differences.push(...(await run(stage)));
	for (const difference of differences.slice(0, SHOWN)) console.log(`- ${difference}`);
	console.log(`\n${differences.length} differences.`);
	return differences.length === 0 ? 0 : 1;
}

runScript(cleanup, main);
