import { bearerOf, originOf } from '../../credentials/signing';
import { UserError } from '../n8n/script';

/** The account that the environment names, and the session of it that may be changed. */
export interface Settings {
	/** Origin and path of the API. */
	base: string;
	/** What signs a request. */
	bearer: string;
	/** In the form it was typed; undefined where nothing may be changed. */
	guid: string | undefined;
	/** GUID of a session that is over, whose report is read; undefined where none is. */
	finished: string | undefined;
	/** What must never be printed. */
	secrets: readonly string[];
}

const REQUIRED = ['PERCULUS_DOMAIN', 'PERCULUS_ACCESS_KEY', 'PERCULUS_SECRET_KEY'] as const;
const API_PATHS = ['/xapi/v2', '/api/groups/xapi'];
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads the account from environment variables.
 *
 * @throws UserError with a sentence that says which of them is missing or wrong, and never its value if it is a key
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
	const value = (name: string) => env[name]?.trim() ?? '';
	const missing = REQUIRED.filter((name) => value(name) === '');
	if (missing.length > 0) throw new UserError(`Set ${missing.join(', ')} first.`);

	const apiPath = value('PERCULUS_API_PATH') || '/xapi/v2';
	if (!API_PATHS.includes(apiPath))
		throw new UserError(`PERCULUS_API_PATH must be ${API_PATHS.join(' or ')}.`);
	const guidIn = (name: string): string | undefined => {
		const guid = value(name);
		if (guid !== '' && !GUID.test(guid))
			throw new UserError(`${name} must be the GUID of a session, or unset.`);
		return guid || undefined;
	};
	const guid = guidIn('PERCULUS_SESSION_GUID');
	const finished = guidIn('PERCULUS_FINISHED_SESSION_GUID');

	const [accessKey, secretKey] = [value('PERCULUS_ACCESS_KEY'), value('PERCULUS_SECRET_KEY')];
	try {
		const bearer = bearerOf(accessKey, secretKey);
		return {
			base: originOf(value('PERCULUS_DOMAIN')) + apiPath,
			bearer,
			guid,
			finished,
			secrets: [bearer, bearer.slice(bearer.indexOf('|') + 1), secretKey, accessKey],
		};
	} catch (error) {
		throw new UserError(error instanceof Error ? error.message : String(error));
	}
}
