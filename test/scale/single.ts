import type { Cleanup } from '../n8n/cleanup';
import { setStage } from '../n8n/stage';
import { sendAtOnce } from './burst';
import { countSessions } from './executions';
import { ITEMS_PER_CALL, REASONS } from './items';
import { peakMegabytes } from './memory';
import { countStatuses, heading, line, plural, seconds, waits } from './report';
import { setScene } from './scene';

/** The same crowd in one n8n with SQLite, to compare with. Returns what went wrong. */
export async function runSingle(count: number, cleanup: Cleanup): Promise<string[]> {
	const stage = await setStage(cleanup);
	const scene = await setScene(stage, cleanup);
	heading(`${plural(count, 'webhook call')} at once, ${ITEMS_PER_CALL} items each, in one n8n`);
	const calls = scene.prepareCalls(count, ITEMS_PER_CALL);
	const start = performance.now();
	const replies = await sendAtOnce(scene.webhook, calls);
	line('Answered', `${seconds(performance.now() - start)} in all`, waits(replies));
	line('Answers by status', countStatuses(replies.map(({ status }) => status)));
	line('Requests to Perculus', scene.perculus.batches().length);
	line('Most memory since the start', `n8n ${peakMegabytes(stage.n8n) ?? '?'} MB`);
	const sessions = countSessions(scene);
	const wrong = calls.flat().filter(({ kind, name }) => {
		return (sessions.get(name) ?? 0) !== (REASONS[kind] === undefined ? 1 : 0);
	});
	line('Sessions as they should be', `${wrong.length === 0 ? 'all' : 'not all'}`);
	return wrong.map(({ name }) => `${name}: ${sessions.get(name) ?? 0} sessions exist.`);
}
