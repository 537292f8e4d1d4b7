import { renderTable } from '../../demo/table';
import type { Bench } from '../lent';
import type { Asked, Lookups } from './sample';

/** Items, and how many other sessions with references the account has. */
const CASES = [
	[20, 0],
	[20, 5000],
	[1000, 0],
	[1000, 5000],
] as const;

/** The requests that references cost, counted. */
export async function lookupTable({ outputOf, ms }: Bench): Promise<string> {
	const rows: string[][] = [];
	for (const [items, others] of CASES) {
		const lookups = await outputOf<Lookups>('lookups/sample.js', String(items), String(others));
		for (const [outcome, asked] of Object.entries(lookups) as Array<[string, Asked]>) {
			const { searches, pages, batches, time } = asked;
			const counts = [searches, pages, batches].map(String);
			rows.push([String(items), `${others} others`, outcome, ...counts, ms(time)]);
		}
	}
	return renderTable(
		['References', 'among', 'outcome', 'searches', 'pages', 'batches', 'time'],
		rows,
	);
}
