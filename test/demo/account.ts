import { holdSessions } from '../engine/harness/held';
import { ACCESS_KEY, SAMPLE_STORED, SECRET_KEY, startPerculusServer } from '../perculus-server';
import type { Cleanup } from '../n8n/cleanup';
import { UserError } from '../n8n/userError';

/** The Perculus account the demo works with. */
export interface Account {
	/** The data of the credential. */
	credential: { domain: string; apiPath: string; accessKey: string; secretKey: string };
	/** A session that exists there. */
	sessionGuid: string;
	/** How many batch requests arrived; undefined for a real account, which does not tell. */
	batchRequests: (() => number) | undefined;
	/** How many sessions there are; undefined for a real account, which has others, too. */
	sessions: (() => number) | undefined;
	/** Adds a session that was held, with its attendees, and returns its GUID; not in a real account. */
	holdSession: (() => string | undefined) | undefined;
}

const REQUIRED = [
	'PERCULUS_DOMAIN',
	'PERCULUS_ACCESS_KEY',
	'PERCULUS_SECRET_KEY',
	'PERCULUS_SESSION_GUID',
] as const;
const DEFAULT_API_PATH = '/xapi/v2';

/** The real account that environment variables describe, if any of them is set. */
export function realAccount(env = process.env): Account | undefined {
	const missing = REQUIRED.filter((name) => !env[name]);
	if (missing.length === REQUIRED.length) return undefined;
	if (missing.length > 0) {
		throw new UserError(`To run the demo with a real account, set ${missing.join(', ')} as well.`);
	}
	const value = (name: (typeof REQUIRED)[number]) => env[name] ?? '';
	return {
		credential: {
			domain: value('PERCULUS_DOMAIN'),
			apiPath: env.PERCULUS_API_PATH || DEFAULT_API_PATH,
			accessKey: value('PERCULUS_ACCESS_KEY'),
			secretKey: value('PERCULUS_SECRET_KEY'),
		},
		sessionGuid: value('PERCULUS_SESSION_GUID'),
		batchRequests: undefined,
		sessions: undefined,
		holdSession: undefined,
	};
}

/** A local stand-in for Perculus, with one session in it. */
export async function localAccount(cleanup: Cleanup): Promise<Account> {
	const server = await startPerculusServer();
	cleanup.add(async () => await server.stop());
	// The sample's own start is past by now; without one, the session starts in a month.
	const { session_guid: sessionGuid } = server.preload({ ...SAMPLE_STORED, start_date: undefined });
	return {
		credential: {
			domain: server.url,
			apiPath: DEFAULT_API_PATH,
			accessKey: ACCESS_KEY,
			secretKey: SECRET_KEY,
		},
		sessionGuid,
		batchRequests: () => server.batches().length,
		sessions: () => server.sessions.size,
		holdSession: () => holdSessions(server, 1)[0],
	};
}
