import type { Branches, Result } from './result';
import type { SessionRow } from './rows';
import { renderTable } from './table';

const COLUMN_WIDTHS = [3, 30, 10, 10, 8];

/** The outcomes of one row in two runs. */
interface Twice {
	/** Index of the row. */
	row: number;
	/** The outcome of each run; `nothing` where no single item came out. */
	outcomes: [string, string];
	/** The sessions that answered for it, by their GUIDs in upper case. */
	guids: Set<string>;
}

function compareRuns(first: Branches, again: Branches, rows: SessionRow[]): Twice[] {
	return rows.map((_, row) => {
		const found = [first, again].map(({ approved, rejected }) => ({
			approved: approved.filter((result) => result.row === row),
			rejected: rejected.filter((result) => result.row === row),
		}));
		const [one, other] = found.map((branches) =>
			onlyOutcome([...branches.approved, ...branches.rejected]),
		);
		const guids = found.flatMap(({ approved }) =>
			approved.map(({ guidOrReason }) => guidOrReason.toUpperCase()),
		);
		return { row, outcomes: [one ?? '', other ?? ''], guids: new Set(guids) };
	});
}

function onlyOutcome(results: Result[]): string {
	return results.length === 1 ? (results[0]?.outcome ?? '') : 'nothing';
}

/** The two runs of the same rows beside each other, for a terminal. */
export function renderAgain(first: Branches, again: Branches, rows: SessionRow[]): string {
	return renderTable(
		['Row', 'Known by', 'First run', 'Second run', 'Sessions'],
		compareRuns(first, again, rows).map(({ row, outcomes, guids }) => [
			String(row + 1),
			knownBy(rows[row]),
			...outcomes,
			String(guids.size),
		]),
		COLUMN_WIDTHS,
	);
}

function knownBy(row: SessionRow | undefined): string {
	const { session_reference: reference, session_guid: guid } = row ?? {};
	return reference === undefined ? `GUID ${guid?.slice(0, 8) ?? ''}…` : `reference ${reference}`;
}

/**
 * What is not as promised of rows that ran twice; empty when nothing is there twice.
 *
 * @param sessions how many there are at Perculus by now, where that is known
 */
export function findDoubles(
	first: Branches,
	again: Branches,
	rows: SessionRow[],
	sessions: number | undefined,
): string[] {
	const differences = compareRuns(first, again, rows).flatMap(({ row, outcomes, guids }) => {
		const [before, after] = outcomes;
		const expected = before === 'created' ? 'updated' : before;
		return [
			...(after === expected
				? []
				: [`row ${row + 1}, once more: expected ${expected}; found ${after}.`]),
			...(guids.size <= 1 ? [] : [`row ${row + 1}: there are ${guids.size} sessions for it.`]),
		];
	});
	const expected = new Set(first.approved.map(({ guidOrReason }) => guidOrReason.toUpperCase()));
	if (sessions !== undefined && sessions !== expected.size) {
		differences.push(`expected ${expected.size} sessions at Perculus; there are ${sessions}.`);
	}
	return differences;
}
