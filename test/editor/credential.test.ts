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

/** The sentence of the credential for an HTTP status. */
function sentenceFor(status: number): string {
	const rule = new PerculusApi().test.rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === status,
	);
	if (!rule) throw new Error(`The credential has no sentence for ${status}.`);
	return rule.properties.message;
}

describe('Creating the credential in its dialog', () => {
	let perculus: PerculusServer;
	let editor: Editor;
	let panel: NodePanel;
	let dialog: CredentialDialog;

	beforeAll(async () => {
		perculus = await startPerculusServer();
		const n8n = await connect();
		// With an existing credential, a node selects it and offers no button for a new one.
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

	it('the dialog says that the keys are wrong', async () => {
		await dialog.field('domain').fill(perculus.url);
		await dialog.field('accessKey').fill(ACCESS_KEY);
		await dialog.field('secretKey').fill('wrong');
		await failsWith(sentenceFor(401));
	});

	it('the dialog rejects an unencrypted domain', async () => {
		await dialog.field('domain').fill('http://perculus.example');
		await dialog.field('secretKey').fill(SECRET_KEY);
		await failsWith("'Domain' must start with https");
	});

	it('the dialog says that the API path is wrong', async () => {
		perculus.set({ basePaths: ['/api/groups/xapi'] });
		await dialog.field('domain').fill(perculus.url);
		await failsWith(sentenceFor(404));
	});

	it('the dialog saves a correct credential, and the node uses it', async () => {
		await dialog.field('apiPath').choose('/api/groups/xapi');
		await dialog.saveAndPass();
		expect(perculus.requests.at(-1)).toMatchObject({
			path: '/api/groups/xapi/session/search',
			status: 200,
		});
		expect(await panel.credentialName()).toBe('Perculus account');
	});

	it('the dialog does not show the stored secret key', async () => {
		const secret = dialog.field('secretKey').root.locator('input').first();
		await panel.editCredential();
		expect(await secret.getAttribute('type')).toBe('password');
		expect(await editor.page.content()).not.toContain(SECRET_KEY);
	});
});
