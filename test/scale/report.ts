import type { Reply } from './burst';

/** Prints a heading. */
export function heading(text: string): void {
	console.log(`\n${text}\n`);
}

/** Prints a line of a list. */
export function line(label: string, ...values: Array<string | number>): void {
	console.log(`  ${label.padEnd(44, ' ')} ${values.join(', ')}`);
}

/** "1 call", "2 calls". */
export function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** 1234 → "1.2 s". */
export function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** How many replies there were of each status: "200: 48, TimeoutError: 2". */
export function countStatuses(statuses: Array<string | number>): string {
	const counts = new Map<string | number, number>();
	for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
	return [...counts].map(([status, count]) => `${status}: ${count}`).join(', ') || 'none';
}

/** The time half of the callers waited at most, and the longest wait. */
export function waits(replies: Reply[]): string {
	const sorted = replies.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
	const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
	return `half within ${seconds(middle)}, the last after ${seconds(sorted.at(-1) ?? 0)}`;
}
