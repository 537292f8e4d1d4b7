import type { IDataObject } from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import { AUTO_MAP, mapping, runPerculus } from '../engine/harness';
import { runNode, type EngineRun } from '../engine/harness/run';
import { ACCESS_KEY, SECRET_KEY } from '../perculus-server';
import { floor } from './floor';
import type { Scenario } from './names';

/** All of them three hours ahead of UTC all year, which is what the bare server answers. */
const ZONES = ['Europe/Istanbul', 'Europe/Minsk', 'Africa/Nairobi', 'Asia/Riyadh'];
const two = (n: number) => String(n).padStart(2, '0');

/** Rows as a sheet would deliver them, no two alike. */
function rows(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, i) => ({
		name: `Lesson ${i}`,
		start_date: `2027-${two(1 + (i % 12))}-${two(1 + (i % 28))} ${two(8 + (i % 10))}:${two((i % 4) * 15)}`,
		duration: 30 + (i % 7) * 15,
		timezone: ZONES[i % ZONES.length],
		lang: 'en-US',
		teacher: `teacher-${i}@school.example`,
		room: i % 40,
	}));
}

/** The same rows as a sheet has them that keeps everything in parts. */
function partedRows(count: number): IDataObject[] {
	return rows(count).map(({ start_date, timezone, duration, teacher, room }, number) => {
		const [day, time] = String(start_date).split(' ');
		const [area, city] = String(timezone).split('/');
		const [tens, ones] = [String(duration).slice(0, -1), String(duration).slice(-1)];
		return { number, day, time, tens, ones, area, city, tongue: 'en', teacher, room };
	});
}

const IDS = ['name', 'start_date', 'duration', 'timezone', 'lang'];
const DRAGGED = mapping(Object.fromEntries(IDS.map((id) => [id, `={{ $json.${id} }}`])));
/** What people write where one column is not enough. */
const TEXTS = mapping({
	name: '=Lesson {{ $json.number }}',
	start_date: '={{ $json.day }} {{ $json.time }}',
	duration: '={{ $json.tens }}{{ $json.ones }}',
	timezone: '={{ $json.area }}/{{ $json.city }}',
	lang: '={{ $json.tongue }}-US',
});
const COMPUTED = mapping({
	name: '={{ $json.name.trim() }}',
	start_date: '={{ $json.start_date.replace(" ", "T") }}',
	duration: '={{ $json.duration + 0 }}',
	timezone: '={{ $json.timezone || "UTC" }}',
	lang: '={{ $json.lang || "tr-TR" }}',
});

const FIELDS = {
	'auto-mapping': AUTO_MAP,
	'five dragged fields': DRAGGED,
	'five texts of references': TEXTS,
	'five computed expressions': COMPUTED,
};

/** Items, parameters and zone of a scenario, for the harness. */
export function inputOf(scenario: Exclude<Scenario, 'floor'>, count: number) {
	return {
		items: scenario === 'five texts of references' ? partedRows(count) : rows(count),
		timezone: 'Europe/Istanbul',
		parameters: {
			resource: 'session',
			operation: 'upsert',
			fields: FIELDS[scenario] as never,
			options: {},
		},
	};
}

/** Runs a scenario once in n8n's engine; `executionMs` is what n8n itself measured for the node. */
export async function run(scenario: Scenario, count: number, url: string): Promise<EngineRun> {
	if (scenario !== 'floor')
		return await runPerculus({ ...inputOf(scenario, count), server: { url } });
	const data = { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
	return await runNode({
		items: rows(count),
		type: floor,
		credential: { type: new PerculusApi(), data },
	});
}
