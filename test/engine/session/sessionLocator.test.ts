import '../harness/environment';
import { jsonOf, withServer, expectNoSecrets } from '../harness/setup';
import { by, guidAt, preload, run, UNKNOWN } from '../harness/sessions';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import {
	ACCESS_KEY,
	SECRET_KEY,
	type PerculusServer,
	type StartOptions,
} from '../../perculus-server';
import { editorContext } from '../harness/editorContext';

describe('Session locator', () => {
	const REFERENCE = { session: by('reference', '={{ $json.id }}') };

	describe("The value of 'Session'", () => {
		it.each([
			['a constant from the list', by('list', guidAt(2))],
			['an expression in the list', by('list', '={{ $json.id }}')],
			['an expression with spaces around it', by('list', '= {{ $json.id }} ')],
			['an expression by GUID', by('guid', '={{ $json.id.toLowerCase() }}')],
			['one expression for the whole locator', '={{ $json.id }}'],
			['a plain GUID', guidAt(2)],
		])('reads %s as a GUID', async (_, session) => {
			await withServer(async (server) => {
				preload(server, 3);
				const { approved } = await run(server, 'get', [{ id: guidAt(2) }], { session });
				expect(jsonOf(approved)).toMatchObject([{ session_guid: guidAt(2) }]);
			});
		});

		it("names 'Session' in the rejection of the one item with a failing expression", async () => {
			await withServer(async (server) => {
				preload(server, 1);
				const session = by('guid', "={{ $json.bad ? $('Nowhere').item.json.id : $json.id }}");
				const given = [
					{ row: 0, id: guidAt(1) },
					{ row: 1, bad: true },
				];
				const done = await run(server, 'get', given, { session });
				expect(done.probed).toMatchObject({ approved: [0], rejected: [1] });
				expect(jsonOf(done.rejected)).toMatchObject([
					{
						session_guid: null,
						rejection: {
							source: 'check',
							message: expect.stringMatching(
								/ Session has an expression that does not work/,
							) as string,
						},
					},
				]);
			});
		});

		it.each(['={{ $json.deal }}-{{ $json.lesson }}', "={{ $json.deal + '-' + $json.lesson }}"])(
			'By Reference rejects a composed reference if a part is missing: %s',
			async (reference) => {
				await withServer(async (server) => {
					server.preload({ session_guid: guidAt(1), tags: 'ref:D-' });
					server.preload({ session_guid: guidAt(2), tags: 'ref:D-undefined' });
					const session = by('reference', reference);
					const done = await run(server, 'delete', [{ deal: 'D' }], { session });
					expect(jsonOf(done.rejected)).toMatchObject([
						{
							rejection: {
								source: 'check',
								details: [expect.stringMatching(/^Session must have all its parts/)],
							},
						},
					]);
					expect(server.requests).toEqual([]);
				});
			},
		);

		it.each(['guid', 'list'] as const)(
			'suggests By Reference if a reference is given in the mode %s',
			async (mode) => {
				await withServer(async (server) => {
					const { rejected } = await run(server, 'get', [{ id: 'B-101' }], {
						session: by(mode, '={{ $json.id }}'),
					});
					expect(jsonOf(rejected)).toMatchObject([
						{
							rejection: {
								details: [
									"Session must look like 1B27EB7F-0000-4000-8000-000000000000; this item has 'B-101'; for a reference, select 'By Reference'",
								],
							},
						},
					]);
				});
			},
		);

		it('By Reference searches all references before it reads a session', async () => {
			await withServer(async (server) => {
				server.preload({ session_guid: guidAt(1), tags: 'math, ref:deal-1' });
				server.preload({ session_guid: guidAt(2), tags: 'ref:deal-2' });
				const given = ['deal-2', 'deal-1', 'nowhere', 4711].map((id, row) => ({ row, id }));
				const done = await run(server, 'get', given, REFERENCE);
				expect(done.probed).toMatchObject({ approved: [0, 1], rejected: [2, 3] });
				expect(jsonOf(done.approved)).toMatchObject([
					{ session_guid: guidAt(2), session_reference: 'deal-2' },
					{ session_guid: guidAt(1), session_reference: 'deal-1' },
				]);
				expect(jsonOf(done.rejected)[0]).toEqual({
					outcome: 'rejected',
					rejection: {
						source: 'lookup',
						reason: 'session_not_found',
						code: null,
						message: expect.stringMatching(
							/^Perculus has no session with the reference 'nowhere'\. /,
						) as string,
						details: [],
						retryable: false,
					},
					session_guid: null,
					session_reference: 'nowhere',
				});
				const routes = server.requests.map(({ route }) => route);
				expect(routes.lastIndexOf('search')).toBeLessThan(routes.indexOf('get'));
			});
		});

		it('does not choose between several sessions with one reference', async () => {
			await withServer(async (server) => {
				for (const n of [1, 2]) server.preload({ session_guid: guidAt(n), tags: 'ref:deal-1' });
				server.preload({ session_guid: guidAt(3), tags: 'ref:DEAL-2' });
				const given = [{ id: 'deal-1' }, { id: 'deal-2' }];
				for (const operation of ['get', 'delete'] as const) {
					const { approved, rejected } = await run(server, operation, given, REFERENCE);
					expect(approved).toEqual([]);
					expect(jsonOf(rejected)).toMatchObject([
						{
							rejection: {
								source: 'lookup',
								reason: 'ambiguous_reference',
								code: null,
								message: expect.stringMatching(
									/^Several sessions have the reference 'deal-1', so nothing was sent\. /,
								) as string,
							},
							candidates: expect.arrayContaining([guidAt(1), guidAt(2)]) as string[],
							session_guid: null,
							session_reference: 'deal-1',
						},
						{
							rejection: {
								reason: 'ambiguous_reference',
								details: [expect.stringMatching(/other capital letters than deal-2/)],
							},
							candidates: [guidAt(3)],
						},
					]);
				}
				expect(server.sessions.size).toBe(3);
			});
		});

		it('rejects invalid references without a search', async () => {
			await withServer(async (server) => {
				const bad = ['', '  ', 'a,b', 'a\nb', 'x'.repeat(251), true, null];
				const given = bad.map((id, row) => ({ row, id }));
				const { approved, rejected } = await run(server, 'get', given, REFERENCE);
				expect(approved).toEqual([]);
				expect(jsonOf(rejected).map(({ session_reference }) => session_reference)).toEqual(bad);
				for (const { rejection } of jsonOf(rejected)) {
					expect(rejection).toMatchObject({ source: 'check', reason: 'validation_error' });
					expect(JSON.stringify(rejection)).not.toMatch(/duplicates/);
				}
				expect(server.requests).toEqual([]);
			});
		});

		it.each(['ignored', 'tag', 'text', 'part'] as const)(
			'finds a session by its reference with any meaning of tags in the search: %s',
			async (tagsMatch) => {
				await withServer(
					async (server) => {
						server.preload({ session_guid: guidAt(1), tags: 'ref:deal-1' });
						server.preload({ session_guid: guidAt(2), tags: 'ref:deal-10' });
						const { approved } = await run(server, 'get', [{ id: 'deal-1' }], REFERENCE);
						expect(jsonOf(approved)).toMatchObject([{ session_guid: guidAt(1) }]);
					},
					{ tagsMatch },
				);
			},
		);

		it('rejects the items that need a failed search, or stops the workflow', async () => {
			await withServer(async (server) => {
				server.fail({ route: 'search', status: 401, times: 9 });
				preload(server, 1);
				const given = [
					{ row: 0, id: 'deal-1' },
					{ row: 1, id: 'a,b' },
				];
				const onError = 'continueRegularOutput';
				const done = await run(server, 'delete', given, REFERENCE, { onError });
				expect(jsonOf(done.rejected)).toMatchObject([
					{
						outcome: 'rejected',
						rejection: { source: 'request', reason: 'unauthorized' },
						session_guid: null,
						session_reference: 'deal-1',
					},
					{ rejection: { source: 'check' } },
				]);
				const stopped = await run(server, 'delete', given, REFERENCE);
				expect(stopped.thrown).toMatchObject({ httpCode: '401' });
				expect(server.requestsTo('delete')).toEqual([]);
			});
		});

		it('finds 30 references on pages of 10 sessions', async () => {
			await withServer(
				async (server) => {
					const given = Array.from({ length: 30 }, (_, n) => {
						server.preload({ session_guid: guidAt(n), tags: `ref:deal-${n}` });
						return { id: `deal-${n}` };
					});
					const { approved, hints } = await run(server, 'get', given, REFERENCE);
					expect(approved).toHaveLength(30);
					expect(hints).toEqual([]);
				},
				{ pageSizeMax: 10 },
			);
		});

		it('names the reference instead of the GUID if a session is deleted twice', async () => {
			await withServer(async (server) => {
				server.preload({ session_guid: guidAt(1), tags: 'ref:deal-1' });
				const given = [0, 1].map((row) => ({ row, id: 'deal-1' }));
				const inOneRun = await run(server, 'delete', given, REFERENCE);
				const inTheNext = await run(server, 'delete', given, REFERENCE);
				expect(inOneRun.approved).toHaveLength(1);
				const rejected = [...jsonOf(inOneRun.rejected), ...jsonOf(inTheNext.rejected)];
				expect(rejected).toHaveLength(3);
				for (const { rejection, session_reference } of rejected) {
					expect(session_reference).toBe('deal-1');
					expect(rejection).toMatchObject({
						reason: 'session_not_found',
						message: expect.stringMatching(
							/^Perculus has no session with the reference 'deal-1'\. /,
						) as string,
					});
				}
			});
		});

		it('does not find a deleted session by its reference', async () => {
			await withServer(
				async (server) => {
					server.preload({ session_guid: guidAt(1), tags: 'ref:deal-1', status: -1 });
					const { rejected } = await run(server, 'get', [{ id: 'deal-1' }], REFERENCE);
					expect(jsonOf(rejected)).toMatchObject([{ rejection: { reason: 'session_not_found' } }]);
				},
				{ deletedInSearch: 'shown', deletedInGet: 'shown' },
			);
		});
	});

	it('sends no search for an unknown GUID', async () => {
		await withServer(async (server) => {
			await run(server, 'get', [{ id: UNKNOWN }]);
			expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
		});
	});
});

describe('Session list', () => {
	const perculus = new Perculus();
	const property = perculus.description.properties.find(({ name }) => name === 'session');
	const list = property?.modes?.find(({ name }) => name === 'list');
	const method = list?.typeOptions?.searchListMethod as keyof typeof perculus.methods.listSearch;

	function editor(
		{ url }: Pick<PerculusServer, 'url'>,
		secretKey = SECRET_KEY,
	): ILoadOptionsFunctions {
		const data = { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey };
		return editorContext({}, { type: new PerculusApi(), data });
	}

	const search = async (server: PerculusServer, filter?: string, token?: string) =>
		await perculus.methods.listSearch[method].call(editor(server), filter, token);

	/** The entries after scrolling to the end of the list. */
	async function scrolled(
		server: PerculusServer,
		filter?: string,
	): Promise<INodeListSearchResult['results']> {
		const results: INodeListSearchResult['results'] = [];
		let token: unknown;
		for (let parts = 0; parts < 50; parts++) {
			const part = await search(server, filter, token as string | undefined);
			results.push(...part.results);
			token = part.paginationToken;
			if (token === undefined) return results;
		}
		throw new Error('The list has no end.');
	}

	describe('The list of sessions', () => {
		it("the list is the first mode of 'Session', before the GUID and the reference, and is searchable", () => {
			expect(property?.modes?.map(({ name }) => name)).toEqual(['list', 'guid', 'reference']);
			expect(list?.typeOptions?.searchable).toBe(true);
		});

		it('shows each session with name, start and time zone, and no deleted session', async () => {
			await withServer(
				async (server) => {
					server.preload({
						session_guid: guidAt(1),
						name: 'Algebra',
						start_date: '2030-09-01T14:00:00',
						timezone: 'Europe/Istanbul',
					});
					server.preload({ name: 'Gone', status: -1 });
					expect(await scrolled(server)).toEqual([
						{ name: 'Algebra, 2030-09-01 14:00 (Europe/Istanbul)', value: guidAt(1) },
					]);
					server.reset();
					expect(await search(server)).toEqual({ results: [] });
				},
				{ deletedInSearch: 'shown' },
			);
		});

		it.each<StartOptions>([
			{},
			{ pageSizeMax: 7 },
			{ firstPage: 0 },
			{ firstPage: 0, pageBelowFirst: 'refused', pageSizeMax: 30 },
			{ pageBelowFirst: 'refused' },
			{ pageSizeMax: 1 },
		])('shows every session once after scrolling to the end: %p', async (options) => {
			await withServer(async (server) => {
				const ids = preload(server, 45);
				const found = await scrolled(server);
				expect(found.map(({ value }) => value).sort()).toEqual(ids);
			}, options);
		});

		it('the list is loaded in parts of 100 sessions', async () => {
			await withServer(async (server) => {
				preload(server, 250);
				const { results, paginationToken } = await search(server);
				expect(results).toHaveLength(100);
				expect(paginationToken).toEqual(expect.any(String));
				expect((await search(server, undefined, paginationToken as string)).results).toHaveLength(
					100,
				);
			});
		});

		it('finds sessions by a part of the name, in any case', async () => {
			await withServer(async (server) => {
				preload(server, 150);
				server.preload({ name: 'Linear algebra' });
				server.preload({ name: 'Algebra' });
				const names = async (text: string) =>
					(await scrolled(server, text)).map(({ name }) => name.split(',')[0]).sort();
				expect(await names('alg')).toEqual(['Algebra', 'Linear algebra']);
				expect(await names(' Algebra ')).toEqual(['Algebra', 'Linear algebra']);
				expect(await names('CS 14')).toHaveLength(11);
				expect(await names('nothing')).toEqual([]);
			});
		});

		it('sends one request for each part and each filter, and requests page 0 only once', async () => {
			await withServer(async (server) => {
				preload(server, 150);
				const { paginationToken } = await search(server);
				await search(server, undefined, paginationToken as string);
				for (const text of ['C', 'CS', 'CS 1']) await search(server, text);
				const asked = server.requestsTo('search').map(({ body }) => body as IDataObject);
				expect(asked.map(({ name, page_number }) => [name, page_number])).toEqual([
					[undefined, 1],
					[undefined, 0],
					[undefined, 2],
					['C', 1],
					['CS', 1],
					['CS 1', 1],
				]);
			});
		});

		it.each([
			[401, /^Perculus didn't accept the credential\. Check the Access Key and the Secret Key\.$/],
			[
				400,
				/^Perculus responded with HTTP 400 and no result that could be read\. Check the Domain /,
			],
		])("says why the list can't be loaded after HTTP %i", async (status, message) => {
			await withServer(async (server) => {
				server.fail({ route: 'search', status, times: 9 });
				const refused = await search(server).catch((error: unknown) => error as Error);
				expect(refused).toMatchObject({
					name: 'NodeApiError',
					message: expect.stringMatching(message) as string,
				});
				expectNoSecrets(refused);
			});
		});

		it("says that it couldn't connect if Perculus can't be reached", async () => {
			const context = editor({ url: 'http://127.0.0.1:1' });
			await expect(perculus.methods.listSearch[method].call(context)).rejects.toThrow(
				/^Couldn't connect to your Perculus server\./,
			);
		});
	});
});
