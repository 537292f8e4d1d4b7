import { sendWhileBusy } from '../../../nodes/Perculus/transport/retry';
import type { Response, Transport } from '../../../nodes/Perculus/transport/transport';

const DATE = 'Tue, 06 Aug 2030 12:00:00 GMT';

/** A server that is busy as often as told, and a clock that only waiting moves. */
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

describe('a busy server', () => {
	it('is given the seconds it asks for', async () => {
		expect(await waitsFor(busy('7'), ok)).toEqual({ waits: [7000], posts: 2, status: 200 });
	});

	it('is given until its date, by its own clock', async () => {
		const date = busy('Tue, 06 Aug 2030 12:00:09 GMT', { date: DATE });
		expect((await waitsFor(date, ok)).waits).toEqual([9000]);
	});

	it('is not waited for beyond a minute', async () => {
		expect(await waitsFor(busy('61'))).toEqual({ waits: [], posts: 1, status: 429 });
		const date = busy('Tue, 06 Aug 2030 13:00:00 GMT', { date: DATE });
		expect((await waitsFor(date)).posts).toBe(1);
	});

	it('is asked again after 1, 2, 4 and 8 seconds where it does not say', async () => {
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
	])('is given the usual pauses at least where it says %j', async (value) => {
		expect((await waitsFor(busy(value))).waits).toEqual([1000, 2000, 4000, 8000]);
	});

	it('is given the usual pauses at least where its date has passed, or is none', async () => {
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
	])('is given until %s, however it writes that', async (value) => {
		expect((await waitsFor(busy(value, { date: DATE }), ok)).waits).toEqual([9000]);
	});

	it('is given the pause or what it asks for, whichever is longer', async () => {
		expect((await waitsFor(busy('3'))).waits).toEqual([3000, 3000, 4000, 8000]);
	});

	it('is not waited for beyond three minutes in all', async () => {
		expect((await waitsFor(busy('59'))).waits).toEqual([59_000, 59_000, 59_000]);
	});

	it('answers 503: only with Retry-After is it certain that nothing was applied', async () => {
		const later = { status: 503, headers: { 'retry-after': '2' } };
		expect((await waitsFor(later, ok)).waits).toEqual([2000]);
		expect((await waitsFor({ status: 503 }, ok)).posts).toBe(1);
	});
});
