import {
	ACCESS_KEY,
	type PerculusServer,
	SECRET_KEY,
	startPerculusServer,
} from '../perculus-server';
import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import { connect } from '../e2e/stage';
import type { CredentialDialog } from './credentialDialog';
import { Editor } from './editor';
import type { NodePanel } from './nodePanel';
import { rowsWorkflow } from './workflow';

/** The sentence the credential has for a status. */
function sentenceFor(status: number): string {
	const rule = new PerculusApi().test.rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === status,
	);
	if (!rule) throw new Error(`The credential has no sentence for ${status}.`);
	return rule.properties.message;
}

describe('making the credential in its dialog', () => {
	let perculus: PerculusServer;
	let editor: Editor;
	let panel: NodePanel;
	let dialog: CredentialDialog;

	beforeAll(async () => {
		perculus = await startPerculusServer();
		const n8n = await connect();
		// A node takes a credential that exists by itself, and then offers no new one.
		await n8n.deleteCredentials('perculusApi');
		const { id } = await n8n.createWorkflow(rowsWorkflow('Credential', [{ name: 'Algebra' }]));
		editor = await Editor.open(n8n);
		const canvas = await editor.openWorkflow(id);
		const creator = await canvas.addAfter('Rows');
		await creator.actionsOf(await creator.search('perculus', 'Perculus'));
		panel = await creator.choose('Create or update session');
		dialog = await panel.newCredential();
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	const failsWith = async (reason: string) => {
		expect(await dialog.saveAndFail(reason)).toContain(reason);
	};

	it('names wrong keys', async () => {
		await dialog.field('domain').fill(perculus.url);
		await dialog.field('accessKey').fill(ACCESS_KEY);
		await dialog.field('secretKey').fill('wrong');
		await failsWith(sentenceFor(401));
	});

	it('refuses an unencrypted domain before a key leaves the machine', async () => {
		await dialog.field('domain').fill('http://perculus.example');
		await dialog.field('secretKey').fill(SECRET_KEY);
		await failsWith("'Domain' must start with https");
	});

	it('names a wrong API path', async () => {
		perculus.set({ basePaths: ['/api/groups/xapi'] });
		await dialog.field('domain').fill(perculus.url);
		await failsWith(sentenceFor(404));
	});

	it('is content with the right ones, and the node uses it', async () => {
		await dialog.field('apiPath').choose('/api/groups/xapi');
		await dialog.saveAndPass();
		expect(perculus.requests.at(-1)).toMatchObject({
			path: '/api/groups/xapi/session/search',
			status: 200,
		});
		expect(await panel.credentialName()).toBe('Perculus account');
	});

	it('never shows the secret key', async () => {
		const secret = dialog.field('secretKey').root.locator('input').first();
		await panel.editCredential();
		expect(await secret.getAttribute('type')).toBe('password');
		expect(await editor.page.content()).not.toContain(SECRET_KEY);
	});
});
