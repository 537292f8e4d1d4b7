/**
 * One scenario in a process of its own, so that nothing of another is in its memory.
 * Arguments: scenario, sessions, people of each, runs, url. Prints a Sample as JSON.
 */
import type { IDataObject } from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { AUTO_MAP, runPerculus } from '../../engine/harness';
import { runNode, type EngineRun } from '../../engine/harness/run';
import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';
import type { Sample } from '../sample';
import { attendeeFloor } from './floor';
import { MANY, type AttendeeScenario } from './names';

const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`;

/** People as a class list would have them, no two alike. */
const peopleOf = (sessions: number, people: number): IDataObject[] =>
	Array.from({ length: sessions * people }, (_, i) => ({
		session_guid: guidAt(Math.floor(i / people)),
		email: `pupil-${i}@school.example`,
		name: `Name ${i}`,
		surname: `Surname ${i % 500}`,
		role: i % 20 === 0 ? 'e' : 'u',
		room: i % 40,
	}));

async function run(
	scenario: AttendeeScenario,
	items: IDataObject[],
	url: string,
): Promise<EngineRun> {
	const keys = { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
	if (scenario === 'floor') {
		const credential = { type: new PerculusApi(), data: keys };
		return await runNode({ items, type: attendeeFloor(MANY.atOnce), credential });
	}
	const value = scenario === 'one session' ? guidAt(0) : '={{ $json.session_guid }}';
	return await runPerculus({
		server: { url },
		items,
		parameters: {
			resource: 'attendee',
			operation: 'upsert',
			session: { __rl: true, mode: 'guid', value } as never,
			fields: AUTO_MAP as never,
			options: {},
		},
	});
}

async function main(): Promise<void> {
	const [scenario, sessions, people, runs, url] = process.argv.slice(2) as [
		AttendeeScenario,
		string,
		string,
		string,
		string,
	];
	const items = () => peopleOf(Number(sessions), Number(people));
	await run(scenario, peopleOf(1, 100), url);
	const times: number[] = [];
	let heap = 0;
	for (let i = 0; i <= Number(runs); i++) {
		const given = items();
		global.gc?.();
		const before = process.memoryUsage().heapUsed;
		const done = await run(scenario, given, url);
		heap = Math.max(heap, process.memoryUsage().heapUsed - before);
		if (done.approved.length !== given.length)
			throw new Error(`${done.approved.length} approved: ${done.thrown?.message}`);
		// Warm-up: the first run of a size compiles the code.
		if (i > 0) times.push(done.executionMs);
	}
	process.stdout.write(JSON.stringify({ times, heap } satisfies Sample));
}

void main();
