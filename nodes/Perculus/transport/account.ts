import { createHash } from 'node:crypto';

import { baseOf, keyOf } from '../../../credentials/signing';
import { CREDENTIAL, type RequestContext } from './client';

/**
 * What this process remembers is remembered for an account: a digest of the origin, the API path and the Access Key, in
 * which the Secret Key has no part.
 *
 * @returns undefined where the credential cannot be read or used; no request gets out then
 */
export async function accountOf(context: RequestContext): Promise<string | undefined> {
	try {
		const credentials = await context.getCredentials(CREDENTIAL);
		const parts = [baseOf(credentials), keyOf(credentials.accessKey)];
		return createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex');
	} catch {
		return undefined;
	}
}
