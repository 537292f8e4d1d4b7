import { randomBytes } from 'node:crypto';

import type { Execution } from '../n8n/execution';
import type { Account } from './account';
import { findDoubles, renderAgain } from './again';
import { findDifferences, readBranches, renderBranches } from './result';
import { sampleRows, withReferences, type SessionRow } from './rows';

/** Runs the example workflow once. */
export type RunExample = () => Promise<Execution>;

/**
 * Runs the example twice, and prints what was sent and what came back.
 *
 * @param prepare gets the rows of the example and returns what runs it
 * @returns what differs from the expected result; empty if nothing does
 */
export async function showExample(
	account: Account,
	prepare: (rows: SessionRow[]) => Promise<RunExample> | RunExample,
): Promise<string[]> {
	const rows = withReferences(sampleRows(account.sessionGuid), randomBytes(3).toString('hex'));
	const run = await prepare(rows);

	console.log(`\nFirst run: ${rows.length} rows, as a form or a spreadsheet would deliver them.\n`);
	const first = readBranches(await run());
	const requests = account.batchRequests?.();
	console.log(renderBranches(first, rows));
	if (requests !== undefined) {
		console.log(`\nBatch requests that reached the Perculus server: ${requests}.`);
	}

	console.log('\nSecond run: the same rows, as when a form is sent twice.\n');
	const again = readBranches(await run());
	console.log(renderAgain(first, again, rows));
	const doubles = findDoubles(first, again, rows, account.sessions?.());
	if (doubles.length === 0) console.log('\nNo session exists twice.');
	return [...findDifferences(first, rows, requests), ...doubles];
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
