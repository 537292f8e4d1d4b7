import { bearerOf, keyOf } from '../../../credentials/signing';

/** Matches the secrets of a credential; undefined without any. */
export type Secrets = RegExp | undefined;

export const NO_SECRETS: Secrets = undefined;

/** Fewer characters would be part of ordinary words. */
const MIN_LENGTH = 8;
const BEARER = /\bBearer\s+[^\s"'<>]+/gi;

/** Plain, in an address, and inside a JSON text. */
const spellingsOf = (secret: string) => [
	secret,
	encodeURIComponent(secret),
	JSON.stringify(secret).slice(1, -1),
];

/** The part of the bearer after the bar; none if the keys make no bearer. */
function hashOf(accessKey: unknown, secretKey: unknown): string[] {
	try {
		return [bearerOf(accessKey, secretKey).slice(-64)];
	} catch {
		return [];
	}
}

/**
 * The secrets of a credential: both keys, and the hash in the bearer.
 *
 * @param accessKey @param secretKey as in the credential; what isn't a key is no secret
 */
export function secretsOf(accessKey: unknown, secretKey: unknown): Secrets {
	const spellings = [keyOf(accessKey), keyOf(secretKey), ...hashOf(accessKey, secretKey)]
		.filter((secret) => secret.length >= MIN_LENGTH && secret.isWellFormed())
		.flatMap(spellingsOf)
		// The longest first, so that nothing of it remains.
		.sort((a, b) => b.length - a.length)
		.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return spellings.length > 0 ? new RegExp(spellings.join('|'), 'gi') : NO_SECRETS;
}

/** Replaces every whole secret and every bearer in a text by an ellipsis. */
export function redactSecrets(text: string, secrets: Secrets): string {
	const withoutBearer = text.replace(BEARER, '…');
	return secrets ? withoutBearer.replace(secrets, '…') : withoutBearer;
}
