import type { IDataObject } from 'n8n-workflow';

import {
	guidsOf,
	jsonOf,
	rejectionsOf,
	row,
	run,
	sentTo,
	withServer,
	type Server,
} from '../harness/references';

/** n8n's own settings of a node, as docs/troubleshooting.md describes them. */
type Rest = NonNullable<Parameters<typeof run>[3]>;

const STOP: Rest = { onError: 'stopWorkflow' };
const CONTINUE: Rest = { onError: 'continueRegularOutput' };
const TO_ERROR: Rest = { onError: 'continueErrorOutput' };
const RETRY: Rest = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };

const outcomesOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.outcome);
const reasonsOf = (items: Parameters<typeof rejectionsOf>[0]) =>
	rejectionsOf(items).map(({ reason }) => reason);
const searches = (server: Server) => server.requestsTo('search').length;
const SLOW = 30_000;

/** One item that a search makes ambiguous for any operation, and one valid item. */
function twice(server: Server) {
	for (const name of ['One', 'Two']) server.preload({ name, tags: 'ref:twice' });
	return [row('twice'), row('new')];
}

describe.each([
	['Stop Workflow', STOP],
	['Continue', CONTINUE],
	['Continue (using error output)', TO_ERROR],
	['Retry On Fail', RETRY],
	['Retry On Fail and Continue', { ...RETRY, ...CONTINUE }],
	['Always Output Data', { alwaysOutputData: true }],
])('References with %s', (_, settings) => {
	it('an item with an ambiguous reference is rejected, and the others are sent once', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, twice(server), {}, settings);
			expect(done.thrown).toBeUndefined();
			expect(reasonsOf(done.rejected)).toEqual(['ambiguous_reference']);
			expect(outcomesOf(done.approved)).toEqual(['created']);
			expect(done.error).toEqual([]);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it('sessions of a lost response are found, and nothing is sent again', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await run(server, [row('a'), row('b')], {}, settings);
			expect(jsonOf(done.approved)).toMatchObject([
				{ outcome: 'created', recovered: true, session_reference: 'a' },
				{ outcome: 'created', recovered: true, session_reference: 'b' },
			]);
			expect(server.batches()).toHaveLength(1);
			expect(server.sessions.size).toBe(2);
		});
	});

	it('the same items in another run are updates', async () => {
		await withServer({}, async (server) => {
			const first = await run(server, [row('a'), row('b')], {}, settings);
			const second = await run(server, [row('a'), row('b')], {}, settings);
			expect(outcomesOf(second.approved)).toEqual(['updated', 'updated']);
			expect(guidsOf(second.approved)).toEqual(guidsOf(first.approved));
			expect(server.sessions.size).toBe(2);
		});
	});
});

describe('A search that is unsuccessful', () => {
	const refused = (server: Server, times: number) =>
		server.fail({ route: 'search', status: 403, times });

	it('Stop Workflow stops the run and sends nothing', async () => {
		await withServer({}, async (server) => {
			refused(server, 1);
			const done = await run(server, [row('a')], {}, STOP);
			expect(done.thrown).toBeDefined();
			expect(done.status).toBe('error');
			expect(server.batches()).toEqual([]);
		});
	});

	it('Continue outputs the items at Rejected', async () => {
		await withServer({}, async (server) => {
			refused(server, 1);
			const done = await run(server, [row('a')], {}, CONTINUE);
			expect(done.approved).toEqual([]);
			expect(outcomesOf(done.rejected)).toEqual(['rejected']);
			expect(reasonsOf(done.rejected)).toEqual(['unauthorized']);
			expect(server.batches()).toEqual([]);
		});
	});

	it('Continue (using error output) outputs the items at Error', async () => {
		await withServer({}, async (server) => {
			refused(server, 1);
			const done = await run(server, [row('a')], {}, TO_ERROR);
			expect([done.approved, done.rejected]).toEqual([[], []]);
			expect(jsonOf(done.error)).toMatchObject([
				{ error: expect.any(String), details: { outcome: 'rejected' } },
			]);
			expect(server.batches()).toEqual([]);
		});
	});

	it('Retry On Fail searches again and updates the session that is found', async () => {
		await withServer({}, async (server) => {
			const guid = server.preload({ tags: 'ref:a' }).session_guid;
			refused(server, 1);
			const done = await run(server, [row('a')], {}, RETRY);
			expect(guidsOf(done.approved)).toEqual([guid]);
			expect(outcomesOf(done.approved)).toEqual(['updated']);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it('Retry On Fail and Continue searches only once and rejects the item', async () => {
		await withServer({}, async (server) => {
			refused(server, 1);
			const done = await run(server, [row('a')], {}, { ...RETRY, ...CONTINUE });
			expect(outcomesOf(done.rejected)).toEqual(['rejected']);
			expect(searches(server)).toBe(1);
		});
	});
});

describe('Creates whose response is lost and that no search finds', () => {
	const lost = (server: Server) => server.fail({ route: 'batch', drop: 'before' });

	it(
		'Stop Workflow stops, and says that another run searches first',
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const done = await run(server, [row('a')], {}, STOP);
				expect(done.thrown?.message).toContain("It isn't known what was saved");
				expect(done.thrown?.description).toContain('first searches which of them exist');
				expect(done.approved).toEqual([]);
			});
		},
		SLOW,
	);

	it(
		'Continue outputs unknown items at Rejected',
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const done = await run(server, [row('a')], {}, CONTINUE);
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
			});
		},
		SLOW,
	);

	it(
		'Continue (using error output) outputs unknown items at Error',
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const done = await run(server, [row('a')], {}, TO_ERROR);
				expect(jsonOf(done.error)).toMatchObject([{ details: { outcome: 'unknown' } }]);
			});
		},
		SLOW,
	);

	it(
		'Retry On Fail tries again and creates each session once',
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const done = await run(server, [row('a'), row('b')], {}, RETRY);
				expect(outcomesOf(done.approved)).toEqual(['created', 'created']);
				expect(server.sessions.size).toBe(2);
				expect(server.batches()).toHaveLength(2);
			});
		},
		SLOW,
	);

	it(
		'Retry On Fail and Continue outputs unknown items at Rejected, without another try',
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const done = await run(server, [row('a')], {}, { ...RETRY, ...CONTINUE });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(server.batches()).toHaveLength(1);
			});
		},
		SLOW,
	);

	it(
		"Retry On Fail doesn't try again if an item has no reference: all are unknown",
		async () => {
			await withServer({}, async (server) => {
				lost(server);
				const { session_reference: _, ...plain } = row('x');
				const done = await run(server, [row('a'), plain], {}, RETRY);
				expect(outcomesOf(done.rejected)).toEqual(['unknown', 'unknown']);
				expect(server.batches()).toHaveLength(1);
			});
		},
		SLOW,
	);
});

describe('Always Output Data', () => {
	it('Always Output Data adds an empty item to Approved if all items were rejected', async () => {
		await withServer({}, async (server) => {
			const [item] = twice(server);
			const done = await run(server, [item ?? {}], {}, { alwaysOutputData: true });
			expect(jsonOf(done.approved)).toEqual([{}]);
			expect(reasonsOf(done.rejected)).toEqual(['ambiguous_reference']);
		});
	});

	const ALWAYS: Rest = { alwaysOutputData: true };

	it('On Error works with Always Output Data if the search is unsuccessful', async () => {
		await withServer({}, async (server) => {
			server.fail({ route: 'search', status: 403, times: 3 });
			const [stopped, rejected, error] = [
				await run(server, [row('a')], {}, { ...ALWAYS, ...STOP }),
				await run(server, [row('a')], {}, { ...ALWAYS, ...CONTINUE }),
				await run(server, [row('a')], {}, { ...ALWAYS, ...TO_ERROR }),
			];
			expect(stopped.status).toBe('error');
			expect(reasonsOf(rejected.rejected)).toEqual(['unauthorized']);
			expect(error.error).toHaveLength(1);
			expect([rejected, error].map(({ approved }) => jsonOf(approved))).toEqual([[{}], [{}]]);
			expect(server.batches()).toEqual([]);
		});
	});

	it(
		'On Error works with Always Output Data if no search finds a create whose response is lost',
		async () => {
			await withServer({}, async (server) => {
				server.fail({ route: 'batch', drop: 'before' });
				const stopped = await run(server, [row('a')], {}, { ...ALWAYS, ...STOP });
				expect(stopped.thrown?.message).toContain("It isn't known what was saved");
				server.fail({ route: 'batch', drop: 'before' });
				const rejected = await run(server, [row('a')], {}, { ...ALWAYS, ...CONTINUE });
				expect(outcomesOf(rejected.rejected)).toEqual(['unknown']);
				expect(jsonOf(rejected.approved)).toEqual([{}]);
			});
		},
		SLOW,
	);
});

describe('Execute Once', () => {
	it('Execute Once searches and sends only the first item', async () => {
		await withServer({}, async (server) => {
			const done = await run(server, [row('a'), row('b'), row('a')], {}, { executeOnce: true });
			expect(jsonOf(done.approved)).toMatchObject([{ session_reference: 'a' }]);
			expect(done.rejected).toEqual([]);
			expect(sentTo(server)).toHaveLength(1);
			const asked = server.requestsTo('search').map(({ body }) => (body as IDataObject).tags);
			// One search without tags detects the number of the first page.
			expect(new Set(asked.filter((tags) => tags !== undefined))).toEqual(new Set(['ref:a']));
		});
	});

	const ONCE: Rest = { executeOnce: true };
	const both = [row('a'), row('b')];

	it('Execute Once outputs only the first item, rejected or saved', async () => {
		await withServer({}, async (server) => {
			const refused = await run(server, twice(server), {}, ONCE);
			expect(reasonsOf(refused.rejected)).toEqual(['ambiguous_reference']);
			expect(refused.approved).toEqual([]);

			server.fail({ route: 'search', status: 403 });
			const failed = await run(server, both, {}, { ...ONCE, ...CONTINUE });
			expect(reasonsOf(failed.rejected)).toEqual(['unauthorized']);
			expect(server.batches()).toEqual([]);

			server.fail({ route: 'batch', drop: 'after' });
			const lost = await run(server, both, {}, ONCE);
			expect(jsonOf(lost.approved)).toMatchObject([{ session_reference: 'a', recovered: true }]);
			const again = await run(server, both, {}, ONCE);
			expect(outcomesOf(again.approved)).toEqual(['updated']);
			expect(server.batches().map(({ length }) => length)).toEqual([1, 1]);
		});
	});

	it(
		'Execute Once outputs only the first item if no search finds it',
		async () => {
			await withServer({}, async (server) => {
				server.fail({ route: 'batch', drop: 'before' });
				const done = await run(server, both, {}, { ...ONCE, ...CONTINUE });
				expect(outcomesOf(done.rejected)).toEqual(['unknown']);
				expect(done.approved).toEqual([]);
				expect(server.sessions.size).toBe(0);
			});
		},
		SLOW,
	);
});
