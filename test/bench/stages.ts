/**
 * What each step of the node costs, in a process of its own.
 * Arguments: scenario, items, url. Prints Stages as JSON.
 */
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import { Perculus } from '../../nodes/Perculus/Perculus.node';
import { beginRun } from '../../nodes/Perculus/batch/begin';
import { build } from '../../nodes/Perculus/batch/build/build';
import { matcherOf, type Match } from '../../nodes/Perculus/batch/match/matchResults';
import { output } from '../../nodes/Perculus/batch/output/output';
import { read } from '../../nodes/Perculus/batch/read/readItems';
import { resolve } from '../../nodes/Perculus/batch/resolve/resolve';
import { send } from '../../nodes/Perculus/batch/send/send';
import { SESSION_CATALOGUE } from '../../nodes/Perculus/resources/session/fields';
import type { SessionDraft } from '../../nodes/Perculus/resources/session/session';
import { sessionWrites } from '../../nodes/Perculus/resources/session/upsert';
import { runNode } from '../engine/run';
import { ACCESS_KEY, SECRET_KEY } from '../perculus-server';
import type { Scenario } from './names';
import { inputOf } from './scenarios';

export type Stages = Record<string, number>;

/** The steps of `runBatch`, one after the other, each with a clock beside it. */
function staged(stages: Stages): INodeType {
	return Object.assign(new Perculus(), {
		async execute(this: IExecuteFunctions) {
			const operation = sessionWrites(SESSION_CATALOGUE);
			const run = await beginRun(this, operation.perItemOptions);
			const resource = operation.open(run);
			let at = performance.now();
			const note = (stage: string, milliseconds: number) => {
				stages[stage] = (milliseconds * 1000) / run.items.length;
			};
			const lap = (stage: string, elsewhere = 0) => {
				const now = performance.now();
				note(stage, now - at - elsewhere);
				at = now;
			};
			const items = read(run, resource.catalogue);
			lap('read');
			const resolutions = await resolve(items, resource);
			lap('resolve');
			const built = build(items, resolutions, resource);
			lap('build');
			let matching = 0;
			const matchResults = matcherOf(resource.matchRules);
			const match: Match<SessionDraft> = (...answer) => {
				const from = performance.now();
				const matched = matchResults(...answer);
				matching += performance.now() - from;
				return matched;
			};
			const sent = await send(built, resource, run, match);
			lap('send (the server and n8n included)', matching);
			note('match', matching);
			const outputs = await output(built, sent, resource, run);
			lap('output');
			return outputs;
		},
	});
}

/** Microseconds an item for each step, medians of several runs. */
async function measureStages(
	scenario: Exclude<Scenario, 'floor'>,
	count: number,
	url: string,
): Promise<Stages> {
	const all: Stages[] = [];
	for (let i = 0; i < 8; i++) {
		const stages: Stages = {};
		const { thrown } = await runNode({
			...inputOf(scenario, count),
			type: staged(stages),
			credential: {
				type: new PerculusApi(),
				data: { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY },
			},
		});
		if (thrown) throw new Error(thrown.message);
		if (i > 0) all.push(stages);
	}
	return Object.fromEntries(
		Object.keys(all[0] ?? {}).map((stage) => [
			stage,
			[...all.map((one) => one[stage] ?? NaN)].sort((a, b) => a - b)[3] ?? NaN,
		]),
	);
}

async function main(): Promise<void> {
	const [scenario, items, url] = process.argv.slice(2) as [
		Exclude<Scenario, 'floor'>,
		string,
		string,
	];
	process.stdout.write(JSON.stringify(await measureStages(scenario, Number(items), url)));
}

void main();
