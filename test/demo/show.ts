import { randomBytes } from 'node:crypto';

import type { Execution } from '../n8n/execution';
import type { Workflow } from '../n8n/workflow';
import type { Account } from './account';
import { findDoubles, renderAgain } from './again';
import { attendanceWorkflow, findOtherPeople, renderPeople } from './attendance';
import { exampleWorkflow } from './example';
import { findDifferences, readBranches, renderBranches } from './result';
import { sampleRows, withReferences } from './rows';

/** Where the workflows run: n8n's engine in this process, or a real n8n. */
export interface Runner {
	/** The credential of the account, as nodes refer to it. */
	credential: { id: string; name: string };
	/** Runs a workflow from its manual trigger. */
	run: (workflow: Workflow) => Promise<Execution>;
}

/**
 * Runs the example twice, asks who attended a session, and prints what was sent and what came back.
 *
 * @returns what differs from the expected result; empty if nothing does
 */
export async function showExample(
	account: Account,
	{ credential, run }: Runner,
): Promise<string[]> {
	const rows = withReferences(sampleRows(account.sessionGuid), randomBytes(3).toString('hex'));
	const workflow = exampleWorkflow(rows, credential);

	console.log(`\nFirst run: ${rows.length} rows, as a form or a spreadsheet would deliver them.\n`);
	const first = readBranches(await run(workflow));
	const requests = account.batchRequests?.();
	console.log(renderBranches(first, rows));
	if (requests !== undefined) {
		console.log(`\nBatch requests that reached the Perculus server: ${requests}.`);
	}

	console.log('\nSecond run: the same rows, as when a form is sent twice.\n');
	const again = readBranches(await run(workflow));
	console.log(renderAgain(first, again, rows));
	const doubles = findDoubles(first, again, rows, account.sessions?.());
	if (doubles.length === 0) console.log('\nNo session exists twice.');
	return [
		...findDifferences(first, rows, requests),
		...doubles,
		...(await showAttendance(account, { credential, run })),
	];
}

/** Who attended a session of the local account. */
async function showAttendance(
	{ holdSession }: Account,
	{ credential, run }: Runner,
): Promise<string[]> {
	const guid = holdSession?.();
	if (guid === undefined) return [];
	console.log('\nWho attended a session that is over:\n');
	const execution = await run(attendanceWorkflow(guid, credential));
	console.log(renderPeople(execution));
	return findOtherPeople(execution);
}

/** Prints the verdict; returns the exit code. */
export function showVerdict(differences: string[]): 0 | 1 {
	console.log(
		differences.length === 0
			? '\nThis is the expected result.'
			: `\nThis isn't the expected result:\n- ${differences.join('\n- ')}`,
	);
	return differences.length === 0 ? 0 : 1;
}
