import { randomBytes } from 'node:crypto';

import { holdSessions } from '../engine/harness/held';
import { type Execution, type Workflow, linkedIndex, outputOf } from '../n8n/execution';
import type { Account } from './account';
import {
	type Credential,
	NODES,
	type SessionRow,
	attendanceWorkflow,
	exampleWorkflow,
	sampleRows,
	withReferences,
} from './example';
import { renderTable } from './table';

/** An item that came out of the Perculus node. */
interface Result {
	/** Index of the row it is linked to, or -1. */
	row: number;
	/** Such as "created", or "rejected: validation_error". */
	outcome: string;
	/** In upper case; empty for a rejected item. */
	guid: string;
	/** Why it was rejected. */
	message: string;
	/** The address the next node would write to: n8n found it through the item's link. */
	recipient: string;
}

function readBranches(execution: Execution): { approved: Result[]; rejected: Result[] } {
	const read = (output: number, nextNode: string) =>
		outputOf(execution, NODES.perculus, output).map((item, index) => {
			const { outcome, session_guid: guid = '', rejection } = item.json;
			const { reason, message = '' } = (rejection ?? {}) as { reason?: string; message?: string };
			return {
				row: linkedIndex(item) ?? -1,
				outcome: [outcome, reason].filter(Boolean).join(': '),
				guid: String(guid).toUpperCase(),
				message,
				recipient: String(outputOf(execution, nextNode)[index]?.json.to),
			};
		});
	return { approved: read(0, NODES.approved), rejected: read(1, NODES.rejected) };
}

const render = ({ row, outcome, guid, recipient }: Omit<Result, 'message'>) =>
	`row ${row + 1} ${outcome} ${guid} for ${recipient}`;

/**
 * What differs from the expected result of the sample; empty if nothing does.
 *
 * @param first the execution of the first run, if this is the second
 */
export function findDifferences(
	execution: Execution,
	rows: SessionRow[],
	first?: Execution,
): string[] {
	const { approved, rejected } = readBranches(execution);
	const earlier = first ? readBranches(first).approved : approved;
	const expect = (row: number, outcome: string, guid = '') =>
		render({ row, outcome, guid, recipient: rows[row]?.teacher ?? '' });
	const created = earlier.find(({ row }) => row === 0)?.guid;
	const updated = rows[2]?.session_guid?.toUpperCase();
	return [
		...compare('Approved', approved.map(render), [
			expect(0, first ? 'updated' : 'created', created),
			expect(2, 'updated', updated),
		]),
		...compare('Rejected', rejected.map(render), [
			expect(1, 'rejected: validation_error'),
			expect(3, 'rejected: session_not_found'),
		]),
	];
}

function compare(what: string, found: unknown[], expected: unknown[]): string[] {
	const [seen, wanted] = [found, expected].map((values) => values.map(String).sort().join('; '));
	return seen === wanted ? [] : [`${what}: expected ${wanted}; found ${seen || 'none'}.`];
}

/**
 * Runs the example twice, asks who attended a session, and prints what came back and whether it is as expected.
 *
 * @param run runs a workflow from its manual trigger
 * @returns the exit code
 */
export async function showExample(
	{ sessionGuid, server }: Account,
	credential: Credential,
	run: (workflow: Workflow) => Promise<Execution>,
): Promise<0 | 1> {
	const rows = withReferences(sampleRows(sessionGuid), randomBytes(3).toString('hex'));
	const workflow = exampleWorkflow(rows, credential);

	console.log(`\nFirst run: ${rows.length} rows, as a form or a spreadsheet would deliver them.`);
	const first = await run(workflow);
	showBranches(first, rows);
	const differences = findDifferences(first, rows);
	if (server) {
		const requests = server.batches().length;
		console.log(`\nBatch requests that reached the Perculus server: ${requests}.`);
		differences.push(...compare('Batch requests', [requests], [1]));
	}

	console.log('\nSecond run: the same rows, as when a form is sent twice.');
	const second = await run(workflow);
	showBranches(second, rows);
	const doubles = findDifferences(second, rows, first);
	if (server) doubles.push(...compare('Sessions', [server.sessions.size], [2]));
	if (doubles.length === 0) console.log('\nNo session exists twice.');
	differences.push(...doubles);

	for (const guid of server ? holdSessions(server, 1) : []) {
		console.log('\nWho attended a session that is over:\n');
		const attendance = await run(attendanceWorkflow(guid, credential));
		const people = outputOf(attendance, NODES.perculus).map(({ json }) => [
			String(json.email),
			json.attended === true ? 'yes' : 'no',
			String(Number(json.attended_seconds) / 60),
		]);
		console.log(renderTable(['Email', 'Attended', 'Minutes'], people));
		const came = ['ada@school.example,yes,60', 'bob@school.example,yes,20'];
		differences.push(...compare('Attendance', people, [...came, 'eve@school.example,no,0']));
	}

	if (differences.length === 0) console.log('\nThis is the expected result.');
	else console.log(`\nThis isn't the expected result:\n- ${differences.join('\n- ')}`);
	return differences.length === 0 ? 0 : 1;
}

function showBranches(execution: Execution, rows: SessionRow[]): void {
	const cellsOf = ({ row, outcome, guid }: Result) => [
		String(row + 1),
		rows[row] ? describeRow(rows[row]) : 'none is linked',
		outcome,
		guid,
	];
	const { approved, rejected } = readBranches(execution);
	console.log(`\nApproved branch: ${approved.length} items`);
	console.log(renderTable(['Row', 'Input', 'Outcome', 'Session GUID'], approved.map(cellsOf)));
	console.log(`\nRejected branch: ${rejected.length} items`);
	console.log(renderTable(['Row', 'Input', 'Outcome'], rejected.map(cellsOf)));
	for (const { row, message } of rejected) console.log(`Row ${row + 1}: ${message}`);
}

const describeRow = ({ session_guid: guid, name, start_date: start, duration }: SessionRow) =>
	guid === undefined
		? `New session ${name}, ${start}`
		: `Change session ${guid.slice(0, 8)}… to ${duration} minutes`;
