import { NO_TIME_LEFT, TIMED_OUT } from '../../../nodes/Perculus/transport/networkErrors';
import { withinSilence } from '../../../nodes/Perculus/transport/silence';
import type { NetworkError, Request, Response } from '../../../nodes/Perculus/transport/transport';

const SECOND = 1000;
const TIMEOUT = 120 * SECOND;
const REQUEST: Request = { method: 'POST', path: '/session/search', body: {} };

/** What the server does with a request: it answers after so long, or drops it then, or says nothing for ever. */
type Deed = { answersAfter: number } | { dropsAfter: number } | 'silent' | { tricklesFor: number };

/** A clock that only what is waited for moves, several at once if need be. */
function world(...deeds: Deed[]) {
	let now = 0;
	const sleepers: Array<{ at: number; wake: () => void }> = [];
	const sent: Array<{ at: number; idle: number; deadline: number | undefined }> = [];
	const sleep = async (ms: number) =>
		await new Promise<void>((wake) => sleepers.push({ at: now + ms, wake }));
	const client = {
		now: () => now,
		wait: sleep,
		async send(_: Request, idle: number, deadline?: number): Promise<Response | NetworkError> {
			const sentAt = now;
			const deed = deeds[Math.min(sent.push({ at: now, idle, deadline }), deeds.length) - 1];
			const lost = (code: string): NetworkError => ({
				kind: 'networkError',
				code,
				message: '',
				notSigned: false,
				unconnected: false,
				sentAt,
				receivedAt: now,
			});
			if (deed === undefined) throw new Error('Nobody said what happens then');
			if (deed === 'silent') {
				await sleep(Math.min(idle, deadline ?? Infinity));
				return lost(TIMED_OUT);
			}
			if ('tricklesFor' in deed) {
				await sleep(Math.min(deed.tricklesFor, deadline ?? Infinity));
				return lost('ECONNRESET');
			}
			if ('dropsAfter' in deed) {
				await sleep(deed.dropsAfter);
				return lost('ECONNRESET');
			}
			await sleep(deed.answersAfter);
			const times = { sentAt, receivedAt: now };
			return { kind: 'response', status: 200, body: [], headers: {}, ...times };
		},
	};
	/** Lets the time go by until something is done. */
	const run = async <T>(work: Promise<T>): Promise<T> => {
		let isDone = false;
		void work.finally(() => (isDone = true));
		for (;;) {
			for (let i = 0; i < 50; i++) await Promise.resolve();
			if (isDone) return await work;
			const next = sleepers.sort((a, b) => a.at - b.at).shift();
			if (!next) throw new Error('Nothing happens any more');
			now = next.at;
			next.wake();
		}
	};
	return { transport: withinSilence(client, TIMEOUT), run, sent, now: () => now };
}

/** A request, and its two repeats after 1 and 2 seconds, as of an update. */
async function repeatedly({ transport }: ReturnType<typeof world>) {
	const again = transport.afterSilence();
	await transport.request(REQUEST);
	for (const pause of [1, 2]) {
		await again.wait(pause * SECOND);
		await again.request(REQUEST);
	}
}

describe('the time a run spends on silence', () => {
	it('is at most twice the timeout and 30 seconds: the last request gets what is left', async () => {
		const it = world('silent');
		await it.run(repeatedly(it));
		expect(it.sent.map(({ idle }) => idle / SECOND)).toEqual([120, 120, 27]);
		expect(it.now()).toBe(270 * SECOND);
	});

	it('begins nothing when it is used up, on either way, and waits no longer', async () => {
		const it = world('silent');
		await it.run(repeatedly(it));
		const { transport } = it;
		for (const way of [transport, transport.afterSilence()]) {
			const outcome = await it.run(way.request(REQUEST));
			expect(outcome).toMatchObject({ kind: 'networkError', code: NO_TIME_LEFT });
		}
		await it.run(transport.afterSilence().wait(60 * SECOND));
		expect(it.sent).toHaveLength(3);
		expect(it.now()).toBe(270 * SECOND);
	});

	it('begins nothing that would be lost for want of patience', async () => {
		const it = world({ dropsAfter: 119 * SECOND });
		await it.run(repeatedly(it));
		// 119 + 1 + 119 + 2 leave 29.
		expect(it.sent.at(-1)?.idle).toBe(29 * SECOND);
		const few = world('silent');
		await few.run(few.transport.request(REQUEST));
		await few.run(few.transport.afterSilence().wait(145.001 * SECOND));
		expect(await few.run(few.transport.request(REQUEST))).toMatchObject({ code: NO_TIME_LEFT });
	});

	it('does not hold what is answered, however long that takes', async () => {
		const it = world({ answersAfter: 119 * SECOND });
		for (let i = 0; i < 10; i++) await it.run(it.transport.request(REQUEST));
		expect(it.sent.map(({ idle }) => idle)).toEqual(Array(10).fill(TIMEOUT));
	});

	it('does hold what is answered to a repeat or a search after silence', async () => {
		const it = world('silent', { answersAfter: 100 * SECOND });
		const again = it.transport.afterSilence();
		await it.run(it.transport.request(REQUEST));
		for (let i = 0; i < 5; i++) await it.run(again.request(REQUEST));
		expect(it.sent.map(({ at }) => at / SECOND)).toEqual([0, 120, 220]);
	});

	it('ends an answer that trickles, after silence alone', async () => {
		const it = world({ tricklesFor: 600 * SECOND });
		await it.run(it.transport.request(REQUEST));
		expect(it.now()).toBe(600 * SECOND);
		// Of a line that was lost while it trickled, no more than the timeout was silent.
		await it.run(it.transport.afterSilence().request(REQUEST));
		expect(it.now()).toBe((600 + 150) * SECOND);
	});

	it('does not hold waits that the server asks for', async () => {
		const it = world('silent');
		const again = it.transport.afterSilence();
		await it.run(it.transport.request(REQUEST));
		for (const way of [it.transport, again]) await it.run(way.wait(60 * SECOND, 'server'));
		await it.run(again.request(REQUEST));
		expect(it.sent.at(-1)?.idle).toBe(120 * SECOND);
	});

	it('counts requests at the same time once', async () => {
		const it = world('silent');
		await it.run(Promise.all([1, 2, 3, 4].map(async () => await repeatedly(it))));
		expect(it.sent.map(({ idle }) => idle / SECOND)).toEqual([
			...Array<number>(8).fill(120),
			...Array<number>(4).fill(27),
		]);
		expect(it.now()).toBe(270 * SECOND);
	});

	it('counts what is under way: nothing begins beside it that would end later', async () => {
		const it = world('silent');
		const again = it.transport.afterSilence();
		const late = async () => {
			await again.wait(200 * SECOND, 'server');
			await again.request(REQUEST);
		};
		await it.run(Promise.all([late(), repeatedly(it)]));
		expect(it.sent.map(({ at, idle }) => (at + idle) / SECOND)).toEqual([120, 241, 270, 270]);
		expect(it.now()).toBe(270 * SECOND);
	});

	it('shortens the timeout of a first request, too', async () => {
		const it = world('silent');
		await it.run(it.transport.request(REQUEST));
		await it.run(it.transport.afterSilence().wait(100 * SECOND));
		await it.run(it.transport.request(REQUEST));
		expect(it.sent.map(({ idle }) => idle / SECOND)).toEqual([120, 50]);
	});

	it('leaves requests that go out at the same time their own timeout', async () => {
		const it = world({ answersAfter: 60 * SECOND });
		await it.run(Promise.all([1, 2, 3].map(async () => await it.transport.request(REQUEST))));
		expect(it.sent.map(({ idle }) => idle)).toEqual(Array(3).fill(TIMEOUT));
	});
});
