import { randomUUID } from 'node:crypto';
import { SESSION_FIELDS } from '../../nodes/Perculus/session/fields';
import { writeOptions } from '../../nodes/Perculus/actions/session/upsert.operation';
import { connect, credentialFor, perculusNode } from '../e2e/stage';
import { dayFrom } from '../demo/example';
import type { N8nClient } from '../n8n/client';
import { type PerculusServer, SAMPLE_STORED, startPerculusServer } from '../perculus-server';
import { Editor } from './editor';
import type { NodePanel } from './nodePanel';
import { noticesFor } from './notices';
import { rowsWorkflow } from './workflow';

const noticesOf = (operation: string) =>
	noticesFor({ resource: 'session', operation, fields: { mappingMode: 'defineBelow' } });

const LAST_FIELD = SESSION_FIELDS.at(-1)?.id ?? '';

describe('The mapper in the editor', () => {
	const start = `${dayFrom(new Date(), 30)} 14:00`;
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let editor: Editor;
	let panel: NodePanel;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		const stored = perculus.preload({ ...SAMPLE_STORED, start_date: undefined });
		const data = credentialFor(perculus);
		const credential = await n8n.createCredential('Mapper account', 'perculusApi', data);
		const node = perculusNode(credential, {
			id: randomUUID(),
			parameters: { resource: 'session', operation: 'upsert' },
		});
		const row = { name: 'Algebra', 'Start Date': start, duration: 60, timezone: 'Asia/Tokyo' };
		const rows = [{ ...row, Teacher: 'Ada', session_guid: stored.session_guid }];
		const { id } = await n8n.createWorkflow(rowsWorkflow('Mapper', rows, node));
		editor = await Editor.open(n8n, { scrollbars: true });
		panel = await (await editor.openWorkflow(id)).open('Perculus');
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	/** The only session of the only request since the last call. */
	const sent = (): unknown => {
		const batches = perculus.batches().splice(0);
		perculus.requests.length = 0;
		expect(batches.map(({ length }) => length)).toEqual([1]);
		return batches[0]?.[0];
	};

	it('the node sends manually mapped fields', async () => {
		const { mapper } = panel;
		await panel.executePrevious('name');
		await mapper.field('name').mapFrom('name');
		await mapper.field('start_date').mapFrom('Start Date');
		await mapper.field('duration').fill('45');
		await panel.execute();
		expect(sent()).toEqual({
			name: 'Algebra',
			duration: 45,
			start_date: `${start.replace(' ', 'T')}:00Z`,
			timezone: 'Europe/Istanbul',
		});
	});

	it('the node sends no further fields after "Add All Fields"', async () => {
		const { mapper } = panel;
		await mapper.addAll(LAST_FIELD);
		expect(await mapper.visibleFields()).toEqual(SESSION_FIELDS.map(({ id }) => id));
		await panel.execute();
		expect(sent()).toEqual({
			name: 'Algebra',
			duration: 45,
			start_date: `${start.replace(' ', 'T')}:00Z`,
			timezone: 'Europe/Istanbul',
		});
	});

	it('the panel shows every label in full, also of the options', async () => {
		for (const { displayName } of writeOptions) await panel.addOption(displayName);
		await panel.parameter(writeOptions.at(-1)?.name ?? '').root.waitFor();
		expect(await panel.cutOffLabels()).toEqual([]);
	});

	// n8n clears a mapper that depends on another parameter; otherwise it keeps fields that the operation doesn't use.
	it('the mapper is cleared and shows other notices if another operation is chosen', async () => {
		const { mapper } = panel;
		await panel.parameter('operation').choose('Update');
		await panel.showsNotices(noticesOf('update'));
		// Added fields are also gone.
		await mapper.field(LAST_FIELD).root.waitFor({ state: 'detached' });
		for (const id of ['name', 'duration']) expect(await mapper.field(id).shown()).toBe('');
		await mapper.field('session_guid').mapFrom('session_guid');
		await mapper.field('duration').fill('45');
		await panel.execute();
		expect(sent()).toMatchObject({ session_guid: expect.any(String), duration: 45 });
		expect(await panel.output.branch(0, 'updated')).toContain(SAMPLE_STORED.name);
	});

	it('automatic mapping sends the columns with names and labels of fields, and no others', async () => {
		await panel.parameter('operation').choose('Create');
		await panel.showsNotices(noticesOf('create'));
		await panel.mapper.field('session_guid').root.waitFor({ state: 'detached' });
		await panel.mapper.field('name').mapFrom('name');
		await panel.mapper.field('duration').fill('45');
		await panel.mapper.mode('Map Automatically');
		await panel.execute();
		expect(sent()).toEqual({
			name: 'Algebra',
			duration: 60,
			start_date: `${start.replace(' ', 'T')}:00Z`,
			timezone: 'Asia/Tokyo',
		});
		expect(await panel.output.branches()).toEqual(['Approved Branch (1 item)', 'Rejected Branch']);
	});

	it('the mapper keeps the manual mapping while the automatic mode is chosen', async () => {
		await panel.mapper.mode('Map Each Column Manually');
		expect(await panel.mapper.field('name').expression()).toBe('{{ $json.name }}');
		expect(await panel.mapper.field('duration').shown()).toBe('45');
	});

	it('the panel keeps the Date Format that is entered', async () => {
		await panel.parameter('dateFormat').fill('dd.MM.yyyy HH:mm');
		expect(await panel.parameter('dateFormat').shown()).toBe('dd.MM.yyyy HH:mm');
	});
});
