import { connect, credentialFor } from '../e2e/stage';
import type { N8nClient } from '../n8n/client';
import { nodeNamed, type Workflow } from '../n8n/execution';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { dayFrom } from '../demo/example';
import type { Canvas } from './canvas';
import { Editor } from './editor';
import type { NodePanel } from './nodePanel';
import { rowsWorkflow } from './workflow';

const NODE = 'Create or update session';
const VISIBLE = [
	'session_guid',
	'session_reference',
	'name',
	'start_date',
	'start_time',
	'duration',
	'timezone',
	'lang',
];

describe('Building, running and reopening a workflow in the editor', () => {
	const day = dayFrom(new Date(), 30);
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let workflowId: string;
	let editor: Editor;
	let canvas: Canvas;
	let panel: NodePanel;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		// The only credential, which a new node selects.
		await n8n.deleteCredentials('perculusApi');
		await n8n.createCredential('Perculus account', 'perculusApi', credentialFor(perculus));
		const rows = [
			{ title: 'Algebra', begins: `${day} 14:00`, minutes: 60 },
			{ title: 'Geometry', begins: '2020-03-05 14:00', minutes: 60 },
		];
		workflowId = (await n8n.createWorkflow(rowsWorkflow('By hand', rows))).id;
		editor = await Editor.open(n8n);
		canvas = await editor.openWorkflow(workflowId);
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	it('the node is found by an alias and by its name, and added with a chosen action', async () => {
		const creator = await canvas.addAfter('Rows');
		await creator.search('webinar', 'Perculus');
		const entry = await creator.search('perculus', 'Perculus');
		expect(await creator.actionsOf(entry)).toEqual([
			'ATTENDEE ACTIONS',
			'Create or update attendee',
			'Delete attendee',
			'Get attendee',
			'Get session attendance',
			'Get many attendees',
			'SESSION ACTIONS',
			'Create session',
			'Create or update session',
			'Delete session',
			'Get session',
			'Get many sessions',
			'Get session report',
			'Update session',
		]);
		panel = await creator.choose('Create or update session');
		expect(await panel.credentialName()).toBe('Perculus account');
	});

	it('the mapper of a new node shows the eight usual fields, all empty', async () => {
		await panel.mapper.field('lang').root.waitFor();
		expect(await panel.mapper.visibleFields()).toEqual(VISIBLE);
		for (const id of VISIBLE) expect(await panel.mapper.field(id).shown()).toBe('');
	});

	it('the mapper takes dragged fields, and adds a nested option', async () => {
		await panel.executePrevious('title');
		const { mapper } = panel;
		await mapper.field('name').mapFrom('title');
		await mapper.field('start_date').mapFrom('begins');
		await mapper.field('duration').mapFrom('minutes');
		await mapper.field('timezone').fill('Europe/Istanbul');
		await mapper.field('lang').choose('English');
		const option = await mapper.add('Turn Off Private Messages', 'options.chat.offSpecialMsging');
		expect(await option.choose('Yes')).toEqual(['Yes', 'No']);
	});

	it('a run shows both branches and the hint', async () => {
		await panel.execute();
		expect(perculus.batches()).toEqual([
			['Algebra', 'Geometry'].map((name) =>
				expect.objectContaining({
					name,
					duration: 60,
					lang: 'en-US',
					timezone: 'Europe/Istanbul',
					options: { chat: { offSpecialMsging: true } },
				}),
			),
		]);
		expect(await panel.output.hints()).toEqual([
			expect.stringContaining('1 session created, 1 rejected.'),
		]);
		expect(await panel.output.branches()).toEqual([
			'Approved Branch (1 item)',
			'Rejected Branch (1 item)',
		]);
		expect(await panel.output.branch(0, 'Algebra')).toContain(`${day}T14:00:00+03:00`);
		expect(await panel.output.branch(1, 'Geometry')).toContain('Invalid session start date.');
	});

	it('the canvas shows two outputs, named Approved and Rejected', async () => {
		await panel.close();
		expect(await canvas.outputNamesOf(NODE)).toEqual(['Approved', 'Rejected']);
	});

	it('the reopened workflow has every value', async () => {
		await n8n.until('the editor had stored the workflow', async () => {
			const stored = await n8n.readWorkflow(workflowId);
			return chatOf(stored) === true || undefined;
		});
		canvas = await editor.openWorkflow(workflowId);
		panel = await canvas.open(NODE);
		const { mapper } = panel;
		await mapper.field('options.chat.offSpecialMsging').root.waitFor();
		expect(await mapper.visibleFields()).toEqual([...VISIBLE, 'options.chat.offSpecialMsging']);
		expect(await panel.parameter('operation').shown()).toBe('Create or Update');
		expect(await mapper.field('name').expression()).toBe('{{ $json.title }}');
		expect(await mapper.field('start_date').expression()).toBe('{{ $json.begins }}');
		expect(await mapper.field('duration').expression()).toBe('{{ $json.minutes }}');
		expect(await mapper.field('timezone').shown()).toBe('Europe/Istanbul');
		expect(await mapper.field('lang').shown()).toBe('English');
		expect(await mapper.field('options.chat.offSpecialMsging').shown()).toBe('Yes');
		expect(await mapper.field('session_guid').shown()).toBe('');
		expect(await panel.credentialName()).toBe('Perculus account');
	});
});

/** The stored value of the chat option. */
function chatOf(workflow: Workflow): unknown {
	const { fields } = nodeNamed(workflow, NODE).parameters as {
		fields?: { value?: Record<string, unknown> };
	};
	return fields?.value?.['options.chat.offSpecialMsging'];
}
