import type { PerculusServer } from '../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from './failure.setup';

jest.setTimeout(60_000);

const GOES_ON = { onError: 'continueRegularOutput' } as const;

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const arrived = async (server: PerculusServer, batches: number) =>
	await until(() => server.batches().length >= batches);

describe('a create that is on its way in another run of this process', () => {
	it.concurrent('is not taken for a lost one of its like, which stays unknown', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', delayMs: 9_000 }, { route: 'batch', drop: 'before' });
			const slow = runAt(server, [good('a')], {}, GOES_ON);
			await arrived(server, 1);
			const lost = await runAt(server, [good('a')], {}, GOES_ON);
			const [made] = [...server.sessions.keys()];

			expect(outcomesOf(lost.rejected)).toEqual(['unknown']);
			expect(jsonOf(lost.rejected)).toMatchObject([
				{ candidates: [made], rejection: { details: [expect.stringContaining(String(made))] } },
			]);
			expect(jsonOf((await slow).approved)).toMatchObject([{ session_guid: made }]);
			expect(server.sessions.size).toBe(1);
		});
	});
});
