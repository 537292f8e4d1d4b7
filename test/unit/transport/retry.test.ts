import { sendWhileBusy } from '../../../nodes/Perculus/transport/retry';
import type { Response, Transport } from '../../../nodes/Perculus/transport/transport';

const DATE = 'Tue, 06 Aug 2030 12:00:00 GMT';

/** A server with scripted responses; records the waits. */
function scripted(...script: Array<{ status: number; headers?: Record<string, string> }>) {
	const waits: number[] = [];
	let posts = 0;
	const transport: Transport = {
		now: () => 0,
		wait: async (milliseconds) => void waits.push(milliseconds),
		async request(): Promise<Response> {
			const { status, headers = {} } = script[Math.min(posts++, script.length - 1)] ?? {
				status: 200,
			};
			return { kind: 'response', status, body: '', headers };
		},
	};
	return { transport, waits, posts: () => posts };
}

async function waitsFor(...script: Parameters<typeof scripted>) {
	const { transport, waits, posts } = scripted(...script);
	const outcome = await sendWhileBusy(transport, {
		method: 'POST',
		path: '/session/batch',
		body: [],
	});
	return { waits, posts: posts(), status: outcome.kind === 'response' && outcome.status };
}

const busy = (value?: string, rest = {}) => ({
	status: 429,
	headers: { ...(value !== undefined && { 'retry-after': value }), ...rest },
});
const ok = { status: 200 };

describe('Busy server', () => {
	it('waits the seconds that a busy server asks for', async () => {
		expect(await waitsFor(busy('7'), ok)).toEqual({ waits: [7000], posts: 2, status: 200 });
	});

	it('waits until the date of a busy server, by its own clock', async () => {
		const date = busy('Tue, 06 Aug 2030 12:00:09 GMT', { date: DATE });
		expect((await waitsFor(date, ok)).waits).toEqual([9000]);
	});

	it('does not wait for a server that asks for more than a minute', async () => {
		expect(await waitsFor(busy('61'))).toEqual({ waits: [], posts: 1, status: 429 });
		const date = busy('Tue, 06 Aug 2030 13:00:00 GMT', { date: DATE });
		expect((await waitsFor(date)).posts).toBe(1);
	});

	it('sends again after 1, 2, 4 and 8 seconds if the server names no time', async () => {
		expect(await waitsFor(busy())).toEqual({
			waits: [1000, 2000, 4000, 8000],
			posts: 5,
			status: 429,
		});
		expect((await waitsFor(busy('soon'), ok)).waits).toEqual([1000]);
	});

	it.each([
		'0',
		'-5',
		'+3',
		'1, 2',
		'1, 3000',
		'0.2',
		'',
		' ',
		'soon',
		'2 seconds',
		'Infinity',
		'1e3',
	])('waits the usual pauses if the server asks for %j', async (value) => {
		expect((await waitsFor(busy(value))).waits).toEqual([1000, 2000, 4000, 8000]);
	});

	it('waits the usual pauses if the date of the server has passed or is invalid', async () => {
		for (const value of [
			'Tue, 06 Aug 2030 11:00:00 GMT',
			DATE,
			'2030-08-06T11:59:59Z',
			'Tue, 45',
		]) {
			expect((await waitsFor(busy(value, { date: DATE }))).waits).toEqual([1000, 2000, 4000, 8000]);
		}
	});

	it.each([
		'Tue, 06 Aug 2030 12:00:09 GMT',
		'Tuesday, 06-Aug-30 12:00:09 GMT',
		'Tue Aug  6 12:00:09 2030',
		'Tue, 06 Aug 2030 15:00:09 +0300',
		'2030-08-06T12:00:09Z',
	])('waits until the date %s', async (value) => {
		expect((await waitsFor(busy(value, { date: DATE }), ok)).waits).toEqual([9000]);
	});

	it('waits the usual pause or the time that the server asks for, if that is longer', async () => {
		expect((await waitsFor(busy('3'))).waits).toEqual([3000, 3000, 4000, 8000]);
	});

	it('waits at most three minutes in total', async () => {
		expect((await waitsFor(busy('59'))).waits).toEqual([59_000, 59_000, 59_000]);
	});

	it('sends again after HTTP 503 only if it has Retry-After', async () => {
		const later = { status: 503, headers: { 'retry-after': '2' } };
		expect((await waitsFor(later, ok)).waits).toEqual([2000]);
		expect((await waitsFor({ status: 503 }, ok)).posts).toBe(1);
	});
});
