import { renderTable } from '../../demo/table';
import type { Bench } from '../lent';
import type { Sample } from '../sample';
import { GROWTHS, type Growth } from './names';

const RUNS = '5';

/** How the time grows with what is refused, and with what cannot be told apart. */
export async function growthTable(bench: Bench): Promise<string> {
	const { outputOf, startServer, median, ms, times } = bench;
	const rows: string[][] = [];
	for (const [growth, { refuses, sizes }] of Object.entries(GROWTHS) as Array<
		[Growth, (typeof GROWTHS)[Growth]]
	>) {
		const server = await startServer('bareServer.js', refuses);
		try {
			const medians: number[] = [];
			for (const size of sizes) {
				const args = [growth, String(size), RUNS, server.url];
				medians.push(median((await outputOf<Sample>('growth/sample.js', ...args)).times));
			}
			const [small = NaN, , large = NaN] = medians;
			const cells = medians.map((time, i) => `${sizes[i]} items: ${ms(time)}`);
			rows.push([growth, ...cells, `${times(large / small / (sizes[2] / sizes[0]))} linear`]);
		} finally {
			server.stop();
		}
	}
	return renderTable(
		['Refused and alike', 'small', 'middle', 'large', 'growth, small to large'],
		rows,
	);
}
