import { isBusy } from '../../../nodes/Perculus/transport/classify';
import type { Response } from '../../../nodes/Perculus/transport/transport';

const response = (status: number, rest: Partial<Response> = {}): Response => ({
	kind: 'response',
	status,
	body: '',
	headers: {},
	sentAt: 0,
	receivedAt: 0,
	...rest,
});

it.each<[boolean, string, Response]>([
	[true, '429', response(429)],
	[true, '503 with Retry-After', response(503, { headers: { 'retry-after': '1' } })],
	[false, '503 without', response(503)],
	[false, '500', response(500)],
	[false, '200', response(200)],
	[false, '429 with results', response(429, { body: { approved: [], rejected: [] } })],
])('%s for %s', (busy, _, outcome) => {
	expect(isBusy(outcome)).toBe(busy);
});

it('does not read the body of any other answer: it is judged once, when it is taken', () => {
	let reads = 0;
	const body = {
		get rejected() {
			reads++;
			return [];
		},
	};
	for (const status of [200, 207, 400, 404, 500]) isBusy(response(status, { body }));
	expect(reads).toBe(0);
});
