import type { PerculusServer } from '../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from './failure.setup';

jest.setTimeout(60_000);

const GOES_ON = { onError: 'continueRegularOutput' } as const;

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const arrived = async (server: PerculusServer, batches: number) =>
	await until(() => server.batches().length >= batches);

/** A run whose answer is lost, though its session was made. */
async function loses(server: PerculusServer, row: string) {
	server.fail({ route: 'batch', drop: 'after' });
	return await runAt(server, [good(row)], {}, GOES_ON);
}

describe('a create that is on its way in another run of this process', () => {
	it.concurrent('is not taken for a lost one of its like, which stays unknown', async () => {
		await withServer(async (server) => {
			// The lost request goes out first, so that the other's session was made in its time.
			server.fail(
				{ route: 'batch', drop: 'before', delayMs: 500 },
				{ route: 'batch', delayMs: 10_000 },
			);
			const lost = runAt(server, [good('a')], {}, GOES_ON);
			await arrived(server, 1);
			const slow = runAt(server, [good('a')], {}, GOES_ON);
			const { approved, rejected } = await lost;
			const [made] = [...server.sessions.keys()];

			expect(approved).toEqual([]);
			expect(jsonOf(rejected)).toMatchObject([
				{
					outcome: 'unknown',
					candidates: [made],
					rejection: { details: [expect.stringContaining(String(made))] },
				},
			]);
			expect(jsonOf((await slow).approved)).toMatchObject([{ session_guid: made }]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it.concurrent('is not taken for one that is lost after it', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 9_000 }, { route: 'batch', drop: 'before' });
			const slow = runAt(server, [good('b')], {}, GOES_ON);
			await arrived(server, 1);
			const { rejected } = await runAt(server, [good('b')], {}, GOES_ON);

			expect(outcomesOf(rejected)).toEqual(['unknown']);
			expect((await slow).approved).toHaveLength(1);
		});
	});

	it.concurrent('does not keep a lost one from being found that is not like it', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 9_000 });
			const slow = runAt(server, [good('c')], {}, GOES_ON);
			await arrived(server, 1);
			const found = await loses(server, 'd');

			expect(jsonOf(found.approved)).toMatchObject([{ name: 'CS d', recovered: true }]);
			expect((await slow).approved).toHaveLength(1);
		});
	});

	it.concurrent('does not keep a lost one of another account from being found', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 9_000 }, { route: 'batch', drop: 'after' });
			const slow = runAt(server, [good('g')], {}, GOES_ON);
			await until(() => server.sessions.size === 1);
			// As if it were another server: it does not show what the first one has.
			server.sessions.clear();
			const credentials = { apiPath: '/api/groups/xapi' };
			const found = await runAt(server, [good('g')], {}, { ...GOES_ON, credentials });

			expect(jsonOf(found.approved)).toMatchObject([{ name: 'CS g', recovered: true }]);
			expect((await slow).approved).toHaveLength(1);
		});
	});

	it.concurrent('gives the lost one free as soon as its own answer has come', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 3_500 });
			const slow = runAt(server, [good('e')], {}, GOES_ON);
			await arrived(server, 1);
			const found = await loses(server, 'e');
			const both = [...jsonOf(found.approved), ...jsonOf((await slow).approved)];

			expect(found.approved).toHaveLength(1);
			expect(new Set(both.map(({ session_guid }) => session_guid))).toEqual(
				new Set(server.sessions.keys()),
			);
		});
	});
});

describe('a run that has ended has nothing on its way any more:', () => {
	const ENDS: Array<[string, (server: PerculusServer) => Promise<unknown>]> = [
		[
			'one that the user stopped',
			async (server) => {
				server.fail({ route: 'batch', hang: 'before' });
				return await runAt(server, [good('f')], {}, { cancel: arrived(server, 1) });
			},
		],
		[
			'one that the user stopped, and that goes on',
			async (server) => {
				server.fail({ route: 'batch', hang: 'before' });
				return await runAt(server, [good('f')], {}, { ...GOES_ON, cancel: arrived(server, 1) });
			},
		],
		[
			'one that threw',
			async (server) => {
				server.fail({ route: 'batch', drop: 'before' });
				return await runAt(server, [good('f')], { recoverUnknown: false });
			},
		],
		[
			'one that stays unknown',
			async (server) => {
				server.fail({ route: 'batch', drop: 'before' });
				return await runAt(server, [good('f')], { recoverUnknown: false }, GOES_ON);
			},
		],
		[
			'one whose item has no result',
			async (server) => {
				server.fail({ route: 'batch', body: { approved: [], rejected: [] } });
				return await runAt(server, [good('f')], {}, GOES_ON);
			},
		],
	];

	it.each(ENDS)('%s', async (_, end) => {
		await withServer(async (server) => {
			await end(server);
			expect(server.sessions.size).toBe(0);
			const found = await loses(server, 'f');
			expect(jsonOf(found.approved)).toMatchObject([{ name: 'CS f', recovered: true }]);
		});
	});
});
