/**
 * `npx tsx test/bench/realN8n.ts`: the node in a real n8n, beside what a user would build without it, on the same rows and the
 * same bare server. Times are the ones that n8n itself writes down for each node.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { renderTable } from '../demo/table';
import { chain, credentialFor, perculusNode } from '../e2e/stage';
import { Cleanup, runScript } from '../n8n/script';
import type { N8nClient } from '../n8n/client';
import { setStage } from '../n8n/stage';
import type { WorkflowNode } from '../n8n/execution';

const SIZES = [1000, 10_000];
const RUNS = 3;

const FIELDS = ['name', 'start_date', 'duration', 'timezone', 'lang'];
const DRAGGED = Object.fromEntries(FIELDS.map((id) => [id, `={{ $json.${id} }}`]));

let placed = 0;
function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	placed++;
	return {
		id: `node-${placed}`,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [placed * 200, 0],
		parameters,
	};
}

const code = (name: string, jsCode: string) => node(name, 'code', 2, { jsCode });

const rows = (count: number) =>
	code(
		'Rows',
		`return Array.from({ length: ${count} }, (_, i) => ({ json: {
			name: 'Lesson ' + i,
			start_date: '2027-' + String(1 + (i % 12)).padStart(2, '0') + '-' + String(1 + (i % 28)).padStart(2, '0') + ' 14:00',
			duration: 30 + (i % 7) * 15,
			timezone: 'Europe/Istanbul',
			lang: 'en-US',
		} }));`,
	);

const post = (name: string, url: string, jsonBody: string) =>
	node(name, 'httpRequest', 4.2, {
		method: 'POST',
		url: `${url}/xapi/v2/session/batch`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
		options: {},
	});

const ONE_BODY =
	'={{ JSON.stringify([{ name: $json.name, start_date: $json.start_date.replace(" ", "T") + ":00Z", duration: $json.duration, timezone: $json.timezone, lang: $json.lang }]) }}';
const GATHER =
	'return [{ json: { sessions: $input.all().map(({ json }) => ({ ...json, start_date: json.start_date.replace(" ", "T") + ":00Z" })) } }];';
const SPREAD =
	'return $input.first().json.approved.map((json, item) => ({ json, pairedItem: { item } }));';

/** A way to do the same job: the nodes between the rows and the end. */
interface Way {
	name: string;
	nodes(): WorkflowNode[];
}

function ways(url: string, credential: { id: string; name: string }): Way[] {
	const perculus = (fields: Record<string, unknown>) =>
		perculusNode(credential, {
			parameters: { resource: 'session', operation: 'upsert', fields, options: {} },
		});
	const mapper = (mappingMode: string, value: unknown) => ({
		mappingMode,
		value,
		matchingColumns: [],
		schema: [],
	});
	const assignments = FIELDS.map((id) => ({ id, name: id, type: 'string', value: DRAGGED[id] }));
	return [
		{ name: 'Perculus, auto-mapping', nodes: () => [perculus(mapper('autoMapInputData', null))] },
		{
			name: 'Perculus, five dragged fields',
			nodes: () => [perculus(mapper('defineBelow', DRAGGED))],
		},
		{
			name: "n8n's own evaluation of these five (Edit Fields, nothing sent)",
			nodes: () => [
				node('Edit Fields', 'set', 3.4, {
					assignments: { assignments },
					options: { ignoreConversionErrors: true },
				}),
			],
		},
		{
			name: 'Code, one HTTP Request, Code (no check, no pairing)',
			nodes: () => [
				code('Gather', GATHER),
				post('HTTP Request', url, '={{ $json.sessions }}'),
				code('Spread', SPREAD),
			],
		},
		{
			name: 'HTTP Request, one an item',
			nodes: () => [post('HTTP Request', url, ONE_BODY)],
		},
	];
}

/** Milliseconds that the nodes of a way took together, the least of several runs. */
async function measure(client: N8nClient, way: Way, size: number): Promise<number> {
	const nodes = way.nodes();
	const start = node('Start', 'manualTrigger', 1, {});
	const workflow = await client.createWorkflow(chain(way.name, start, rows(size), ...nodes));
	let least = Infinity;
	for (let run = 0; run < RUNS; run++) {
		const { status, result } = await client.runWorkflow(workflow, 'Start');
		if (status !== 'success') throw new Error(`${way.name}: ${result.error?.message ?? status}`);
		const times = nodes.map(({ name }) => result.runData[name]?.[0]?.executionTime ?? NaN);
		least = Math.min(
			least,
			times.reduce((sum, time) => sum + time, 0),
		);
	}
	return least;
}

async function startBareServer(cleanup: Cleanup): Promise<string> {
	const child = spawn(
		process.execPath,
		[require.resolve('tsx/cli'), join(__dirname, 'bareServer.ts')],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	cleanup.add(() => void child.kill());
	const [port] = (await once(child.stdout, 'data')) as [Buffer];
	return `http://127.0.0.1:${port.toString().trim()}`;
}

const cleanup = new Cleanup();

async function main(): Promise<void> {
	const url = await startBareServer(cleanup);
	const { client } = await setStage(cleanup);
	const credential = await client.createCredential(
		'Perculus account',
		'perculusApi',
		credentialFor({ url }),
	);
	const head = [
		'Least of 3 runs',
		...SIZES.flatMap((size) => [`${size} items`, 'of auto-mapping']),
	];
	const table: string[][] = [];
	const first = new Map<number, number>();
	for (const way of ways(url, credential)) {
		const cells: string[] = [];
		for (const size of SIZES) {
			const time = await measure(client, way, size);
			if (!first.has(size)) first.set(size, time);
			cells.push(`${time} ms`, `${(time / (first.get(size) ?? NaN)).toFixed(1)} ×`);
		}
		table.push([way.name, ...cells]);
	}
	console.log(`\n${renderTable(head, table)}`);
}

runScript(cleanup, main);
