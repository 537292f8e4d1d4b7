import { createHash } from 'node:crypto';

/** The made-up key pair of the API notes' test vector (section 1.2). No account has it. */
export const ACCESS_KEY = '0123456789abcdef0123456789abcdef';
export const SECRET_KEY = 'abcdef0123456789abcdef0123456789';

/** Documented: access key, a bar, then the lower-case hex SHA-256 of `access|secret`. */
export function bearerToken(accessKey: string, secretKey: string): string {
	const hash = createHash('sha256').update(`${accessKey}|${secretKey}`, 'utf8').digest('hex');
	return `${accessKey}|${hash}`;
}

/**
 * Documented: the header is required on every route. Assumed: the hash is compared exactly, so
 * upper-case hex is refused (the strict reading, which catches a client that guesses).
 */
export function isAuthorized(
	header: string | undefined,
	accessKey: string,
	secretKey: string,
): boolean {
	const [scheme, token] = /^(\S+) (.+)$/.exec(header ?? '')?.slice(1) ?? [];
	return scheme?.toLowerCase() === 'bearer' && token === bearerToken(accessKey, secretKey);
}
