import { classify } from '../../../nodes/Perculus/transport/classify';
import { FAILURES } from '../../../nodes/Perculus/transport/failures/failures';
import {
	NO_CREDENTIAL,
	NO_TIME_LEFT,
} from '../../../nodes/Perculus/transport/failures/networkErrors';
import type { Failure } from '../../../nodes/Perculus/transport/reply';
import type { Response, NetworkError } from '../../../nodes/Perculus/transport/transport';

const times = { sentAt: 1, receivedAt: 2 };
const answer = (status: number, body: unknown = '', headers = {}): Response => ({
	kind: 'response',
	status,
	body,
	headers,
	...times,
});
const fault = (code: string, rest: Partial<NetworkError> = {}): NetworkError => ({
	kind: 'networkError',
	code,
	message: '',
	notSigned: false,
	unconnected: false,
	...times,
	...rest,
});

type Case = [row: string, applied: 'no' | 'unknown', ...met: Array<Response | NetworkError>];

/** What n8n's client was seen to hand over, by the row of the table it belongs to. */
const CASES: Case[] = [
	['refused by the credential', 'no', fault('', { notSigned: true, message: 'Domain is empty.' })],
	['no credential', 'no', fault(NO_CREDENTIAL)],
	['no time left', 'no', fault(NO_TIME_LEFT)],
	[
		'blocked by n8n',
		'no',
		fault('', { message: 'The request was blocked because it resolves to a private address' }),
		fault('', { message: 'Domain not allowed: perculus.example' }),
	],
	[
		'connection refused',
		'no',
		fault('ECONNREFUSED'),
		fault('ENOTFOUND'),
		fault('EAI_AGAIN'),
		fault('EHOSTUNREACH', { unconnected: true }),
		fault('ETIMEDOUT', { unconnected: true }),
		fault('ECONNRESET', { unconnected: true }),
	],
	[
		'no secure connection',
		'no',
		fault('CERT_HAS_EXPIRED'),
		fault('DEPTH_ZERO_SELF_SIGNED_CERT'),
		fault('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
		fault('ERR_TLS_CERT_ALTNAME_INVALID'),
		fault('EPROTO', { message: 'write EPROTO SSL routines:ssl3_get_record:wrong version number' }),
		fault('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
	],
	['nothing new', 'no', answer(304)],
	['redirect', 'no', ...[300, 301, 302, 303, 305, 307, 308, 399].map((status) => answer(status))],
	['unauthorized', 'no', answer(401), answer(401, { code: 14, details: 'Unauthorized' })],
	['forbidden', 'no', answer(403, { code: 17, details: 'AuthorizationError' })],
	['forbidden by whom', 'no', answer(403), answer(403, '<h1>Forbidden</h1>'), answer(403, {})],
	['proxy', 'no', answer(407), answer(407, '<h1>Proxy Authentication Required</h1>')],
	['nothing there', 'no', answer(404, '<h1>Not Found</h1>'), answer(405)],
	['too many requests', 'no', answer(429), answer(429, { message: 'slow down' })],
	['out of service for a while', 'no', answer(503, '', { 'retry-after': '5' })],
	[
		'no answer in time',
		'unknown',
		fault('ECONNABORTED'),
		fault('ETIMEDOUT'),
		fault('ESOCKETTIMEDOUT'),
	],
	[
		'connection lost',
		'unknown',
		fault('ECONNRESET'),
		fault('EPIPE'),
		// A body cut short.
		fault('ERR_BAD_RESPONSE'),
		fault('Z_DATA_ERROR'),
		fault('HPE_INVALID_CONSTANT'),
		// On a connection that came about, these came after the request.
		fault('EHOSTUNREACH'),
		fault('ENETUNREACH'),
		fault('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
		fault('ERR_TLS_RENEGOTIATION_DISABLED'),
		fault('EPROTO', { message: 'read EPROTO bad record mac' }),
		fault('UND_ERR_SOCKET'),
		fault(''),
	],
	[
		'no readable answer',
		'unknown',
		answer(200),
		answer(200, '{"approved": [], "reje'),
		answer(200, null),
		answer(200, []),
		answer(200, { approved: null }),
		answer(200, JSON.parse('{"__proto__":{"approved":[]}}')),
		answer(204),
		answer(400, '<h1>Bad Request</h1>'),
		answer(408),
		answer(500, { code: 11, details: 'ServerError' }),
		answer(502, '<h1>Bad Gateway</h1>'),
		answer(503),
		answer(504),
	],
];

describe('what an answer or a fault means', () => {
	it.each(
		CASES.flatMap(([row, applied, ...all]) => all.map((met) => [row, applied, met] as const)),
	)('%s: %s, by %j', (row, applied, met) => {
		const reply = classify(met);
		expect(reply).toMatchObject({ kind: 'failed', name: row, applied });
		expect(reply).toHaveProperty('message', expect.stringMatching(/^[A-Z'].+\.$/));
		expect(JSON.stringify(reply)).not.toMatch(/\b(?:error|problem|failure)\b/i);
	});

	it('413 is too large, and nothing of it was applied', () => {
		const failure = { name: 'too large', applied: 'no' };
		expect(classify(answer(413, '<h1>Too Large</h1>'))).toMatchObject({
			kind: 'tooLarge',
			failure,
		});
	});

	it.each([
		[304, 'HTTP 304', 'another address'],
		[407, 'proxy', 'Access Key'],
		[403, 'proxy', 'Secret Key'],
	])('%i says what it is, not what it is not', (status, says, saysNot) => {
		const { message } = classify(answer(status)) as Failure;
		expect(message).toContain(says);
		expect(message).not.toContain(saysNot);
	});

	it.each([
		[400, 38],
		[400, 41],
		[413, null],
		[413, 38],
	])('HTTP %i with code %j is too large, and nothing of it was applied', (status, code) => {
		expect(classify(answer(status, { code, details: 'Too many.' }))).toMatchObject({
			kind: 'tooLarge',
			code,
			details: ['Too many.'],
			failure: { applied: 'no' },
		});
	});

	it('has a case for each row of the table', () => {
		const rows = FAILURES.map(({ name }) => name).filter((name) => name !== 'too large');
		expect(CASES.map(([row]) => row)).toEqual(rows);
	});

	it('calls only the busy ones worth a wait', () => {
		const busy = FAILURES.filter((row) => row.busy).map(({ name }) => name);
		expect(busy).toEqual(['too many requests', 'out of service for a while']);
	});
});
