import { createInterface } from 'node:readline/promises';

import { type Cleanup, UserError } from '../n8n/script';
import {
	ACCESS_KEY,
	type PerculusServer,
	SAMPLE_STORED,
	SECRET_KEY,
	startPerculusServer,
} from '../perculus-server';

/** The Perculus account that the demo works with. */
export interface Account {
	/** The data of the credential. */
	credential: { domain: string; apiPath: string; accessKey: string; secretKey: string };
	/** A session that exists there. */
	sessionGuid: string;
	/** The local Perculus server; absent for a real account. */
	server?: PerculusServer;
}

const REQUIRED = [
	'PERCULUS_DOMAIN',
	'PERCULUS_ACCESS_KEY',
	'PERCULUS_SECRET_KEY',
	'PERCULUS_SESSION_GUID',
];
const DEFAULT_API_PATH = '/xapi/v2';

/**
 * The real account that environment variables name, else one on a local Perculus server.
 *
 * @param isAsking whether to wait for a person's consent before a real account is changed
 */
export async function openAccount(
	cleanup: Cleanup,
	isAsking = process.stdin.isTTY,
): Promise<Account> {
	const missing = REQUIRED.filter((name) => !process.env[name]);
	if (missing.length === REQUIRED.length) return await localAccount(cleanup);
	if (missing.length > 0) {
		throw new UserError(`To run the demo with a real account, set ${missing.join(', ')} as well.`);
	}
	const [domain = '', accessKey = '', secretKey = '', sessionGuid = ''] = REQUIRED.map(
		(name) => process.env[name],
	);
	const apiPath = process.env.PERCULUS_API_PATH || DEFAULT_API_PATH;
	console.log(`This run works on the real account at ${domain}. It will
- create one session, "CS201", 30 days from now, which stays there,
- send the same rows again, which changes nothing further,
- set the duration of session ${sessionGuid} to 100 minutes,
- send two rows that Perculus will refuse: a session in the past, and a change
  of a session that doesn't exist.
`);
	if (isAsking) {
		const terminal = createInterface({ input: process.stdin, output: process.stdout });
		// While readline has the terminal, Ctrl-C arrives here instead of as a signal.
		terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
		await terminal.question('Press Enter to continue, Ctrl-C to stop. ');
		terminal.close();
	}
	return { credential: { domain, apiPath, accessKey, secretKey }, sessionGuid };
}

async function localAccount(cleanup: Cleanup): Promise<Account> {
	const server = await startPerculusServer();
	cleanup.add(async () => await server.stop());
	// The sample's own start is past; without one, the session starts in a month.
	const { session_guid: sessionGuid } = server.preload({ ...SAMPLE_STORED, start_date: undefined });
	const keys = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
	const credential = { domain: server.url, apiPath: DEFAULT_API_PATH, ...keys };
	return { credential, sessionGuid, server };
}
