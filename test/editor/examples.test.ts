import { readdirSync } from 'node:fs';
import path from 'node:path';
import { dayFrom } from '../demo/rows';
import { connect, credentialFor } from '../e2e/stage';
import type { N8nClient, StoredWorkflow } from '../n8n/client';
import { nodeNamed } from '../n8n/workflow';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { Editor } from './editor';

const FOLDER = path.resolve(__dirname, '..', '..', 'docs', 'examples');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** n8n's own zone, which an imported workflow has: the hour must not come from it. */
const ISTANBUL = 'Europe/Istanbul';

describe('examples, imported by the menu', () => {
	const day = dayFrom(new Date(), 30);
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let editor: Editor;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		// The one credential that an imported node takes by itself.
		await n8n.deleteCredentials('perculusApi');
		await n8n.createCredential('Perculus account', 'perculusApi', credentialFor(perculus));
		editor = await Editor.open(n8n);
	});

	beforeEach(() => perculus.reset());

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	/** Imports a file as a person does, and waits until n8n has stored it. */
	const imported = async (file: string): Promise<StoredWorkflow> => {
		const id = await editor.importWorkflow(path.join(FOLDER, file));
		return await n8n.readWorkflow(id);
	};

	const run = async (file: string, trigger: string): Promise<void> => {
		await n8n.runWorkflow(await imported(file), trigger);
	};

	/** The hours that the sessions have in Perculus. */
	const hours = () =>
		[...perculus.sessions.values()].map(({ start_date, timezone }) => [
			/T(\d\d:\d\d):00\+03:00$/.exec(start_date)?.[1],
			timezone,
		]);

	it.each(FILES)(
		'%s comes without a time zone of its own, and finds the credential',
		async (file) => {
			const { nodes, settings } = await imported(file);
			expect(settings.timezone).toBeUndefined();
			const [node] = nodes.filter(({ type }) => type === 'n8n-nodes-perculus.perculus');
			expect(node?.credentials).toHaveProperty('perculusApi');
		},
	);

	it('the form makes the session at the hour that was asked for', async () => {
		const workflow = await imported('form-request.json');
		await n8n.activateWorkflow(workflow);
		const page = await editor.newPage();
		await page.goto(`${n8n.url}/form/${nodeNamed(workflow, 'Session request').webhookId}`);
		await page.getByLabel('Name').fill('Algebra');
		await page.getByLabel('Start Date').fill(day);
		await page.getByLabel('Start Time').fill('14:30');
		await page.getByLabel('Duration (Minutes)').fill('90');
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText('14:30 (Europe/Istanbul) and lasts 90 minutes').waitFor();
		expect(hours()).toEqual([['14:30', ISTANBUL]]);
		await page.close();
	});

	it('the webhook makes the session at the hour that was asked for', async () => {
		const workflow = await imported('crm-webhook.json');
		await n8n.activateWorkflow(workflow);
		const { path: hook } = nodeNamed(workflow, 'CRM').parameters;
		const sessions = [{ id: 'C-1', name: 'Algebra', start_date: `${day} 14:00`, duration: 60 }];
		const response = await fetch(`${n8n.url}/webhook/${String(hook)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ sessions }),
		});
		expect(response.status).toBe(200);
		expect(hours()).toEqual([['14:00', ISTANBUL]]);
	});

	it('the spreadsheet makes its sessions at the hours of its rows', async () => {
		await run('spreadsheet.json', 'Start');
		expect(hours()).toEqual([
			['14:00', ISTANBUL],
			['09:30', ISTANBUL],
		]);
	});

	it('the correction loop keeps the hours of its rows', async () => {
		await run('correction-loop.json', 'Start');
		expect(hours()).toEqual([
			['14:00', ISTANBUL],
			['14:00', ISTANBUL],
			['10:00', ISTANBUL],
		]);
	});

	it('the weekly update sends no start, so that every session keeps its own', async () => {
		await run('weekly-durations.json', 'Every Monday');
		expect(perculus.batches().flat()).toHaveLength(2);
		for (const session of perculus.batches().flat())
			expect(session).not.toHaveProperty('start_date');
	});
});
