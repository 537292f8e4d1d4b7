import { randomBytes } from 'node:crypto';

import { holdSessions } from '../engine/harness/held';
import { type Execution, type Workflow, linkedIndex, outputOf } from '../n8n/execution';
import type { Account } from './account';
import {
	NODES,
	type SessionRow,
	attendanceWorkflow,
	exampleWorkflow,
	sampleRows,
	withReferences,
} from './example';
import { renderTable } from './table';

/** Where the workflows run: n8n's engine in this process, or a real n8n. */
export interface Runner {
	/** The credential of the account, as nodes refer to it. */
	credential: { id: string; name: string };
	/** Runs a workflow from its manual trigger. */
	run: (workflow: Workflow) => Promise<Execution>;
}

/** One item that came out of the Perculus node. */
interface Result {
	branch: 'Approved' | 'Rejected';
	/** Index of the row it is linked to, or -1. */
	row: number;
	/** Such as "created", or "rejected: validation_error". */
	outcome: string;
	/** In upper case; empty for a rejected item. */
	guid: string;
	/** Why it was rejected. */
	message: string;
	/** The address the next node would write to: found through the item's link, by n8n itself. */
	recipient: string;
}

/** Branch and outcome of each row of the sample. */
const EXPECTED = [
	['Approved', 'created'],
	['Rejected', 'rejected: validation_error'],
	['Approved', 'updated'],
	['Rejected', 'rejected: session_not_found'],
];

/** Who attended, and for how many minutes: Ada for the whole hour, Bob twice, Eve never. */
const PEOPLE = [
	['ada@school.example', 'yes', '60'],
	['bob@school.example', 'yes', '20'],
	['eve@school.example', 'no', '0'],
];

function readResults(execution: Execution): Result[] {
	const read = (branch: Result['branch'], output: number, nextNode: string) =>
		outputOf(execution, NODES.perculus, output).map((item, index): Result => {
			const { outcome, session_guid: guid = '', rejection } = item.json;
			const { reason, message } = (rejection ?? {}) as { reason?: string; message?: string };
			return {
				branch,
				row: linkedIndex(item) ?? -1,
				outcome: [outcome, reason].filter(Boolean).join(': '),
				guid: String(guid).toUpperCase(),
				message: message ?? '',
				recipient: String(outputOf(execution, nextNode)[index]?.json.to),
			};
		});
	return [...read('Approved', 0, NODES.approved), ...read('Rejected', 1, NODES.rejected)];
}

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
	const results = readResults(execution);
	const earlier = readResults(first ?? execution);
	const expected = rows.map(({ teacher, session_guid: asked }, row) => {
		const [branch, outcome] = EXPECTED[row] ?? [];
		const { guid = '' } = earlier.find((result) => result.row === row) ?? {};
		const known = branch === 'Approved' ? (asked?.toUpperCase() ?? guid) : '';
		const again = first && outcome === 'created' ? 'updated' : outcome;
		return ['row', row + 1, branch, again, teacher, known].join(' ').trim();
	});
	const found = results.map(({ row, branch, outcome, recipient, guid }) =>
		['row', row + 1, branch, outcome, recipient, guid].join(' ').trim(),
	);
	return compare('Items', found, expected);
}

function compare(what: string, found: string[], expected: string[]): string[] {
	const [seen, wanted] = [found, expected].map((texts) => [...texts].sort().join('; '));
	return seen === wanted ? [] : [`${what}: expected ${wanted}; found ${seen || 'none'}.`];
}

/**
 * Runs the example twice, asks who attended a session, and prints what came back and whether it is as expected.
 *
 * @returns the exit code
 */
export async function showExample(
	{ sessionGuid, server }: Account,
	{ credential, run }: Runner,
): Promise<0 | 1> {
	const rows = withReferences(sampleRows(sessionGuid), randomBytes(3).toString('hex'));
	const workflow = exampleWorkflow(rows, credential);
	const differences: string[] = [];

	console.log(`\nFirst run: ${rows.length} rows, as a form or a spreadsheet would deliver them.`);
	const first = await run(workflow);
	showResults(first, rows);
	differences.push(...findDifferences(first, rows));
	if (server) {
		const batches = String(server.batches().length);
		console.log(`\nBatch requests that reached the Perculus server: ${batches}.`);
		differences.push(...compare('Batch requests', [batches], ['1']));
	}

	console.log('\nSecond run: the same rows, as when a form is sent twice.');
	const second = await run(workflow);
	showResults(second, rows);
	const doubles = findDifferences(second, rows, first);
	if (server) doubles.push(...compare('Sessions', [String(server.sessions.size)], ['2']));
	if (doubles.length === 0) console.log('\nNo session exists twice.');
	differences.push(...doubles);

	const [held] = server ? holdSessions(server, 1) : [];
	if (held !== undefined) {
		console.log('\nWho attended a session that is over:\n');
		const people = readPeople(await run(attendanceWorkflow(held, credential)));
		console.log(renderTable(['Email', 'Attended', 'Minutes'], people));
		differences.push(...compare('Attendance', people.map(String), PEOPLE.map(String)));
	}

	if (differences.length === 0) console.log('\nThis is the expected result.');
	else console.log(`\nThis isn't the expected result:\n- ${differences.join('\n- ')}`);
	return differences.length === 0 ? 0 : 1;
}

function showResults(execution: Execution, rows: SessionRow[]): void {
	const results = readResults(execution);
	for (const branch of ['Approved', 'Rejected']) {
		const items = results.filter((result) => result.branch === branch);
		const cells = items.map(({ row, outcome, guid }) => [
			String(row + 1),
			describeRow(rows[row]),
			outcome,
			guid,
		]);
		const last = branch === 'Approved' ? ['Session GUID'] : [];
		console.log(`\n${branch} branch: ${items.length} items`);
		console.log(renderTable(['Row', 'Input', 'Outcome', ...last], cells));
		for (const { row, message } of items) if (message) console.log(`Row ${row + 1}: ${message}`);
	}
}

function describeRow(row?: SessionRow): string {
	const { session_guid: guid, name, start_date: start, duration } = row ?? {};
	return guid === undefined
		? `New session ${name}, ${start}`
		: `Change session ${guid.slice(0, 8)}… to ${duration} minutes`;
}

const readPeople = (execution: Execution): string[][] =>
	outputOf(execution, NODES.perculus).map(({ json }) => [
		String(json.email),
		json.attended === true ? 'yes' : 'no',
		String(Number(json.attended_seconds) / 60),
	]);
