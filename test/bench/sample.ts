/**
 * One scenario at one size in a process of its own, so that nothing of another is in its memory.
 * Arguments: table, scenario, items, runs, url. Prints the milliseconds of the node in each run, as n8n measures them.
 */
import type { IDataObject } from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import { runPerculus } from '../engine/harness';
import { runNode, type EngineRun } from '../engine/harness/run';
import { ACCESS_KEY, SECRET_KEY } from '../perculus-server';
import { floor } from './floor';
import { TABLES, type Scenario } from './scenarios';

async function run(
	{ parameters }: Scenario,
	items: IDataObject[],
	url: string,
): Promise<EngineRun> {
	if (parameters) {
		const given = parameters as never;
		return await runPerculus({
			items,
			server: { url },
			timezone: 'Europe/Istanbul',
			parameters: given,
		});
	}
	const data = { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
	return await runNode({ items, type: floor, credential: { type: new PerculusApi(), data } });
}

async function main(): Promise<void> {
	const [table = '', name = '', items = '', runs = '', url = ''] = process.argv.slice(2);
	const scenario = TABLES[table]?.scenarios[name];
	if (!scenario) throw new Error(`There is no ${name} of ${table}.`);
	const share = { none: 0, half: 0.5, all: 1 }[TABLES[table]?.server?.[0] ?? 'none'];
	await run(scenario, scenario.rows(100), url);
	const times: number[] = [];
	for (let i = 0; i <= Number(runs); i++) {
		const rows = scenario.rows(Number(items));
		global.gc?.();
		const { approved, rejected, thrown, executionMs } = await run(scenario, rows, url);
		// Sessions that are alike can't be told apart in a response: more than half may be rejected.
		const isRight = rejected.length >= share * rows.length && (share > 0 || rejected.length === 0);
		if (approved.length + rejected.length !== rows.length || !isRight)
			throw new Error(`${approved.length} approved, ${rejected.length} not: ${thrown?.message}`);
		// Warm-up: the first run of a size compiles the code.
		if (i > 0) times.push(executionMs);
	}
	process.stdout.write(JSON.stringify(times));
}

void main();
