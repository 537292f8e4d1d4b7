import { renderTable } from '../../demo/table';
import type { Bench } from '../lent';
import type { Sample } from '../sample';
import { ATTENDEE_SCENARIOS, MANY, type AttendeeScenario } from './names';

const SIZES = [1000, 10_000, 50_000];
const ROUNDS = 3;

/** Attendees of one session against the floor, and of many sessions against what so many at a time need. */
export async function attendeeTables(bench: Bench): Promise<string[]> {
	return [await ofOneSession(bench), await ofManySessions(bench)];
}

async function ofOneSession(bench: Bench): Promise<string> {
	const { outputOf, startServer, median, ms, times } = bench;
	const server = await startServer('attendees/bareServer.js', '0');
	const results = new Map<string, number[]>();
	try {
		for (const size of SIZES) {
			for (let round = 0; round < ROUNDS; round++) {
				for (const scenario of ATTENDEE_SCENARIOS) {
					const args = [scenario, '1', String(size), size >= 50_000 ? '5' : '9', server.url];
					const sample = await outputOf<Sample>('attendees/sample.js', ...args);
					const key = `${scenario} ${size}`;
					results.set(key, [...(results.get(key) ?? []), ...sample.times]);
				}
			}
		}
	} finally {
		server.stop();
	}
	const time = (scenario: AttendeeScenario, size: number) =>
		median(results.get(`${scenario} ${size}`) ?? []);
	const head = [
		'Attendees of one session',
		...SIZES.map((size) => `${size} items`),
		'growth, 1,000 to 50,000',
	];
	const rows = ATTENDEE_SCENARIOS.map((scenario) => {
		const growth = time(scenario, 50_000) / time(scenario, 1000) / 50;
		const ratio = (size: number) =>
			scenario === 'floor'
				? ''
				: `, ${times(time(scenario, size) / time('floor', size))} the floor`;
		return [
			scenario,
			...SIZES.map((size) => ms(time(scenario, size)) + ratio(size)),
			`${times(growth)} linear`,
		];
	});
	return renderTable(head, rows);
}

async function ofManySessions(bench: Bench): Promise<string> {
	const { outputOf, startServer, median, ms, times } = bench;
	const { sessions, people, latencyMs, atOnce } = MANY;
	const server = await startServer('attendees/bareServer.js', String(latencyMs));
	const least = (sessions / atOnce) * latencyMs;
	const head = [
		`${sessions} sessions × ${people} people, ${latencyMs} ms an answer`,
		'time',
		`of the ${ms(least)} that ${atOnce} at a time need`,
	];
	const rows: string[][] = [];
	try {
		for (const scenario of ['floor', 'dragged session'] as const) {
			const args = [scenario, String(sessions), String(people), '3', server.url];
			const time = median((await outputOf<Sample>('attendees/sample.js', ...args)).times);
			rows.push([scenario, ms(time), times(time / least)]);
		}
	} finally {
		server.stop();
	}
	return renderTable(head, rows);
}
