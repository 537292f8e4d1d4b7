import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup } from '../n8n/process';
import type { Fault, PerculusServer } from '../perculus-server';
import { countCopies, countWords, heading, line, readOutcomes, sendAtOnce } from './audit';
import { type Item, referenced } from './items';
import type { Published, QueueStage } from './stage';

/** Fewer than two workers take at once, so that all of them are under way in the same moment. */
const CALLS = 14;
const MANY = 10_000;
const SETTLE_MILLISECONDS = 300_000;

/** A moment in which a worker is killed: all executions are held in it. */
interface Moment {
	name: string;
	/** Requests that are held until the worker is killed. */
	fault: (perculus: PerculusServer) => Fault;
	/** Whether a call that sent requests to these routes so far is in it. */
	isReached: (routes: string[]) => boolean;
}

/** The call that a search or a batch belongs to, by the reference in it. */
const callIn = (body: unknown) => /booking-(\d+)-/.exec(JSON.stringify(body ?? ''))?.[1];

const routesOf = ({ requests }: PerculusServer, call: string | undefined): string[] =>
	requests.filter(({ body }) => callIn(body) === call).map(({ route }) => String(route));

/** The one in which most is lost. */
export const APPLIED: Moment = {
	name: 'when it was applied and not answered',
	fault: () => ({ route: 'batch' }),
	isReached: (routes) => routes.includes('batch'),
};

export const MOMENTS: readonly Moment[] = [
	{
		name: 'before its POST',
		fault: () => ({ route: 'search' }),
		isReached: (routes) => routes.includes('search'),
	},
	APPLIED,
	{
		// The node searches for what it created once it has read the response.
		name: 'when it was answered and not saved',
		fault: (perculus) => ({
			route: 'search',
			when: ({ body }) => routesOf(perculus, callIn(body) ?? 'none').includes('batch'),
		}),
		isReached: (routes) =>
			routes.includes('batch') && routes.lastIndexOf('search') > routes.indexOf('batch'),
	},
];

/** What was sent in one moment, and how many executions were killed in it. */
interface Victims {
	moment: Moment;
	calls: Item[][];
	killed: number;
}

/**
 * Kills a worker in each of these moments, sends all items again, and counts the sessions of those with a reference and
 * of those without. Returns what is not as it has to be.
 *
 * @param isPatient whether to wait until n8n has given up the killed executions, or has run them again by itself
 */
export async function runKilled(
	stage: QueueStage,
	moments: readonly Moment[],
	isPatient: boolean,
): Promise<string[]> {
	heading(`Killed workers: ${CALLS} calls a moment, half of the items with a reference`);
	const workflow = await stage.publish('killed');
	const victims: Victims[] = [];
	for (const [at, moment] of moments.entries())
		victims.push(await killIn(moment, referenced(at * CALLS, CALLS), stage, workflow));
	if (isPatient) line('Executions', countWords(await settledStatuses(stage, workflow)));
	const differences = await sendAgain(victims, stage, workflow);
	const copies = countCopies(stage.perculus);
	for (const { moment, calls, killed } of victims) {
		line(`Killed ${moment.name}`, `${killed} executions`);
		for (const isReferenced of [true, false]) {
			const items = calls.flat().filter(({ key }) => key.startsWith('ref:') === isReferenced);
			const counts = items.map(({ key }) => copies.get(key) ?? 0);
			const missing = counts.filter((count) => count === 0).length;
			const doubles = counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
			const label = isReferenced ? '  with a reference' : '  without a reference';
			const found = `${missing} of ${items.length} items missing, ${doubles} sessions too many`;
			line(label, found);
			if (missing > 0 || (isReferenced && doubles > 0))
				differences.push(`Killed ${moment.name}, ${label.trim()}: ${found}.`);
		}
	}
	return differences;
}

/** Holds all executions in the moment, kills the newest worker, and starts another one. */
async function killIn(
	moment: Moment,
	calls: Item[][],
	stage: QueueStage,
	workflow: Published,
): Promise<Victims> {
	const { perculus, client } = stage;
	const victim = stage.workers.at(-1);
	if (!victim) throw new Error('There is no worker to kill.');
	const earlier = new Set((await stage.executionsOf(workflow)).map(({ id }) => id));
	const begunBefore = victim.begun().length;
	let release = () => {};
	const until = new Promise<void>((resolve) => (release = resolve));
	perculus.fail({ ...moment.fault(perculus), until, times: MANY });

	// Callers of killed executions wait for minutes; this doesn't wait for them.
	void sendAtOnce(workflow.webhook, calls);
	await client.until(`all executions had come to "${moment.name}"`, async () => {
		const isHeld = ([first]: Item[]) => moment.isReached(routesOf(perculus, String(first?.call)));
		return calls.every(isHeld) || undefined;
	});
	signalGroup(victim.pid, 'SIGKILL');
	perculus.faults.length = 0;
	release();
	await victim.ended;
	const killed = new Set(victim.begun().slice(begunBefore));
	await stage.addWorker();
	await client.until('the other executions had ended', async () => {
		const rows = await stage.executionsOf(workflow);
		const others = rows.filter(({ id }) => !earlier.has(id) && !killed.has(id));
		return others.every(({ status }) => status === 'success') || undefined;
	});
	return { moment, calls, killed: killed.size };
}

/** The statuses of all executions once n8n has ended each of them, for a bounded time. */
async function settledStatuses(stage: QueueStage, workflow: Published): Promise<string[]> {
	const deadline = Date.now() + SETTLE_MILLISECONDS;
	for (;;) {
		const statuses = (await stage.executionsOf(workflow)).map(({ status }) => status);
		const isSettled = !statuses.some((status) => ['new', 'running', 'waiting'].includes(status));
		if (isSettled || Date.now() > deadline) return statuses;
		await sleep(500);
	}
}

/** Sends everything again, as a sender does that had no answer: what has a reference is updated, the rest is created. */
async function sendAgain(
	victims: Victims[],
	stage: QueueStage,
	workflow: Published,
): Promise<string[]> {
	const calls = victims.flatMap((victim) => victim.calls);
	const earlier = new Set((await stage.executionsOf(workflow)).map(({ id }) => id));
	line('Sent again', countWords(await sendAtOnce(workflow.webhook, calls)));
	const rows = (await stage.executionsOf(workflow)).filter(({ id }) => !earlier.has(id));
	const outcomes = (await readOutcomes(stage, rows)).flatMap(({ byIndex }) => [
		...byIndex.values(),
	]);
	// Without the item's name: "created", "updated with a warning", "rejected" and the reason.
	const words = outcomes.flat().map((text) => text.replace(/ Booking \d+-\d+/, ''));
	line('Items of that', countWords(words));
	const approved = words.filter((word) => word === 'created' || word === 'updated').length;
	const expected = calls.flat().length;
	return approved === expected
		? []
		: [`Sent again, ${approved} of ${expected} were approved without a warning.`];
}
