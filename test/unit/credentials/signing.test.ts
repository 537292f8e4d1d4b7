import { bearerOf, originOf, requireSameOrigin } from '../../../credentials/signing';

describe('Bearer', () => {
	it('the bearer is built as documented', () => {
		expect(bearerOf('0123456789abcdef0123456789abcdef', 'abcdef0123456789abcdef0123456789')).toBe(
			'Bearer 0123456789abcdef0123456789abcdef|cda303c98ba06986db54ce62598a5a9e8e5dd39c457807d44e8daf21c6e89800',
		);
	});

	it('ignores spaces and line ends around pasted keys', () => {
		expect(bearerOf(' access\n', '\tsecret ')).toBe(bearerOf('access', 'secret'));
	});

	it.each([
		['', 'secret'],
		['access', ' '],
		[undefined, 'secret'],
		['acc\ness', 'secret'],
		['erişim', 'secret'],
	])('rejects keys that cannot be sent, without showing them: %j', (access, secret) => {
		const attempt = () => bearerOf(access, secret);
		expect(attempt).toThrow(/Key'/);
		expect(attempt).not.toThrow(/acc\ness|erişim|secret/);
	});
});

describe('Domain', () => {
	it.each([
		['acme.perculus.com', 'https://acme.perculus.com'],
		[' acme.perculus.com/ ', 'https://acme.perculus.com'],
		['https://acme.perculus.com/panel/sessions?x=1#top', 'https://acme.perculus.com'],
		['acme.perculus.com:8443', 'https://acme.perculus.com:8443'],
		['http://localhost:4010', 'http://localhost:4010'],
		['https://localhost:4010', 'https://localhost:4010'],
		['http://127.0.0.1:4010/xapi/v2', 'http://127.0.0.1:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['HTTPS://ACME.perculus.com', 'https://acme.perculus.com'],
		['//acme.perculus.com', 'https://acme.perculus.com'],
		['https:///acme.perculus.com/', 'https://acme.perculus.com'],
		['https://acme.perculus.com/go?to=https://else.example', 'https://acme.perculus.com'],
		['https.perculus.com', 'https://https.perculus.com'],
	])('reduces the domain %j to its origin', (domain, origin) => {
		expect(originOf(domain)).toBe(origin);
	});

	it.each([
		['http://acme.perculus.com', /must start with https/],
		['http://127.0.0.1.evil.example', /must start with https/],
		['http://localhost.evil.example', /must start with https/],
		['ftp://acme.perculus.com', /https/],
		['file:///etc/hosts', /https/],
		['https://user:pass@acme.perculus.com', /user name/],
		['acme.perculus.com@evil.example', /user name/],
		['', /empty/],
		[undefined, /empty/],
		['two words', /not a host name/],
		['acme', /only 'acme'/],
		['https://acme/panel', /only 'acme'/],
		['https:/acme.perculus.com', /'https' where the host should be/],
		['https:acme.perculus.com', /'https' where the host should be/],
		['https:\\\\acme.perculus.com', /'https' where the host should be/],
		['https//acme.perculus.com', /'https' where the host should be/],
		['https://https://acme.perculus.com', /'https' where the host should be/],
		['HTTPS://HTTP://acme.perculus.com', /'HTTP' where the host should be/],
		['https://http:/localhost:4010', /'http' where the host should be/],
		['https://', /not a host name/],
		['http', /'http' where the host should be/],
		['www.https://acme.perculus.com', /start with https/],
		['ftp:/acme.perculus.com', /not a host name/],
		['htps:/acme.perculus.com', /not a host name/],
		['acme.perculus.com:', /not a host name/],
	])('rejects the domain %j with the reason', (domain, why) => {
		expect(() => originOf(domain)).toThrow(why);
	});
});

describe('Signing', () => {
	const base = 'https://acme.perculus.com/xapi/v2';

	it.each([
		'/session/batch',
		'session/batch',
		'https://acme.perculus.com/api/groups/xapi/session/search',
	])('accepts a request to its own origin: %s', (address) => {
		expect(() => requireSameOrigin(address, base)).not.toThrow();
	});

	it.each([
		['https://', base],
		['/session/batch', 'no base'],
		['https://acme.perculus.com:99999/', base],
	])('rejects a request without a valid URL: %s below %s', (address, below) => {
		expect(() => requireSameOrigin(address, below)).toThrow(/URL of this request/);
	});

	it.each([
		'https://evil.example/session/batch',
		'//evil.example/session/batch',
		'http://acme.perculus.com/session/batch',
		'https://acme.perculus.com:444/session/batch',
		'https://acme.perculus.com.evil.example/',
		'\\\\evil.example/x',
	])('rejects a request to another origin: %s', (address) => {
		expect(() => requireSameOrigin(address, base)).toThrow(
			/only signs requests to https:\/\/acme\.perculus\.com\./,
		);
	});
});
