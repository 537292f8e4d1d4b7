import { signalGroup } from '../n8n/process';
import { outputOf } from '../n8n/execution';
import { sendAtOnce } from './burst';
import { listExecutions, readExecutions, settle } from './executions';
import type { Moment } from './moments';
import { type ReferencedItem, REFERENCES_PER_CALL, tally, type Tally } from './referenced';
import { countStatuses, heading, line, plural } from './report';
import type { Scene } from './scene';
import type { QueueStage } from './stage';
import { NODES } from './workflow';

/** Fewer than two workers take at once, so that all of them are under way in the same moment. */
const CALLS = 14;

/** What was sent in one moment, and how the executions ended that were not killed. */
interface Victims {
	moment: Moment;
	calls: ReferencedItem[][];
	killed: number;
	before: { withReference: Tally; without: Tally };
}

/**
 * Kills a worker in each of these moments, runs all executions again from their input, and counts what became of the
 * items with a reference and of those without. Returns what went wrong.
 *
 * @param isPatient whether to wait until n8n has given up the killed executions, or has run them again by itself
 */
export async function runKilled(
	stage: QueueStage,
	scene: Scene,
	moments: readonly Moment[],
	{ isPatient }: { isPatient: boolean },
): Promise<string[]> {
	heading(
		`Killed workers: ${plural(CALLS, 'call')} a moment, each with ${REFERENCES_PER_CALL} items that have a reference and ${REFERENCES_PER_CALL} that have none`,
	);
	const victims: Victims[] = [];
	for (const moment of moments) victims.push(await killIn(moment, stage, scene));
	if (isPatient) {
		const rows = await settle(stage, scene);
		line('Executions by status', countStatuses(rows.map(({ status }) => status)));
	}
	const differences = await runAgain(victims, stage, scene);
	for (const { moment, calls, killed, before } of victims) {
		const { withReference, without } = tallies(calls, scene);
		line(`Killed ${moment.name}`, plural(killed, 'execution'));
		line('  with references', ...numbers('references', before.withReference, withReference));
		line('  without', ...numbers('rows', before.without, without));
		const expected = CALLS * REFERENCES_PER_CALL;
		if (withReference.present !== expected || withReference.doubles > 0) {
			differences.push(
				`${moment.name}: ${withReference.present} of ${expected} references have a session, ${withReference.doubles} too many.`,
			);
		}
		if (without.present !== expected) {
			differences.push(`${moment.name}: ${without.present} of ${expected} rows have a session.`);
		}
	}
	return differences;
}

function numbers(noun: string, before: Tally, after: Tally): string[] {
	return [
		`${after.items} ${noun}`,
		`${before.present} sessions before they were run again`,
		`${after.present + after.doubles} after`,
		`${after.doubles} doubles`,
	];
}

function tallies(calls: ReferencedItem[][], { perculus }: Scene): Victims['before'] {
	const items = calls.flat();
	return {
		withReference: tally(
			items.filter(({ reference }) => reference !== undefined),
			perculus,
		),
		without: tally(
			items.filter(({ reference }) => reference === undefined),
			perculus,
		),
	};
}

/** Holds all executions in the moment, kills the newest worker, and starts another one. */
async function killIn(moment: Moment, stage: QueueStage, scene: Scene): Promise<Victims> {
	const { perculus } = scene;
	const victim = stage.workers.at(-1);
	if (!victim) throw new Error('There is no worker to kill.');
	const calls = scene.prepareReferenced(CALLS);
	const numbers = calls.map(([first]) => first?.call ?? NaN);
	const earlier = new Set((await listExecutions(stage, scene.workflowId)).map(({ id }) => id));
	const begunBefore = victim.begun().length;
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	perculus.fail(moment.fault(released, perculus));

	// Callers of killed executions wait for minutes; nobody waits for them here.
	void sendAtOnce(scene.webhook, calls);
	await stage.client.until(`all executions had come to "${moment.name}"`, async () => {
		const reached = moment.calls(perculus);
		return numbers.every((call) => reached.has(call)) || undefined;
	});
	signalGroup(victim.pid, 'SIGKILL');
	perculus.faults.length = 0;
	release();
	await victim.ended;
	const killed = new Set(victim.begun().slice(begunBefore));
	await stage.addWorker();
	await stage.client.until('the other executions had ended', async () => {
		const rows = (await listExecutions(stage, scene.workflowId)).filter(
			({ id }) => !earlier.has(id) && !killed.has(id),
		);
		return rows.every(({ status }) => status === 'success') || undefined;
	});
	return { moment, calls, killed: killed.size, before: tallies(calls, scene) };
}

/** Runs everything again, as a sender does that had no answer, whether it had been carried out or not. */
async function runAgain(victims: Victims[], stage: QueueStage, scene: Scene): Promise<string[]> {
	const calls = victims.flatMap(({ calls }) => calls);
	const earlier = new Set((await listExecutions(stage, scene.workflowId)).map(({ id }) => id));
	const replies = await sendAtOnce(scene.webhook, calls);
	line('Run again, answers by status', countStatuses(replies.map(({ status }) => status)));
	const rows = (await listExecutions(stage, scene.workflowId)).filter(({ id }) => !earlier.has(id));
	const executions = await readExecutions(stage, rows);
	const outputs = (output: number) =>
		executions.flatMap(({ execution }) => outputOf(execution, NODES.perculus, output));
	const [approved, rejected] = [outputs(0), outputs(1)];
	line('Items of that', ...outcomesOf([...approved, ...rejected]));
	const warned = approved.filter(({ json }) => json.warnings !== undefined).length;
	const differences: string[] = [];
	if (approved.length !== calls.flat().length || rejected.length > 0) {
		differences.push(`Run again, ${approved.length} items were approved, ${rejected.length} not.`);
	}
	if (warned > 0) differences.push(`Run again, ${warned} items had warnings.`);
	return differences;
}

function outcomesOf(items: Array<{ json: Record<string, unknown> }>): string[] {
	return [countStatuses(items.map(({ json }) => String(json.outcome)))];
}
