import Table from 'cli-table3';
import { type Execution, type Item, linkedIndex, outputOf } from '../n8n/execution';
import { NODES } from './example';
import { type SessionRow, describeRow } from './rows';

/** Together 80 characters, with the lines between them. */
const COLUMN_WIDTHS = [5, 22, 10, 38];

/** One item that came out of the Perculus node. */
export interface Result {
	/** Index of the row it is linked to. */
	row: number | undefined;
	outcome: string;
	/** The session's GUID, or the reason of the rejection. */
	guidOrReason: string;
	/** Why it was rejected, in sentences; '' for an approved item. */
	explanation: string;
	/** Who the next node would write to: found through the link, by n8n itself. */
	recipient: string;
}

interface Rejection {
	reason: string;
	message: string;
}

export interface Branches {
	approved: Result[];
	rejected: Result[];
}

/** Reads the two branches out of an execution of the example. */
export function readBranches(execution: Execution): Branches {
	const perculus = (output: number) => outputOf(execution, NODES.perculus, output);
	const branch = (items: Item[], nextNode: string, read: (item: Item) => Partial<Result>) => {
		const letters = items.length > 0 ? outputOf(execution, nextNode) : [];
		return items.map((item, index) => ({
			row: linkedIndex(item),
			outcome: String(item.json.outcome),
			guidOrReason: '',
			explanation: '',
			recipient: String(letters[index]?.json.to),
			...read(item),
		}));
	};
	return {
		approved: branch(perculus(0), NODES.approved, ({ json }) => ({
			guidOrReason: String(json.session_guid),
		})),
		rejected: branch(perculus(1), NODES.rejected, ({ json }) => {
			const { reason, message } = json.rejection as Rejection;
			return { guidOrReason: reason, explanation: message };
		}),
	};
}

/** The two branches as text for a terminal. */
export function renderBranches({ approved, rejected }: Branches, rows: SessionRow[]): string {
	return [
		`Approved branch: ${countItems(approved)}`,
		renderTable('Session GUID', approved, rows),
		'',
		`Rejected branch: ${countItems(rejected)}`,
		renderTable('Reason', rejected, rows),
	].join('\n');
}

function countItems(results: Result[]): string {
	return `${results.length} ${results.length === 1 ? 'item' : 'items'}`;
}

function renderTable(lastColumn: string, results: Result[], rows: SessionRow[]): string {
	const table = new Table({
		head: ['Row', 'What was asked', 'Outcome', lastColumn],
		colWidths: COLUMN_WIDTHS,
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const { row, outcome, guidOrReason, explanation } of results) {
		const asked = row === undefined ? undefined : rows[row];
		table.push([
			row === undefined ? '?' : String(row + 1),
			asked ? describeRow(asked) : 'no row is linked to this item',
			outcome,
			[guidOrReason, explanation].join('\n').trim(),
		]);
	}
	return table.toString();
}

/** What is not as the sample promises; empty when all is well. */
export function findDifferences(
	{ approved, rejected }: Branches,
	rows: SessionRow[],
	batchRequests: number | undefined,
): string[] {
	const expected = {
		approved: ['1 created', '3 updated'],
		rejected: ['2 rejected validation_error', '4 rejected session_not_found'],
	};
	const found = {
		approved: approved.map(({ row, outcome }) => `${rowNumber(row)} ${outcome}`).sort(),
		rejected: rejected
			.map(({ row, outcome, guidOrReason }) => `${rowNumber(row)} ${outcome} ${guidOrReason}`)
			.sort(),
	};
	const differences: string[] = [];
	for (const branch of ['approved', 'rejected'] as const) {
		if (found[branch].join() === expected[branch].join()) continue;
		differences.push(
			`${branch}: expected rows ${expected[branch].join(', ')}; ` +
				`found ${found[branch].join(', ') || 'none'}.`,
		);
	}
	for (const { row, recipient } of [...approved, ...rejected]) {
		const teacher = row === undefined ? undefined : rows[row]?.teacher;
		if (recipient !== teacher) {
			differences.push(`row ${rowNumber(row)}: the letter would go to ${recipient}.`);
		}
	}
	for (const [index, { session_guid: guid }] of rows.entries()) {
		const updated = approved.find(({ row }) => row === index);
		if (guid && updated && updated.guidOrReason.toLowerCase() !== guid.toLowerCase()) {
			differences.push(`row ${index + 1}: another session came back.`);
		}
	}
	if (batchRequests !== undefined && batchRequests !== 1) {
		differences.push(`expected 1 batch request; the server received ${batchRequests}.`);
	}
	return differences;
}

function rowNumber(row: number | undefined): string {
	return row === undefined ? '?' : String(row + 1);
}
