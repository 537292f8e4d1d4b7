import {
	FAILURE_NAMES,
	NO_CREDENTIAL,
	TIMED_OUT,
} from '../../../nodes/Perculus/transport/failures';
import {
	isBusy,
	isNotThere,
	readBatchResponse,
	readSingleResponse,
} from '../../../nodes/Perculus/transport/responses';
import type { NetworkError, Response } from '../../../nodes/Perculus/transport/transport';

const response = (status: number, body: unknown = '', headers = {}): Response => ({
	kind: 'response',
	status,
	body,
	headers,
});
const networkError = (code: string, rest: Partial<NetworkError> = {}): NetworkError => ({
	kind: 'networkError',
	code,
	message: '',
	notSigned: false,
	unconnected: false,
	...rest,
});
const PAGE = '<h1>Sign in</h1>';

type Case = [
	row: string,
	applied: 'no' | 'unknown',
	endsAll: boolean,
	...outcomes: Array<Response | NetworkError>,
];

/** What n8n's client was seen to return, by the row of the table. */
const FAILURES: Case[] = [
	[
		'refused by the credential',
		'no',
		true,
		networkError('', { notSigned: true, message: 'Domain is empty.' }),
	],
	['no credential', 'no', true, networkError(NO_CREDENTIAL)],
	[
		'blocked by n8n',
		'no',
		true,
		networkError('', { message: 'The request was blocked because it resolves to a private IP' }),
		networkError('', { message: 'Domain not allowed: perculus.example' }),
	],
	[
		'no connection',
		'no',
		true,
		networkError('ECONNREFUSED'),
		networkError('ENOTFOUND'),
		networkError('EAI_AGAIN'),
		networkError('EHOSTUNREACH', { unconnected: true }),
		networkError('ETIMEDOUT', { unconnected: true }),
		networkError('ECONNRESET', { unconnected: true }),
	],
	[
		'no secure connection',
		'no',
		true,
		networkError('CERT_HAS_EXPIRED'),
		networkError('DEPTH_ZERO_SELF_SIGNED_CERT'),
		networkError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
		networkError('ERR_TLS_CERT_ALTNAME_INVALID'),
		networkError('EPROTO', { message: 'write EPROTO ssl3_get_record:wrong version number' }),
		networkError('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
	],
	['not modified', 'no', true, response(304)],
	[
		'redirect',
		'no',
		true,
		...[300, 301, 302, 303, 305, 307, 308, 399].map((status) => response(status)),
	],
	['unauthorized', 'no', true, response(401), response(401, { code: 14, details: 'Unauthorized' })],
	['forbidden', 'no', true, response(403, { code: 17, details: 'AuthorizationError' })],
	['forbidden by a proxy', 'no', true, response(403), response(403, PAGE), response(403, {})],
	['proxy authentication', 'no', true, response(407), response(407, PAGE)],
	[
		'wrong address',
		'no',
		false,
		response(404, PAGE),
		response(405),
		// A gateway's own code, or one that is not documented as 404.
		response(404, { code: 404, message: 'No route.' }),
		response(404, { code: 12, details: 'No.' }),
	],
	['too many requests', 'no', false, response(429), response(429, { code: 10 })],
	['out of service', 'no', false, response(503, '', { 'retry-after': '5' })],
	[
		'timeout',
		'unknown',
		true,
		networkError(TIMED_OUT),
		networkError('ETIMEDOUT'),
		networkError('ESOCKETTIMEDOUT'),
	],
	[
		'connection lost',
		'unknown',
		false,
		networkError('ECONNRESET'),
		networkError('EPIPE'),
		// A body cut short.
		networkError('ERR_BAD_RESPONSE'),
		networkError('Z_DATA_ERROR'),
		networkError('HPE_INVALID_CONSTANT'),
		// On an open connection, these came after the request.
		networkError('EHOSTUNREACH'),
		networkError('ENETUNREACH'),
		networkError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
		networkError('ERR_TLS_RENEGOTIATION_DISABLED'),
		networkError('EPROTO', { message: 'read EPROTO bad record mac' }),
		networkError('UND_ERR_SOCKET'),
		networkError(''),
	],
	[
		'unreadable',
		'unknown',
		false,
		response(200),
		response(200, '{"approved": [], "reje'),
		response(200, null),
		response(200, []),
		response(200, { approved: null }),
		response(200, JSON.parse('{"__proto__":{"approved":[]}}')),
		response(204),
		response(400, PAGE),
		response(408),
		response(409, PAGE),
		response(425),
		response(500, { code: 11, details: 'ServerError' }),
		response(502, PAGE),
		response(503),
		response(504),
	],
];

describe('Failed batch', () => {
	it.each(
		FAILURES.flatMap(([row, applied, endsAll, ...all]) =>
			all.map((outcome) => [row, applied, endsAll, outcome] as const),
		),
	)("recognizes '%s' (applied: %s, ends all: %s) by %j", (row, applied, endsAll, outcome) => {
		const reply = readBatchResponse(outcome);
		expect(reply).toMatchObject({ kind: 'failed', name: row, applied });
		expect('endsAll' in reply).toBe(endsAll);
		expect(reply).toHaveProperty('message', expect.stringMatching(/^[A-Z].+\.$/));
		expect(JSON.stringify(reply)).not.toMatch(/\b(?:error|problem|failure)\b/i);
	});

	it('each row of the table of failures has a test', () => {
		const rows = FAILURE_NAMES.filter((name) => name !== 'too large');
		expect(FAILURES.map(([row]) => row)).toEqual(rows);
	});

	it.each([
		[403, 'proxy', 'Secret Key'],
		[304, 'HTTP 304', 'another address'],
		[407, 'proxy', 'Access Key'],
	])('the message for HTTP %i names the cause', (status, names, namesNot) => {
		const reply = readBatchResponse(response(status));
		expect(reply).toHaveProperty('message', expect.stringContaining(names));
		expect(reply).not.toHaveProperty('message', expect.stringContaining(namesNot));
	});

	it("a failure with a code keeps the API's own words", () => {
		const body = { code: 17, details: ['The key may only read.'] };
		expect(readBatchResponse(response(403, body))).toMatchObject({ apiMessages: body.details });
		expect(readBatchResponse(response(500, { code: 32, details: 'Running.' }))).toMatchObject({
			applied: 'unknown',
			code: 32,
			apiMessages: ['Running.'],
		});
	});
});

describe('Refused batch', () => {
	it.each([
		[413, null],
		[413, 38],
		[400, 38],
		[400, 41],
	])('a batch with HTTP %i and code %j is too large and was not applied', (status, code) => {
		const body = { code, details: 'Too many.' };
		expect(readBatchResponse(response(status, body))).toMatchObject({
			kind: 'tooLarge',
			code,
			details: ['Too many.'],
			failure: { applied: 'no' },
		});
	});

	it.each<[string, number, object, object]>([
		['a wrong value', 400, { code: 12, details: 'No.' }, { kind: 'bodyRefused', code: 12 }],
		['an unreadable body', 400, { code: 19 }, { kind: 'bodyRefused', code: 19 }],
		[
			"the server's own validation",
			400,
			{ errors: { name: ['No.'] } },
			{ kind: 'bodyRefused', code: null },
		],
		['a license limit', 400, { code: 35 }, { kind: 'refused', code: 35 }],
		['an unknown code', 400, { code: 99 }, { kind: 'refused', code: 99 }],
		['an unknown session', 404, { code: 30 }, { kind: 'refused', code: 30 }],
		['an unknown account', 404, { code: 25 }, { kind: 'refused', code: 25 }],
		['a taken address', 409, { code: 51, details: 'Taken.' }, { kind: 'refused', code: 51 }],
		['a taken name', 409, { code: '50' }, { kind: 'refused', code: 50 }],
	])('a batch is refused because of %s: HTTP %i with %j', (_, status, body, reply) => {
		expect(readBatchResponse(response(status, body))).toMatchObject(reply);
	});
});

describe('Response to a single request', () => {
	const isList = (body: unknown) => Array.isArray(body);
	const read = (outcome: Response | NetworkError) => readSingleResponse(outcome, 'read', isList);
	const remove = (outcome: Response | NetworkError) =>
		readSingleResponse(outcome, 'delete', () => false);

	it.each([200, 201, 202, 204])('HTTP %d with a readable body is an answer', (status) => {
		expect(read(response(status, []))).toMatchObject({ kind: 'answer' });
	});

	it.each([
		[404, { code: 30, details: 'session_not_found' }],
		[404, { code: 40, details: 'Attendee not found.' }],
		[404, { code: 25, details: 'Account not found.' }],
		[400, { code: 12, details: ['No.'] }],
		[409, { code: '51', details: 'Taken.' }],
		[422, { code: 12, details: 'No.' }],
		[200, { code: 32, details: 'Running.' }],
	])("HTTP %d with %j is a refusal in the API's words", (status, body) => {
		for (const reply of [read(response(status, body)), remove(response(status, body))]) {
			expect(reply).toMatchObject({
				kind: 'refused',
				status,
				code: Number(body.code),
				details: [body.details].flat(),
			});
		}
	});

	it.each([
		[404, PAGE, 'request_refused'],
		[404, { code: 404 }, 'request_refused'],
		[401, { code: 14 }, 'unauthorized'],
		[403, { code: 17 }, 'unauthorized'],
		[403, '', 'unauthorized'],
		[407, '', 'request_refused'],
		[429, { code: 10 }, 'rate_limited'],
		[302, '', 'request_refused'],
	])('HTTP %d with %j is a failure that applied nothing', (status, body, reason) => {
		for (const reply of [read(response(status, body)), remove(response(status, body))]) {
			expect(reply).toMatchObject({ kind: 'failed', applied: 'no', reason, status });
			expect(reply).not.toHaveProperty('repeatable');
		}
	});

	it.each<[outcome: Response | NetworkError, isRepeatable: boolean]>([
		[networkError('ECONNRESET'), true],
		[response(500), true],
		[response(500, { code: 11 }), true],
		[response(502, PAGE), true],
		[response(503), true],
		[response(200, '[{"name":"CS'), true],
		[response(200, '', { 'content-length': '40' }), true],
		[networkError(TIMED_OUT), false],
		[response(408), false],
		[response(425), false],
		[response(200, PAGE), false],
		[response(200, { ok: true }), false],
		[response(204), false],
	])('the response %j is lost, and the request is repeatable: %s', (outcome, isRepeatable) => {
		const reads = read(outcome);
		expect(reads).toMatchObject({
			kind: 'failed',
			applied: 'no',
			reason: 'service_unavailable',
			message: expect.stringMatching(/^[A-Z].*\. Try again later\.$/) as string,
		});
		const removes = remove(outcome);
		expect(removes).toMatchObject({
			kind: 'failed',
			applied: 'unknown',
			reason: 'outcome_unknown',
			message: expect.stringMatching(/\. It isn't known whether it was deleted\.$/) as string,
		});
		for (const reply of [reads, removes]) expect('repeatable' in reply).toBe(isRepeatable);
	});

	it('code 0 is an answer to a deletion but not to a read', () => {
		const reply = readSingleResponse(response(200, { code: 0 }), 'delete', () => true);
		expect(reply).toMatchObject({ kind: 'answer' });
		expect(read(response(200, { code: 0 }))).toMatchObject({ kind: 'failed', code: null });
	});

	it.each([32, 53, 60])(
		'HTTP 500 with code %i refuses a read for good and leaves a deletion unknown',
		(code) => {
			const outcome = response(500, { code, details: 'No.' });
			expect(read(outcome)).toMatchObject({ kind: 'refused', code, details: ['No.'] });
			const removes = remove(outcome);
			expect(removes).toMatchObject({ kind: 'failed', applied: 'unknown', code });
			expect(removes).not.toHaveProperty('repeatable');
		},
	);

	it.each([400, 409, 410, 422])('HTTP %i without a code is not repeatable', (status) => {
		const reply = read(response(status, PAGE));
		expect(reply).toMatchObject({ applied: 'no', reason: 'request_refused', status });
		expect(reply).not.toHaveProperty('repeatable');
	});

	it.each<[boolean, number, unknown]>([
		[true, 404, { code: 30 }],
		[true, 404, { code: 31 }],
		[true, 404, { code: 40 }],
		[true, 404, { code: 52 }],
		[false, 404, { code: 25 }],
		[false, 404, { code: 404 }],
		[false, 404, PAGE],
		[false, 400, { code: 30 }],
		[false, 200, { code: 30 }],
	])(
		'recognizes that the session or attendee does not exist: %s, by HTTP %i with %j',
		(isSo, status, body) => {
			expect(isNotThere(read(response(status, body)))).toBe(isSo);
		},
	);
});

describe('Busy server', () => {
	it.each<[boolean, Response]>([
		[true, response(429)],
		[true, response(503, '', { 'retry-after': '1' })],
		[false, response(503)],
		[false, response(500)],
		[false, response(200)],
		[false, response(429, { approved: [], rejected: [] })],
	])('the server is busy: %s, by %j', (busy, outcome) => {
		expect(isBusy(outcome)).toBe(busy);
	});

	it('a busy server is recognized without reading the body of any other response', () => {
		let reads = 0;
		const body = {
			get rejected() {
				reads++;
				return [];
			},
		};
		for (const status of [200, 207, 400, 404, 500]) isBusy(response(status, body));
		expect(reads).toBe(0);
	});
});
