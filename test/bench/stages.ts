/**
 * What each step of the node costs, in a process of its own.
 * Arguments: scenario, items, url. Prints Stages as JSON.
 */
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import { Perculus } from '../../nodes/Perculus/Perculus.node';
import { buildSession } from '../../nodes/Perculus/resources/session/build/build';
import { SESSION_COMPARISON } from '../../nodes/Perculus/resources/session/compare/compare';
import { SESSION_CATALOGUE } from '../../nodes/Perculus/resources/session/fields';
import { emit, type Settled } from '../../nodes/Perculus/batch/output/emit';
import { matchResults } from '../../nodes/Perculus/batch/match/matchResults';
import { outcomeOf, type Outcome } from '../../nodes/Perculus/batch/output/outcome';
import { itemReader } from '../../nodes/Perculus/batch/read/readItem';
import type { Draft } from '../../nodes/Perculus/resources/session/session';
import { classify } from '../../nodes/Perculus/transport/classify';
import { n8nTransport } from '../../nodes/Perculus/transport/client';
import { runNode } from '../engine/run';
import { ACCESS_KEY, SECRET_KEY } from '../perculus-server';
import type { Scenario } from './names';
import { inputOf } from './scenarios';

export type Stages = Record<string, number>;

/** The node's own steps, one after the other, each with a clock beside it. */
function staged(stages: Stages): INodeType {
	return Object.assign(new Perculus(), {
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			let at = performance.now();
			const lap = (stage: string) => {
				const now = performance.now();
				stages[stage] = ((now - at) * 1000) / items.length;
				at = now;
			};
			const readItem = itemReader(this, SESSION_CATALOGUE, false);
			const read = items.map(({ json }, index) => readItem(index, json));
			lap('read');
			const drafts = read.map(
				(mapped, index) =>
					buildSession(index, mapped, {
						operation: 'upsert',
						workflowZone: this.getTimezone(),
						startDateEncoding: 'wallClock',
					}) as Draft,
			);
			lap('build');
			const answer = await n8nTransport(this, 120).request({
				method: 'POST',
				path: '/session/batch',
				body: drafts.map(({ request }) => request),
			});
			lap('send (the server and n8n included)');
			const verdict = classify(answer);
			if (verdict.kind !== 'results') throw new Error(`The server answered with ${verdict.kind}`);
			const { results } = matchResults(
				drafts,
				verdict.approved,
				verdict.rejected,
				SESSION_COMPARISON,
			);
			lap('match');
			const settled = drafts.map((draft): Settled => {
				const result = results.get(draft);
				if (!result) throw new Error(`No result for item ${draft.index}`);
				const outcome: Outcome = outcomeOf(draft, result, Date.now());
				return { json: items[draft.index]?.json ?? {}, built: draft, outcome };
			});
			const outputs = emit(settled, {
				onError: undefined,
				includeInput: false,
				simplify: false,
				isTool: false,
				noun: { one: 'session', many: 'sessions' },
				hide: (text) => text,
			});
			lap('emit');
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
