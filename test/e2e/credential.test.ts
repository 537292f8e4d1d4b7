import { PerculusApi } from '../../credentials/PerculusApi.credentials';
import type { CredentialTest, N8nClient } from '../n8n/client';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { chosenAbilities } from '../n8n/suite';
import { connect, credentialFor } from './stage';

/** The result for a status, with the credential's sentence if this n8n shows it. */
function refusalWith(status: number): CredentialTest {
	const message = sentenceFor(status);
	const { credentialSentences } = chosenAbilities();
	return {
		status: 'Error',
		message: credentialSentences ? message : (expect.stringMatching(/\w/) as unknown as string),
	};
}

function sentenceFor(status: number): string {
	const rule = new PerculusApi().test.rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === status,
	);
	if (!rule) throw new Error(`The credential has no sentence for ${status}.`);
	return rule.properties.message;
}

describe("The credential's test in n8n", () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;

	beforeAll(async () => {
		n8n = await connect();
	});

	beforeEach(async () => {
		perculus = await startPerculusServer();
	});

	afterEach(async () => {
		await perculus.stop();
	});

	const test = async (changes: Record<string, string> = {}): Promise<CredentialTest> => {
		const data = { ...credentialFor(perculus), ...changes };
		const stored = await n8n.createCredential('Perculus account', 'perculusApi', data);
		return await n8n.testCredential(stored, 'perculusApi', data);
	};

	it.each(['/xapi/v2', '/api/groups/xapi'])('accepts the right keys at %s', async (apiPath) => {
		expect((await test({ apiPath })).status).toBe('OK');
		expect(perculus.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`POST ${apiPath}/session/search`,
		]);
	});

	it('the test says that the keys are wrong', async () => {
		expect(await test({ secretKey: 'wrong' })).toEqual(refusalWith(401));
	});

	it('the test says that the key has no permission', async () => {
		perculus.fail({ status: 403 });
		expect(await test()).toEqual(refusalWith(403));
	});

	it('the test says that the API path is wrong', async () => {
		perculus.set({ basePaths: ['/api/groups/xapi'] });
		expect(await test()).toEqual(refusalWith(404));
	});

	it('the test says that the domain redirects, and does not follow the redirect', async () => {
		const other = await startPerculusServer();
		try {
			perculus.fail({ status: 302, headers: { Location: `${other.url}/xapi/v2/session/search` } });
			expect(await test()).toEqual(refusalWith(302));
			expect(other.requests).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it('the test rejects an unencrypted domain', async () => {
		const { status, message } = await test({ domain: 'http://perculus.example' });
		expect(status).toBe('Error');
		expect(message).toContain('https');
	});
});
