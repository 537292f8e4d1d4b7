/** Rows of text as a table for a terminal. */
export function renderTable(head: readonly string[], rows: readonly string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
	);
	const render = (row: readonly string[]) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd();
	return [head, widths.map((width) => '─'.repeat(width)), ...rows].map(render).join('\n');
}
