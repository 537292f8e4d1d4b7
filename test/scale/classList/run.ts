import { credentialFor } from '../../e2e/stage';
import { sendAtOnce } from '../burst';
import { listExecutions, readExecutions } from '../executions';
import { countStatuses, heading, line, seconds, waits } from '../report';
import type { Scene } from '../scene';
import type { QueueStage } from '../stage';
import { classListWorkflow } from '../workflow';
import { auditList } from './audit';
import { CALLS, COURSES, PEOPLE, classList } from './list';

const PATH = 'perculus-class-list';

/**
 * A class list of 1,000 people over 50 sessions, sent twice: each person comes out once in each run, on the right branch,
 * and is in the session once. Returns what went wrong.
 */
export async function runClassList(stage: QueueStage, scene: Scene): Promise<string[]> {
	heading(`A class list of ${PEOPLE} people over ${COURSES.length} sessions`);
	const { perculus } = scene;
	const guids = makeSessions(scene);
	const refused = new Set<string>();
	// Documented: an e-mail address that belongs to somebody else.
	perculus.set({
		refuseAttendee: ({ email }) => (refused.has(String(email)) ? { code: 51 } : null),
	});
	const { client } = stage;
	const data = credentialFor(perculus);
	const credential = await client.createCredential('Class list account', 'perculusApi', data);
	const workflow = await client.createWorkflow(classListWorkflow(PATH, credential));
	await client.activateWorkflow(workflow);

	const differences: string[] = [];
	for (const round of ['first', 'second']) {
		const calls = classList(round === 'first' ? 0 : CALLS);
		for (const { fate, email, course } of calls.flat()) {
			if (fate === 'refused') refused.add(email);
			const guid = guids.get(course);
			if (round === 'first' && fate === 'there' && guid) perculus.preloadAttendee(guid, { email });
		}
		const requests = perculus.requestsTo('attendeeBatch').length;
		const begun = stage.workers.map((worker) => worker.begun().length);
		const start = performance.now();
		const replies = await sendAtOnce(`${client.url}/webhook/${PATH}`, calls);
		const elapsed = performance.now() - start;
		const rows = await listExecutions(stage, workflow.id);
		const executions = await readExecutions(stage, rows);
		line(`Answered, the ${round} time`, `${seconds(elapsed)} in all`, waits(replies));
		line('Answers by status', countStatuses(replies.map(({ status }) => status)));
		line('Requests for attendees', perculus.requestsTo('attendeeBatch').length - requests);
		const shares = stage.workers.map(
			(worker, index) => `${worker.name} ${worker.begun().length - (begun[index] ?? 0)}`,
		);
		line('Executions by worker', ...shares);
		const found = auditList(calls, executions, guids, scene);
		line('People not as they should be', found.length);
		differences.push(...found.map((difference) => `the ${round} time, ${difference}`));
	}
	perculus.set({ refuseAttendee: () => null });
	return differences;
}

/** Sessions with references; their GUIDs by them. */
function makeSessions({ perculus }: Scene): Map<string, string> {
	return new Map(
		COURSES.map((reference) => [
			reference,
			perculus.preload({ name: 'Course', tags: `school,ref:${reference}` }).session_guid,
		]),
	);
}
