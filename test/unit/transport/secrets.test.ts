import { createHash } from 'node:crypto';

import { NO_SECRETS, redactSecrets, secretsOf } from '../../../nodes/Perculus/transport/secrets';

const ACCESS = 'A1b2C3d4E5f6a7B8c9D0e1F2a3B4c5D6';
const SECRET = 'q/W+e"r\\t|y=u&i%o#p~Zx Cv-Bn_Mq.9';
const HASH = createHash('sha256').update(`${ACCESS}|${SECRET}`).digest('hex');
const secrets = secretsOf(` ${ACCESS}\n`, SECRET);

describe.each([
	['the Access Key', ACCESS],
	['the Secret Key', SECRET],
	['the hash', HASH],
])('Redacting %s', (_, secret) => {
	it.each<[string, (text: string) => string]>([
		['as it is', (text) => text],
		['in capitals', (text) => text.toUpperCase()],
		['in an address', (text) => `https://x.example/?a=${encodeURIComponent(text)}&b=1`],
		['in JSON', (text) => JSON.stringify({ key: text })],
		['between other characters', (text) => `xyz%7C${text}%7Cxyz`],
		['twice', (text) => `${text}${text}`],
	])('a secret %s becomes an ellipsis, and the words around it stay', (__, spell) => {
		const redacted = redactSecrets(`Words before ${spell(secret)} and behind.`, secrets);
		expect(redacted).toMatch(/^Words before .*….* and behind\.$/);
		const lower = redacted.toLowerCase();
		for (const part of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
			expect(lower).not.toContain(part.toLowerCase());
	});
});

it('redacts the bearer of any account', () => {
	expect(redactSecrets(`Header: Bearer ${ACCESS}|${HASH}.`, secrets)).toBe('Header: …');
	expect(redactSecrets('Header: Bearer abc|def, sent.', NO_SECRETS)).toBe('Header: … sent.');
});

it.each([
	'Invalid session start date.',
	'Geçersiz oturum başlangıç tarihi.',
	'1B27EB7F-0000-4000-8000-000000000001',
	'',
])('leaves the text %j unchanged', (text) => {
	expect(redactSecrets(text, secrets)).toBe(text);
	expect(redactSecrets(text, NO_SECRETS)).toBe(text);
});

it.each([
	[undefined, undefined],
	['', ''],
	[5, {}],
])('the keys %j and %j give no secrets', (access, secret) => {
	expect(secretsOf(access, secret)).toBe(NO_SECRETS);
});

it('short keys are not redacted', () => {
	expect(redactSecrets('not a secret', secretsOf('a', 'not'))).toBe('not a secret');
});
