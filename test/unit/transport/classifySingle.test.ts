import { classifySingle } from '../../../nodes/Perculus/transport/classify';
import type { NetworkError, Response } from '../../../nodes/Perculus/transport/transport';

const times = { sentAt: 1, receivedAt: 2 };
const answer = (status: number, body: unknown = '', headers = {}): Response => ({
	kind: 'response',
	status,
	body,
	headers,
	...times,
});
const fault = (code: string): NetworkError => ({
	kind: 'networkError',
	code,
	message: '',
	notSigned: false,
	unconnected: false,
	...times,
});
const isList = (body: unknown) => Array.isArray(body);

describe('the answer to a request about one thing', () => {
	it.each([200, 201, 202, 204])('is any 2xx, as HTTP %d with nothing in it', (status) => {
		expect(classifySingle(answer(status), 'delete', () => true)).toMatchObject({ kind: 'answer' });
	});

	it.each([
		[404, { code: 30, details: 'session_not_found' }],
		[404, { code: 40, details: 'Attendee not found.' }],
		[400, { code: 12, details: ['No.'] }],
		[409, { code: '51', details: 'Taken.' }],
	])('is a refusal where Perculus says so, as HTTP %d with %j', (status, body) => {
		for (const purpose of ['read', 'delete'] as const) {
			expect(classifySingle(answer(status, body), purpose, isList)).toMatchObject({
				kind: 'refused',
				status,
				code: Number(body.code),
				details: [body.details].flat(),
			});
		}
	});

	it.each([
		[404, '<h1>Not Found</h1>', 'request_refused'],
		[401, { code: 14, details: 'x' }, 'unauthorized'],
		[403, { code: 17, details: 'x' }, 'unauthorized'],
		[403, '', 'unauthorized'],
		[407, '', 'request_refused'],
		[429, { code: 10 }, 'rate_limited'],
		[302, '', 'request_refused'],
	])('is a failure that asking again does not mend, as HTTP %d with %j', (status, body, reason) => {
		for (const purpose of ['read', 'delete'] as const) {
			const reply = classifySingle(answer(status, body), purpose, isList);
			expect(reply).toMatchObject({ kind: 'failed', applied: 'no', reason, status });
			expect(reply).not.toHaveProperty('repeatable');
		}
	});

	const LOST = [
		fault('ECONNABORTED'),
		fault('ECONNRESET'),
		answer(500),
		answer(500, { code: 11, details: 'x' }),
		answer(502, '<h1>Bad Gateway</h1>'),
		answer(503),
		answer(408),
		answer(200, '<h1>Sign in</h1>'),
	];

	it.each(LOST)('is lost, and may be asked for again: %j', (outcome) => {
		const read = classifySingle(outcome, 'read', isList);
		expect(read).toMatchObject({
			kind: 'failed',
			applied: 'no',
			reason: 'service_unavailable',
			repeatable: true,
			message: expect.stringMatching(/^[A-Z].*\. Try again later\.$/) as string,
		});
		const deletion = classifySingle(outcome, 'delete', isList);
		expect(deletion).toMatchObject({
			kind: 'failed',
			applied: 'unknown',
			reason: 'outcome_unknown',
			repeatable: true,
			message: expect.stringMatching(
				/^[A-Z].*, so it is not known whether it was deleted\.$/,
			) as string,
		});
	});

	it('is final where Perculus says that it will not pass, or calls a question wrong', () => {
		for (const code of [32, 53, 60]) {
			const reply = classifySingle(answer(500, { code }), 'delete', isList);
			expect(reply).toMatchObject({ kind: 'failed', applied: 'unknown', code });
			expect(reply).not.toHaveProperty('repeatable');
		}
		for (const status of [400, 409, 422]) {
			const reply = classifySingle(answer(status, '<h1>Bad</h1>'), 'read', isList);
			expect(reply).toMatchObject({ kind: 'failed', applied: 'no', status });
			expect(reply).not.toHaveProperty('repeatable');
		}
	});
});
