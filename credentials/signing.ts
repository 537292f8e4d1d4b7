import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const NOT_SIGNED = 'NotSigned';

function refusal(message: string): Error {
	// A name, not a code: n8n's test of a credential shows a code in place of the sentence.
	return Object.assign(new Error(message), { name: NOT_SIGNED });
}

/** Whether an error, or the error that n8n wrapped in it, is this credential's refusal: nothing was sent then. */
export function isNotSigned(error: unknown): boolean {
	const isOurs = (at: unknown) => at instanceof Object && 'name' in at && at.name === NOT_SIGNED;
	return isOurs(error) || (error instanceof Object && 'cause' in error && isOurs(error.cause));
}

/** Only traffic to these never leaves the machine. */
function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The text in the place of the host. A parser takes the scheme of 'https:/acme.perculus.com' or of
 * 'https://https://acme.perculus.com' for a host called https with an empty port.
 */
function hostTextOf(address: string): string {
	return address.replace(/^[^:]*:[/\\]*/, '').split(/[/\\?#]/, 1)[0] ?? '';
}

/**
 * The origin to send to: 'acme.perculus.com' or anything pasted from its address bar gives 'https://acme.perculus.com'.
 *
 * @throws when it isn't a host, or isn't encrypted
 */
export function originOf(domain: unknown): string {
	const text = typeof domain === 'string' ? domain.trim() : '';
	if (text === '')
		throw refusal(
			"The field 'Domain' is empty. Enter the host of your Perculus account, e.g. acme.perculus.com.",
		);
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	const host = hostTextOf(address);
	if (/^https?(?::|$)/i.test(host)) {
		throw refusal(
			`The field 'Domain' has '${host.split(':', 1)[0]}' where the host should be. Enter only the host of your Perculus account, e.g. acme.perculus.com.`,
		);
	}
	if (host.endsWith(':') || !URL.canParse(address)) {
		throw refusal(
			"The field 'Domain' is not a host name. Enter the host of your Perculus account, e.g. acme.perculus.com.",
		);
	}
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') {
		throw refusal(
			"The field 'Domain' must not contain a user name or password. Enter only the host, e.g. acme.perculus.com.",
		);
	}
	if (url.protocol === 'http:' && isLoopback(url.hostname)) return url.origin;
	if (url.protocol !== 'https:') {
		throw refusal(
			"The field 'Domain' must start with https, because requests carry the key to your account. Plain http is only allowed for a server on this machine.",
		);
	}
	// 'acme' for acme.perculus.com: n8n's test would only show ENOTFOUND.
	if (!/[.:]/.test(url.hostname) && !isLoopback(url.hostname)) {
		throw refusal(
			`The field 'Domain' is only '${url.hostname}'. Enter the whole host of your Perculus account, e.g. acme.perculus.com.`,
		);
	}
	return url.origin;
}

/** The address of the API, such as 'https://acme.perculus.com/xapi/v2'; throws as `originOf` does. */
export function baseOf({ domain, apiPath }: ICredentialDataDecryptedObject): string {
	return originOf(domain) + (apiPath === '/api/groups/xapi' ? apiPath : '/xapi/v2');
}

/** A key without the spaces and line ends of copying; '' for none. */
export const keyOf = (key: unknown): string => (typeof key === 'string' ? key.trim() : '');

/**
 * The bearer of API v2: ACCESS|sha256hex(ACCESS|SECRET), the same for every request, so that nothing is fetched,
 * cached or renewed. Source: the API's "Authorization" page.
 *
 * @throws when a key is empty or can't be part of a header
 */
export function bearerOf(accessKey: unknown, secretKey: unknown): string {
	const [access, secret] = [keyOf(accessKey), keyOf(secretKey)];
	if (!access || !secret) {
		throw refusal(
			"'Access Key' or 'Secret Key' is empty. Copy both from the developer settings of your Perculus account.",
		);
	}
	if (!/^[\x21-\x7e]+$/.test(access)) {
		throw refusal(
			"'Access Key' has a character that no key has. Copy it again from the developer settings of your Perculus account.",
		);
	}
	const hash = createHash('sha256').update(`${access}|${secret}`, 'utf8').digest('hex');
	return `Bearer ${access}|${hash}`;
}

/**
 * Whether a request may carry the bearer.
 *
 * @param address absolute, or relative to the API's base
 * @throws when its origin isn't the credential's, or can't be read
 */
export function requireSameOrigin(address: string, base: string): void {
	if (!URL.canParse(address, base)) {
		throw refusal("The URL of this request can't be read. Correct it.");
	}
	if (new URL(base).origin === new URL(address, base).origin) return;
	throw refusal(
		`This credential only signs requests to ${new URL(base).origin}. Send the request there, or use another credential.`,
	);
}
