import { createHash } from 'node:crypto';

import { NO_SECRETS, redact, secretsOf } from '../../../nodes/Perculus/transport/redact';

const ACCESS = 'A1b2C3d4E5f6a7B8c9D0e1F2a3B4c5D6';
const SECRET = 'q/W+e"r\\t|y=u&i%o#p~Zx Cv-Bn_Mq.9';
const HASH = createHash('sha256').update(`${ACCESS}|${SECRET}`).digest('hex');
const secrets = secretsOf(ACCESS, SECRET);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Whether so many characters in a row of one text stand in the other. */
function shares(text: string, secret: string, length: number): boolean {
	const [within, of] = [text.toLowerCase(), secret.toLowerCase()];
	for (let at = 0; at + length <= of.length; at++)
		if (within.includes(of.slice(at, at + length))) return true;
	return false;
}

describe.each([
	['the Access Key', ACCESS],
	['the Secret Key', SECRET],
	['the hash', HASH],
])('%s', (_, secret) => {
	it.each<[string, (text: string) => string]>([
		['as it is', (text) => text],
		['in capitals', (text) => text.toUpperCase()],
		['in quotes', (text) => `"${text}"`],
		['as in an address', (text) => `https://x.example/?a=${encodeURIComponent(text)}&b=1`],
		['in JSON', (text) => JSON.stringify({ key: text })],
		['in JSON in JSON', (text) => JSON.stringify(JSON.stringify({ key: text }))],
		['between other characters', (text) => `xyz%7C${text}%7Cxyz`],
		['in base64', (text) => base64(text)],
		['in base64, one character further', (text) => base64(`:${text}:`)],
		['in base64, two characters further', (text) => base64(`x:${text}`)],
		['in base64 for addresses', (text) => Buffer.from(`id:${text}`).toString('base64url')],
		['its first half', (text) => `${text.slice(0, text.length / 2)}…`],
		['its last half', (text) => `…${text.slice(text.length / 2)}`],
		['its middle', (text) => `…${text.slice(5, 25)}…`],
	])('%s is taken out, and the words around it stay', (__, spell) => {
		const spelling = spell(secret);
		const left = redact(`The words before ${spelling} and the words behind.`, secrets);
		expect(left).toMatch(/^The words before .*….* and the words behind\.$/);
		expect(shares(left, secret, 8)).toBe(false);
		for (const before of ['', 'x', 'xx'])
			expect(shares(left, base64(before + secret).slice(before.length + 1, -3), 9)).toBe(false);
	});
});

it('a whole bearer goes with its name, of whatever account', () => {
	expect(redact(`Header: Bearer ${ACCESS}|${HASH}.`, secrets)).toBe('Header: …');
	expect(redact('Header: Bearer abc|def, sent.', NO_SECRETS)).toBe('Header: … sent.');
});

it.each([
	'Invalid session start date.',
	'Geçersiz oturum başlangıç tarihi.',
	'1B27EB7F-0000-4000-8000-000000000001',
	'Look in Perculus before you send this session again.',
	'',
])('%j has nothing to take out', (text) => {
	expect(redact(text, secrets)).toBe(text);
	expect(redact(text, NO_SECRETS)).toBe(text);
});

it.each([
	[undefined, undefined],
	['', ''],
	['a', 'not'],
	[5, {}],
])('the keys %j and %j are nothing to look for', (access, secret) => {
	expect(redact('a text that is not about them', secretsOf(access, secret))).toBe(
		'a text that is not about them',
	);
});

it('takes time in proportion to the text, whatever it is made of', () => {
	const blobs = ['x1|', 'A1b2C3d', `${ACCESS}|`, 'Bearer ', 'ab', ' '].map((part) =>
		part.repeat(Math.ceil(500_000 / part.length)),
	);
	const started = performance.now();
	for (const blob of blobs) redact(blob, secrets);
	expect(performance.now() - started).toBeLessThan(10_000);
});
