import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ResourceMapperField } from 'n8n-workflow';
import { mapperFields } from '../../nodes/Perculus/methods';
import { SESSION_FIELDS } from '../../nodes/Perculus/session/fields';
import { credentialFor, perculusNode } from '../e2e/stage';
import { Cleanup, runScript } from '../n8n/script';
import type { N8nClient } from '../n8n/client';
import { setStage } from '../n8n/stage';
import type { Workflow } from '../n8n/execution';
import { SAMPLE_UNKNOWN_GUID, startPerculusServer } from '../perculus-server';
import { ensureChromium } from './chromium';
import { Editor, type Look } from './editor';
import { boxAround, hidePassing, takePicture } from './picture';
import { rowsWorkflow } from './workflow';

const DOCS = path.resolve(__dirname, '..', '..', 'docs');
const IMAGES = path.join(DOCS, 'images');
const EXAMPLES = path.join(DOCS, 'examples');
const THEMES = ['light', 'dark'] as const;
/** A usual width of a window. */
const USUAL = { width: 1440, height: 900 };
/** Height for every mapped field. */
const TALL = { width: 1440, height: 1620 };

const cleanup = new Cleanup();

interface Stored {
	id: string;
}

interface Credential extends Stored {
	name: string;
}

/** A workflow with manually mapped columns, and valid and invalid rows. */
async function mappedWorkflow(credential: Credential): Promise<Workflow> {
	const value: Record<string, unknown> = {
		session_guid: '={{ $json.GUID }}',
		session_reference: '={{ $json.Booking }}',
		name: '={{ $json.Title }}',
		start_date: '={{ $json.Date }}',
		duration: '={{ $json.Minutes }}',
		timezone: 'Europe/Istanbul',
		lang: 'en-US',
		'options.chat.offSpecialMsging': true,
	};
	const schema = mapperFields(SESSION_FIELDS, 'upsert').map((field: ResourceMapperField) => ({
		...field,
		removed: !(field.id in value),
	}));
	const row = (Booking: string, Title: string, Date: string, Minutes: number, GUID = '') => ({
		Booking,
		Title,
		Date,
		Minutes,
		GUID,
		Teacher: 'ada@example.com',
	});
	const rows = [
		row('B-1', 'Algebra', '2035-03-05 14:00', 60),
		row('B-2', 'Geometry', '2020-03-05 14:00', 60),
		row('B-3', 'Physics', '2035-03-06 09:30', 900),
		row('B-4', 'Chemistry', '2035-03-07 09:30', 90, SAMPLE_UNKNOWN_GUID),
	];
	const perculus = perculusNode(credential, {
		id: randomUUID(),
		parameters: {
			resource: 'session',
			operation: 'upsert',
			fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema },
			options: {},
		},
	});
	const names = ['Notify Teacher', 'Ask for Correction'];
	const next = names.map((name, index) => ({
		id: randomUUID(),
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [740, index * 200 - 100] as [number, number],
		parameters: { options: {} },
	}));
	const workflow = rowsWorkflow('Sessions', rows, perculus);
	workflow.nodes.push(...next);
	workflow.connections.Perculus = {
		main: names.map((node) => [{ node, type: 'main', index: 0 }]),
	};
	return workflow;
}

/** The pictures of the node itself, in both themes. */
async function pictureNode(n8n: N8nClient, stored: Stored, look: Look): Promise<void> {
	const editor = await Editor.open(n8n, look);
	const { page } = editor;
	const file = (name: string) => path.join(IMAGES, `${name}-${look.theme ?? 'light'}.png`);
	try {
		const canvas = await editor.openWorkflow(stored.id);
		await canvas.execute();
		await canvas.fit();
		await hidePassing(page);
		await takePicture(page, file('canvas'), await boxAround(page.getByTestId('canvas-node'), 60));

		const panel = await canvas.open('Perculus');
		await panel.mapper.field('lang').root.waitFor();
		await panel.output.branch(1, 'Geometry');
		await page.setViewportSize(TALL);
		const [dialog, output] = [page.getByTestId('ndv'), page.getByTestId('output-panel')];
		const [whole, right] = [await boxAround(dialog, 0), await boxAround(output, 0)];
		await takePicture(page, file('panel'), { ...whole, width: right.x - whole.x });
		await page.setViewportSize(USUAL);
		await takePicture(page, file('rejected'), await boxAround(output, 0));
	} finally {
		await editor.close();
	}
}

/** The dialog of the credential, filled in. */
async function pictureCredential(n8n: N8nClient, look: Look): Promise<void> {
	const { id } = await n8n.createWorkflow(rowsWorkflow('Credential', [{ name: 'Algebra' }]));
	const editor = await Editor.open(n8n, look);
	try {
		const canvas = await editor.openWorkflow(id);
		const creator = await canvas.addAfter('Rows');
		await creator.actionsOf(await creator.search('perculus', 'Perculus'));
		const dialog = await (await creator.choose('Create or update session')).newCredential();
		await dialog.field('domain').fill('acme.perculus.com');
		await dialog.field('accessKey').fill('1f2e3d4c5b6a79881f2e3d4c5b6a7988');
		await dialog.field('secretKey').fill('not a real key');
		await hidePassing(editor.page);
		const file = path.join(IMAGES, `credential-${look.theme ?? 'light'}.png`);
		await takePicture(editor.page, file, await boxAround(dialog.root, 0));
	} finally {
		await editor.close();
	}
}

/** The examples, stored in n8n with a credential. */
async function storeExamples(
	n8n: N8nClient,
	credential: Credential,
): Promise<Array<{ name: string; id: string }>> {
	const stored: Array<{ name: string; id: string }> = [];
	for (const file of readdirSync(EXAMPLES).filter((one) => one.endsWith('.json'))) {
		const workflow = JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8')) as Workflow;
		for (const node of workflow.nodes) {
			if (node.type.startsWith('n8n-nodes-perculus.')) {
				node.credentials = { perculusApi: credential };
			}
		}
		const { id } = await n8n.createWorkflow(workflow);
		stored.push({ name: path.basename(file, '.json'), id });
	}
	return stored;
}

/** Each example's canvas. */
async function pictureExamples(
	n8n: N8nClient,
	examples: Awaited<ReturnType<typeof storeExamples>>,
	look: Look,
): Promise<void> {
	const editor = await Editor.open(n8n, { ...look, scale: 1.5 });
	try {
		for (const { name, id } of examples) {
			const canvas = await editor.openWorkflow(id);
			await canvas.fit();
			await hidePassing(editor.page);
			const file = path.join(IMAGES, 'examples', `${name}-${look.theme ?? 'light'}.png`);
			const { page } = editor;
			const parts = page.getByTestId('canvas-node').or(page.getByTestId('sticky'));
			await takePicture(page, file, await boxAround(parts, 50));
		}
	} finally {
		await editor.close();
	}
}

async function main(): Promise<void> {
	console.log("\nPictures of n8n's editor\n");
	await ensureChromium();
	const perculus = await startPerculusServer();
	cleanup.add(async () => await perculus.stop());
	const { client } = await setStage(cleanup);
	const looks = THEMES.map((theme) => ({ theme, scale: 2, size: USUAL }));
	for (const look of looks) await pictureCredential(client, look);
	const data = credentialFor(perculus);
	const credential = await client.createCredential('Perculus account', 'perculusApi', data);
	const examples = await storeExamples(client, credential);
	for (const look of looks) await pictureExamples(client, examples, look);
	const stored = await client.createWorkflow(await mappedWorkflow(credential));
	for (const look of looks) await pictureNode(client, stored, look);
}

runScript(cleanup, main);
