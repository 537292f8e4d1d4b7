import { dayFrom } from '../demo/example';
import { connect } from '../e2e/stage';
import {
	ACCESS_KEY,
	type PerculusServer,
	SECRET_KEY,
	startPerculusServer,
} from '../perculus-server';
import type { Canvas } from './canvas';
import { Editor } from './editor';
import { NodePanel } from './nodePanel';
import { noticesFor } from './notices';
import { pictureStep } from './step';

const TRIGGER = 'When clicking ‘Execute workflow’';
const ROWS = 'Code in JavaScript';
const NOTHING = 'No Operation, do nothing';
const NODE = 'Create or update session';

describe('From an empty workflow to two working branches', () => {
	const day = dayFrom(new Date(), 30);
	let perculus: PerculusServer;
	let editor: Editor;
	let canvas: Canvas;
	let panel: NodePanel;
	let steps = 0;

	const picture = async (name: string) =>
		await pictureStep(editor.page, `walk-${String(++steps).padStart(2, '0')}-${name}`);

	beforeAll(async () => {
		const n8n = await connect();
		perculus = await startPerculusServer();
		// As for a user without a credential.
		await n8n.deleteCredentials('perculusApi');
		editor = await Editor.open(n8n);
		canvas = await editor.newWorkflow();
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	it('a trigger and a Code node with rows are added', async () => {
		await picture('empty');
		// The list shows it immediately; a search finds it under another name.
		await (await canvas.addFirst()).entry('Trigger manually').click();
		await canvas.node(TRIGGER).waitFor();
		const next = await canvas.addAfter(TRIGGER);
		await (await next.search('code', 'Code')).click();
		panel = await next.choose(ROWS);
		const rows = [
			{ Booking: 'B-1', Title: 'Algebra', When: `${day} 14:00`, Minutes: 60 },
			{ Booking: 'B-2', Title: 'Geometry', When: `${day} 16:00`, Minutes: 600 },
		];
		await panel.writeCode(`return ${JSON.stringify(rows)};`);
		await picture('rows');
		await panel.execute();
		expect(await panel.output.rows('Geometry')).toContain('Algebra');
		await panel.close();
	});

	it('the node is added, and a credential is created in its dialog', async () => {
		const creator = await canvas.addAfter(ROWS);
		const entry = await creator.search('perculus', 'Perculus');
		await picture('found');
		await creator.actionsOf(entry);
		await picture('actions');
		panel = await creator.choose(NODE);
		await picture('no-credential');
		const dialog = await panel.newCredential();
		await dialog.field('domain').fill(perculus.url);
		await dialog.field('accessKey').fill(ACCESS_KEY);
		await dialog.field('secretKey').fill(SECRET_KEY);
		await picture('credential');
		await dialog.saveAndPass();
		expect(await panel.credentialName()).toBe('Perculus account');
	});

	it('the panel shows the notices of the operation and of the mapping mode', async () => {
		const noticesIn = (mappingMode: string) =>
			noticesFor({ resource: 'session', operation: 'upsert', fields: { mappingMode } });
		const [byHand, automatic] = [noticesIn('defineBelow'), noticesIn('autoMapInputData')];
		expect(automatic).not.toEqual(byHand);
		await panel.showsNotices(byHand);
		await picture('panel');
		await panel.mapper.mode('Map Automatically');
		await panel.showsNotices(automatic);
		await picture('automatic');
		await panel.mapper.mode('Map Each Column Manually');
		await panel.mapper.field('lang').root.waitFor();
		await panel.showsNotices(byHand);
	});

	it("the time zone list shows the workflow's own zone first", async () => {
		const zone = panel.parameter('defaultTimezone');
		await zone.root.scrollIntoViewIfNeeded();
		const [first] = await zone.choose('Europe/Istanbul');
		expect(first).toBe("The Workflow's (America/New_York)");
		await picture('zone');
	});

	it('columns are dragged to the fields of the session', async () => {
		const { mapper } = panel;
		await mapper.field('session_reference').mapFrom('Booking');
		await mapper.field('name').mapFrom('Title');
		await mapper.field('start_date').mapFrom('When');
		await mapper.field('duration').mapFrom('Minutes');
		await picture('mapped');
	});

	it('a run shows an Approved item and a Rejected item', async () => {
		await panel.execute();
		expect(await panel.output.branches()).toEqual([
			'Approved Branch (1 item)',
			'Rejected Branch (1 item)',
		]);
		await picture('approved');
		expect(await panel.output.branch(0, 'Algebra')).toContain(`${day}T14:00:00+03:00`);
		expect(await panel.output.branch(1, 'Geometry')).toContain('from 5 to 360');
		await picture('rejected');
		await panel.close();
	});

	it('a node is connected to each output, and each one gets its item', async () => {
		for (const _ of ['Approved', 'Rejected']) {
			const creator = await canvas.addAfter(NODE);
			await (await creator.search('no operation', NOTHING)).click();
			await (await NodePanel.opened(editor.page)).close();
		}
		await canvas.fit();
		await canvas.execute();
		for (const name of [NOTHING, `${NOTHING}1`]) {
			expect(await canvas.countBefore(name)).toContain('1 item');
		}
		await picture('both-branches');
	});

	it('the second run updates the session of the first run by its reference', async () => {
		expect(perculus.batches()).toHaveLength(2);
		expect([...perculus.sessions.values()].map(({ name }) => name)).toEqual(['Algebra']);
		panel = await canvas.open(NODE);
		expect(await panel.output.hints()).toContain('1 session updated, 1 rejected.');
		expect(await panel.output.branch(0, 'updated')).toContain('B-1');
		await picture('second-run');
	});
});
