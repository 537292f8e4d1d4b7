import type { IDataObject } from 'n8n-workflow';

import type { StartOptions } from '../../perculus-server';
import { expectNoSecrets, good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';

const referenced = (name: string): IDataObject => ({ ...good(name), session_reference: name });

/** Applies the batch, loses its response, and runs the items. */
async function loseResponse(options: StartOptions, items: IDataObject[]) {
	return await withServer(async (server) => {
		server.fail({ route: 'batch', drop: 'after' });
		const done = await runAt(server, items, {}, { onError: 'continueRegularOutput' });
		expect(server.batches()).toHaveLength(1);
		expectNoSecrets(done);
		return { done, sessions: [...server.sessions.values()], requests: [...server.requests] };
	}, options);
}

describe('a create whose response was lost', () => {
	const SERVERS: Array<[string, StartOptions]> = [
		['a search that finds parts of the tags', {}],
		['pages capped at 5', { pageSizeMax: 5 }],
		['a first page with number 0', { firstPage: 0 }],
		['new sessions shown after two searches', { searchLag: 2 }],
	];

	it.concurrent.each(SERVERS)('is found by its reference with %s', async (_, options) => {
		const { done, sessions } = await loseResponse(options, [referenced('a'), referenced('b')]);
		expect(jsonOf(done.approved)).toMatchObject([
			{ name: 'CS a', outcome: 'created', recovered: true, session_reference: 'a' },
			{ name: 'CS b', outcome: 'created', recovered: true, session_reference: 'b' },
		]);
		expect(sessions).toHaveLength(2);
		expect(done.probed.approved).toEqual(['a', 'b']);
	});

	it.concurrent('stays unknown without a reference, and nothing is searched for it', async () => {
		const { done, requests } = await loseResponse({}, [good('a')]);
		expect(done.approved).toEqual([]);
		expect(jsonOf(done.rejected)).toMatchObject([
			{
				outcome: 'unknown',
				rejection: { source: 'request', reason: 'outcome_unknown', retryable: false },
			},
		]);
		expect(requests.filter(({ path }) => path.endsWith('search'))).toEqual([]);
	});

	it.concurrent('stays unknown with a reference that no search shows in six seconds', async () => {
		const { done } = await loseResponse({ searchLag: Infinity }, [referenced('a')]);
		expect(outcomesOf(done.rejected)).toEqual(['unknown']);
	});

	it.concurrent('is Approved when found, and what was not sent yet is rejected', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const items = ['a', 'b', 'c'].map((row) => referenced(row));
			const done = await runAt(server, items, { batchSize: 2 });
			expect(done.thrown).toBeUndefined();
			expect(done.probed).toMatchObject({ approved: ['a', 'b'], rejected: ['c'] });
			expect([server.batches().length, server.sessions.size]).toEqual([1, 2]);
		});
	});
});
