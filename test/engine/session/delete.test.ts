import type { Fault } from '../../perculus-server';
import { expectNoSecrets, good, jsonOf, runAt, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { by, guidAt, preload, run, UNKNOWN } from '../harness/sessions';

const items = (...ids: string[]) => ids.map((id, row) => ({ row, id }));

describe('Delete', () => {
	it.each(['empty', 'json'] as const)(
		'deletes what each item names, in order, linked; the answer being %s',
		async (deleteAnswer) => {
			await withServer(
				async (server) => {
					preload(server, 3);
					const given = items(guidAt(2), UNKNOWN, guidAt(1));
					const done = await run(server, 'delete', given);
					expect(jsonOf(done.approved)).toEqual([
						{ deleted: true, session_guid: guidAt(2) },
						{ deleted: true, session_guid: guidAt(1) },
					]);
					expect(done.probed).toMatchObject({ approved: [0, 2], rejected: [1] });
					expect(jsonOf(done.rejected)).toMatchObject([
						{
							outcome: 'rejected',
							rejection: { source: 'perculus', reason: 'session_not_found', code: 30 },
							session_guid: UNKNOWN,
						},
					]);
					expect([...server.sessions.keys()]).toEqual([guidAt(3)]);
				},
				{ deleteAnswer },
			);
		},
	);

	it.each([
		['notFound', 1],
		['empty', 0],
	] as const)(
		'of a session that is deleted already comes out as Perculus has it: %s',
		async (secondDelete, rejected) => {
			await withServer(
				async (server) => {
					server.preload({ session_guid: guidAt(1), status: -1 });
					const done = await run(server, 'delete', items(guidAt(1)));
					expect(done.rejected).toHaveLength(rejected);
					expect(done.approved).toHaveLength(1 - rejected);
				},
				{ secondDelete },
			);
		},
	);

	it.each(['notFound', 'empty'] as const)(
		'asks again where the answer is lost, and takes it that it is gone; the second answer being %s',
		async (secondDelete) => {
			await withServer(
				async (server) => {
					preload(server, 1);
					server.fail({ route: 'delete', drop: 'after' });
					const done = await run(server, 'delete', items(guidAt(1)));
					expect(jsonOf(done.approved)).toEqual([{ deleted: true, session_guid: guidAt(1) }]);
					expect(server.requestsTo('delete')).toHaveLength(2);
				},
				{ secondDelete },
			);
		},
	);

	it.each<[string, Fault]>([
		['a dropped line', { drop: 'after' }],
		['502', { status: 502 }],
		// A login page, or that of a proxy: nobody has deleted anything.
		['a page', { status: 200, body: '<!DOCTYPE html><html><title>Sign in</title></html>' }],
		['a refusal only when asked again', {}],
	])('leaves unknown what stays in doubt after %s', async (_name, fault) => {
		await withServer(async (server) => {
			preload(server, 2);
			const isFirst = ({ path }: { path: string }) => path.includes(guidAt(1));
			if ('drop' in fault || 'status' in fault) {
				server.fail({ route: 'delete', when: isFirst, times: 9, ...fault });
			} else {
				server.fail(
					{ route: 'delete', when: isFirst, drop: 'before' },
					{ route: 'delete', when: isFirst, status: 409, body: { code: 12, details: 'No.' } },
				);
			}
			const done = await run(server, 'delete', items(guidAt(1), guidAt(2)));
			expect(jsonOf(done.approved)).toEqual([{ deleted: true, session_guid: guidAt(2) }]);
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'unknown', rejection: { retryable: false }, session_guid: guidAt(1) },
			]);
			const [{ rejection }] = jsonOf(done.rejected) as [{ rejection: { message: string } }];
			expect(rejection.message).toMatch(
				/Check in Perculus whether it is still there\. Deleting it again does no harm\.$/,
			);
			expect(done.hints.map(({ type }) => type)).toContain('danger');
			expectNoSecrets(done);
		});
	});

	it("takes only the API's own 404 after a lost response for deleted, not the page of a gateway", async () => {
		await withServer(async (server) => {
			preload(server, 1);
			server.fail(
				{ route: 'delete', drop: 'before' },
				{ route: 'delete', status: 404, body: '<h1>Not Found</h1>' },
			);
			const onError = 'continueRegularOutput';
			const done = await run(server, 'delete', items(guidAt(1)), {}, { onError });
			expect(done.approved).toEqual([]);
			expect(jsonOf(done.rejected)).toMatchObject([{ outcome: 'unknown' }]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('takes a body with a code for a refusal, in its words, whatever the status', async () => {
		await withServer(async (server) => {
			preload(server, 2);
			const when = ({ path }: { path: string }) => path.includes(guidAt(1));
			const body = { code: 32, details: 'The session is running.' };
			server.fail({ route: 'delete', when, status: 200, body });
			const done = await run(server, 'delete', items(guidAt(1), guidAt(2)));
			expect(done.probed).toMatchObject({ approved: [1], rejected: [0] });
			expect(jsonOf(done.rejected)).toMatchObject([
				{
					outcome: 'rejected',
					rejection: {
						source: 'perculus',
						reason: 'session_invalid_status',
						code: 32,
						details: ['The session is running.'],
					},
				},
			]);
			expect(server.requestsTo('delete')).toHaveLength(2);
		});
	});

	it('never lets anything but a GUID into the path', async () => {
		await withServer(async (server) => {
			preload(server, 1);
			const bad = ['..', '.', `${guidAt(1)}/..`, `${guidAt(1)}/attendee/..`, '%2e%2e', ''];
			const done = await run(server, 'delete', items(...bad));
			expect(done.rejected).toHaveLength(bad.length);
			expect(server.requests).toEqual([]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('deletes four at a time', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 10);
			server.fail({ route: 'delete', until: server.arrival(4, 'delete'), times: 4 });
			await run(server, 'delete', items(...ids));
			expect(server.sessions.size).toBe(0);
			expect(server.maxInFlight('delete')).toBe(4);
		});
	});

	it('by reference shows both, and frees the reference in this process, too', async () => {
		await withServer(
			async (server) => {
				const made = await runAt(server, [good('a', { session_reference: 'deal-1' })]);
				const guid = made.approved[0]?.json.session_guid;
				const done = await run(server, 'delete', [{ row: 0, id: 'deal-1' }], {
					session: by('reference', '={{ $json.id }}'),
				});
				expect(jsonOf(done.approved)).toEqual([
					{ deleted: true, session_guid: guid, session_reference: 'deal-1' },
				]);
				const again = await runAt(server, [good('a', { session_reference: 'deal-1' })]);
				expect(again.approved[0]?.json).toMatchObject({ outcome: 'created' });
				// What was deleted is remembered as gone: nothing was asked about it.
				expect(server.requestsTo('get')).toHaveLength(1);
			},
			{ searchLag: Infinity },
		);
	});
});

describe('Delete and On Error', () => {
	const unauthorized: Fault = { route: 'delete', times: 99, status: 401, body: { code: 14 } };

	it('stops the workflow while nothing is deleted', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail(unauthorized);
			const done = await run(server, 'delete', items(...ids));
			expect(done.thrown).toMatchObject({ httpCode: '401' });
			expect(done.thrown?.description).toMatch(/^No session was deleted\. /);
		});
	});

	it('says so where it is not known whether anything was deleted', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 1);
			server.fail({ route: 'delete', times: 9, drop: 'after' });
			const done = await run(server, 'delete', items(...ids));
			expect(done.thrown?.message).toMatch(/It isn't known whether it was deleted\.$/);
			expect(done.thrown?.description).toMatch(
				/^1 of 1 sessions may or may not have been deleted\. /,
			);
		});
	});

	it('goes on once something is deleted, with a danger hint', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail({ ...unauthorized, when: ({ path }) => path.includes(guidAt(2)) });
			const done = await run(server, 'delete', items(...ids));
			expect(done.thrown).toBeUndefined();
			expect(done.probed).toMatchObject({ approved: [0], rejected: [1] });
			expect(done.hints[0]).toMatchObject({
				type: 'danger',
				message: expect.stringMatching(
					/^Some sessions were deleted before a request was unsuccessful\. /,
				) as string,
			});
		});
	});

	it.each([
		['continueRegularOutput', 'rejected'],
		['continueErrorOutput', 'error'],
	] as const)('with %s it comes out at %s', async (onError, output) => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail(unauthorized);
			const done = await run(server, 'delete', items(...ids), {}, { onError });
			expect(done.thrown).toBeUndefined();
			expect(done.approved).toEqual([]);
			expect(done.probed[output]).toEqual([0, 1]);
		});
	});

	it('emits nothing when the user stops it', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 40);
			const onError = 'continueErrorOutput';
			const done = await run(
				server,
				'delete',
				items(...ids),
				{},
				{ onError, cancel: server.arrival(5) },
			);
			expect(done.status).toBe('canceled');
			expect([...done.approved, ...done.rejected, ...done.error]).toEqual([]);
		});
	});
});

describe.each(['agentRequest', 'toolInvocation'] as const)('Delete for an agent, by %s', (via) => {
	it('tells what was deleted, and what was not there', async () => {
		await withServer(async (server) => {
			preload(server, 1);
			const session = by('guid', "={{ $fromAI('guid', 'GUID of the session', 'string') }}");
			const parameters = { operation: 'delete', session } as never;
			const ask = async (guid: string) =>
				(await runPerculusAsTool({ server, via, input: { guid }, parameters })).answer;
			expect(await ask(guidAt(1))).toEqual([{ deleted: true, session_guid: guidAt(1) }]);
			expect(await ask(guidAt(1))).toMatchObject([
				{ outcome: 'rejected', rejection: { reason: 'session_not_found' } },
			]);
		});
	});
});
