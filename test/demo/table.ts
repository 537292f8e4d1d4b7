/**
 * Rows of text as a table for a terminal. Long texts continue on the next line.
 *
 * @param widths of the columns, in characters; without them, as wide as the longest cell
 */
export function renderTable(
	head: readonly string[],
	rows: readonly string[][],
	widths: readonly number[] = widthsOf([head, ...rows]),
): string {
	const joinCells = (cells: readonly string[]) =>
		widths
			.map((width, column) => (cells[column] ?? '').padEnd(width))
			.join('  ')
			.trimEnd();
	const renderRow = (row: readonly string[]) => {
		const cells = row.map((cell, column) => wrap(cell, widths[column] ?? cell.length));
		const height = Math.max(...cells.map((lines) => lines.length));
		return Array.from({ length: height }, (_, n) =>
			joinCells(cells.map((lines) => lines[n] ?? '')),
		);
	};
	const rule = joinCells(widths.map((width) => '─'.repeat(width)));
	return [...renderRow(head), rule, ...rows.flatMap(renderRow)].join('\n');
}

const widthsOf = ([head = [], ...rows]: ReadonlyArray<readonly string[]>) =>
	head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));

/** Breaks a text at spaces, or within a word that is longer than a line. */
function wrap(text: string, width: number): string[] {
	const line = new RegExp(`(?:.{1,${width}}(?= |$)|.{${width}}) *`, 'g');
	return text.split('\n').flatMap((part) => part.match(line)?.map((one) => one.trimEnd()) ?? ['']);
}
