const isTerminal = process.stdout.isTTY === true;
const LABEL_WIDTH = 58;

/** 75000 → "1 min 15 s". */
export function formatElapsed(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Shows that something is going on while the work is done: one line that counts on a terminal, a
 * line from time to time in a log.
 */
export async function withProgress<T>(label: string, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	const line = (end = '') =>
		`  ${label.padEnd(LABEL_WIDTH, ' ')} ${formatElapsed(Date.now() - start)}${end}`;
	const redraw = (end = '') => process.stdout.write(`\r\u001b[2K${line(end)}`);
	if (isTerminal) redraw();
	const timer = isTerminal
		? setInterval(() => redraw(), 1_000)
		: setInterval(() => console.log(line(' so far')), 15_000);
	const finish = (end: string) => {
		clearInterval(timer);
		if (isTerminal) redraw(`${end}\n`);
		else console.log(line(end));
	};
	try {
		const result = await work();
		finish('');
		return result;
	} catch (error) {
		finish(', failed');
		throw error;
	}
}
