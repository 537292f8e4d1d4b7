import { signalGroup } from '../n8n/process';
import { countCopies, sendAll, sendAndRead } from './audit';
import { type Item, referenced } from './items';
import type { Published, QueueStage } from './stage';

/** Fewer than two workers take at once, so that all of them are under way in the same moment. */
const CALLS = 14;
const MANY = 10_000;

/**
 * Kills a worker when what its executions sent is applied and not answered, sends all items again, and counts the
 * sessions of those with a reference and of those without. Returns what is not as it has to be.
 */
export async function runKilled(stage: QueueStage): Promise<string[]> {
	console.log(`\nA killed worker: ${CALLS} calls, half of the items with a reference`);
	const workflow = await stage.publish('killed');
	const calls = referenced(CALLS);
	const killed = await killWorker(stage, workflow, calls);
	const differences = killed === 0 ? ['No execution was killed.'] : [];
	differences.push(...(await sendAgain(stage, workflow, calls)));
	const copies = countCopies(stage.perculus);
	for (const kind of ['with', 'without']) {
		const isReferenced = kind === 'with';
		const items = calls.flat().filter(({ key }) => key.startsWith('ref:') === isReferenced);
		const counts = items.map(({ key }) => copies.get(key) ?? 0);
		const missing = counts.filter((count) => count === 0).length;
		const doubles = counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
		const found = `${kind} a reference: ${missing} missing, ${doubles} sessions too many`;
		console.log(`  ${found}`);
		if (missing > 0 || (isReferenced && doubles > 0)) differences.push(`Items ${found}.`);
	}
	return differences;
}

/** Holds all executions in the moment and kills a worker; returns how many executions ended with it. */
async function killWorker(
	{ perculus, client, workers, executionsOf }: QueueStage,
	workflow: Published,
	calls: Item[][],
): Promise<number> {
	const victim = workers.at(-1);
	if (!victim) throw new Error('There is no worker to kill.');
	let release = () => {};
	const until = new Promise<void>((resolve) => (release = resolve));
	perculus.fail({ route: 'batch', until, times: MANY });

	// Callers of killed executions wait for minutes; this doesn't wait for them.
	void sendAll(workflow.webhook, calls);
	await client.until('all executions had sent their items', async () => {
		const sent = JSON.stringify(perculus.requestsTo('batch').map(({ body }) => body));
		return calls.every((_, call) => sent.includes(`Booking ${call}-`)) || undefined;
	});
	signalGroup(victim.pid, 'SIGKILL');
	perculus.faults.length = 0;
	release();
	await victim.ended;
	const killed = victim.begun();
	return await client.until('the other executions had ended', async () => {
		const rows = await executionsOf(workflow);
		const others = rows.filter(({ id }) => !killed.includes(id));
		const areOver = others.every(({ status }) => status === 'success');
		return areOver ? rows.length - others.length : undefined;
	});
}

/** Sends everything again, as a sender does that had no answer: what has a reference is updated, the rest is created. */
async function sendAgain(
	stage: QueueStage,
	workflow: Published,
	calls: Item[][],
): Promise<string[]> {
	const { outcomes } = await sendAndRead(stage, workflow, calls);
	const texts = outcomes.flatMap(({ byIndex }) => [...byIndex.values()].flat());
	const approved = texts.filter((text) => /^(created|updated) Booking \d+-\d+$/.test(text)).length;
	const expected = calls.flat().length;
	if (approved === expected) return [];
	return [`Sent again, ${approved} of ${expected} were approved without a warning.`];
}
