import type { N8nClient } from '../n8n/client';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { connect, credentialFor } from './stage';

/** n8n, and a Perculus account that is empty before each test; for a `describe` to call once, and to be read in its tests. */
export interface Account {
	n8n: N8nClient;
	perculus: PerculusServer;
	credential: { id: string; name: string };
}

export function emptyAccount(): Account {
	const account = {} as Account;

	beforeAll(async () => {
		account.n8n = await connect();
		account.perculus = await startPerculusServer();
		const data = credentialFor(account.perculus);
		account.credential = await account.n8n.createCredential(
			'Perculus account',
			'perculusApi',
			data,
		);
	});

	beforeEach(() => account.perculus.reset());

	afterAll(async () => {
		await account.perculus.stop();
	});

	return account;
}
