import { type Execution, type Item, linkedIndex, outputOf } from '../n8n/execution';
import { NODES } from './example';
import { type SessionRow, describeRow } from './rows';
import { renderTable } from './table';

const COLUMN_WIDTHS = [3, 24, 8, 42];

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
		renderResults('Session GUID', approved, rows),
		'',
		`Rejected branch: ${countItems(rejected)}`,
		renderResults('Reason', rejected, rows),
	].join('\n');
}

function countItems(results: Result[]): string {
	return `${results.length} ${results.length === 1 ? 'item' : 'items'}`;
}

function renderResults(lastColumn: string, results: Result[], rows: SessionRow[]): string {
	return renderTable(
		['Row', 'Input', 'Outcome', lastColumn],
		results.map(({ row, outcome, guidOrReason, explanation }) => {
			const asked = row === undefined ? undefined : rows[row];
			return [
				rowNumber(row),
				asked ? describeRow(asked) : 'no row is linked to this item',
				outcome,
				[guidOrReason, explanation].join('\n').trim(),
			];
		}),
		COLUMN_WIDTHS,
	);
}

/** What differs from the expected result of the sample; empty if nothing does. */
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
