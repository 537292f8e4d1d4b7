import type { Fault } from '../../perculus-server';
import { expectNoSecrets, good, jsonOf, runAt, withServer } from '../harness/setup';
import { runPerculusAsTool } from '../harness';
import { by, guidAt, preload, run, UNKNOWN } from '../harness/sessions';

const items = (...ids: string[]) => ids.map((id, row) => ({ row, id }));

describe('Delete', () => {
	it.each(['empty', 'json'] as const)(
		'deletes the session of each item, in order and linked to it, with the response %s',
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
		'reports a session that is already deleted as Perculus responds: %s',
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
		'asks again if the response is lost, and approves the session if the second response is %s',
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
		['a lost connection', { drop: 'after' }],
		['502', { status: 502 }],
		// A login page or a proxy's page: nothing was deleted.
		['a login page', { status: 200, body: '<!DOCTYPE html><html><title>Sign in</title></html>' }],
		['a rejection only of the repeated request', {}],
	])("reports the outcome 'unknown' after %s", async (_name, fault) => {
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

	it("reports the outcome 'unknown' if a gateway's 404 page follows a lost response", async () => {
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

	it('treats a body with a code as a rejection, with its details, even with HTTP 200', async () => {
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

	it('rejects anything but a GUID without a request', async () => {
		await withServer(async (server) => {
			preload(server, 1);
			const bad = ['..', '.', `${guidAt(1)}/..`, `${guidAt(1)}/attendee/..`, '%2e%2e', ''];
			const done = await run(server, 'delete', items(...bad));
			expect(done.rejected).toHaveLength(bad.length);
			expect(server.requests).toEqual([]);
			expect(server.sessions.size).toBe(1);
		});
	});

	it('deletes four sessions at a time', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 10);
			server.fail({ route: 'delete', until: server.arrival(4, 'delete'), times: 4 });
			await run(server, 'delete', items(...ids));
			expect(server.sessions.size).toBe(0);
			expect(server.maxInFlight('delete')).toBe(4);
		});
	});

	it('shows GUID and reference of a deleted session, and a new session can use the reference', async () => {
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
				// Deleted sessions are remembered, so that this one isn't requested again.
				expect(server.requestsTo('get')).toHaveLength(1);
			},
			{ searchLag: Infinity },
		);
	});
});

describe('Delete and On Error', () => {
	const unauthorized: Fault = { route: 'delete', times: 99, status: 401, body: { code: 14 } };

	it('stops the workflow if no session was deleted', async () => {
		await withServer(async (server) => {
			const ids = preload(server, 2);
			server.fail(unauthorized);
			const done = await run(server, 'delete', items(...ids));
			expect(done.thrown).toMatchObject({ httpCode: '401' });
			expect(done.thrown?.description).toMatch(/^No session was deleted\. /);
		});
	});

	it('stops the workflow with a message if a session may or may not have been deleted', async () => {
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

	it("doesn't stop the workflow once a session is deleted, and shows a danger hint", async () => {
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
	] as const)(
		'On Error %s sends the items of refused requests to the output %s',
		async (onError, output) => {
			await withServer(async (server) => {
				const ids = preload(server, 2);
				server.fail(unauthorized);
				const done = await run(server, 'delete', items(...ids), {}, { onError });
				expect(done.thrown).toBeUndefined();
				expect(done.approved).toEqual([]);
				expect(done.probed[output]).toEqual([0, 1]);
			});
		},
	);

	it('emits nothing when the user stops Delete', async () => {
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
	it('shows the agent the deleted session, and a rejection when it no longer exists', async () => {
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
