import { randomUUID } from 'node:crypto';
import { connect, credentialFor, perculusNode } from '../e2e/stage';
import { type PerculusServer, SAMPLE_STORED, startPerculusServer } from '../perculus-server';
import { Editor } from './editor';
import type { NodePanel } from './nodePanel';
import { pictureStep } from './step';
import { rowsWorkflow } from './workflow';

/** More than one page of the list. */
const SESSIONS = 130;

describe('The session list in the editor', () => {
	let perculus: PerculusServer;
	let editor: Editor;
	let panel: NodePanel;

	beforeAll(async () => {
		const n8n = await connect();
		perculus = await startPerculusServer();
		for (let i = 1; i <= SESSIONS; i++) {
			perculus.preload({
				...SAMPLE_STORED,
				session_guid: randomUUID(),
				name: `Lesson ${String(i).padStart(3, '0')}`,
				start_date: undefined,
			});
		}
		const data = credentialFor(perculus);
		const credential = await n8n.createCredential('List account', 'perculusApi', data);
		editor = await Editor.open(n8n);
		const node = perculusNode(credential, {
			id: randomUUID(),
			parameters: { resource: 'session', operation: 'get', options: {} },
		});
		const { id } = await n8n.createWorkflow(rowsWorkflow('List', [{ row: 1 }], node));
		panel = await (await editor.openWorkflow(id)).open('Perculus');
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	it('the list loads the next page, searches while typing, and the node reads the chosen session', async () => {
		const list = await panel.openList('session');
		await list
			.entry(/^Lesson \d{3}/)
			.first()
			.waitFor();
		await pictureStep(editor.page, 'list-open');
		const before = await list.entries().count();
		await list.scrollToEnd();
		await list.until(async () => (await list.entries().count()) > before);
		await pictureStep(editor.page, 'list-next-page');
		await list.search('lesson 07');
		await list.until(async () => (await list.entries().count()) === 10);
		await pictureStep(editor.page, 'list-typed');
		await list.entry(/^Lesson 077/).click();
		await panel.execute();
		await panel.output.branch(0, 'Lesson 077');
		await pictureStep(editor.page, 'list-chosen');
		await panel.close();
	});
});
