import '../harness/environment';

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
import { expectNoSecrets, withServer } from '../harness/setup';
import { guidAt, preload } from '../harness/sessions';

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

/** What somebody sees who scrolls to the end. */
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

describe('the list of sessions', () => {
	it('comes first, can be searched, and stands beside the GUID and the reference', () => {
		expect(property?.modes?.map(({ name }) => name)).toEqual(['list', 'guid', 'reference']);
		expect(list?.typeOptions?.searchable).toBe(true);
	});

	it('names each session as a person knows it', async () => {
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
	])('has every session once for who scrolls: %p', async (options) => {
		await withServer(async (server) => {
			const ids = preload(server, 45);
			const found = await scrolled(server);
			expect(found.map(({ value }) => value).sort()).toEqual(ids);
		}, options);
	});

	it('comes in parts', async () => {
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

	it('is searched by a part of the name, in any case', async () => {
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

	it('is one request for each part and for each letter typed, and page 0 once', async () => {
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
		[400, /^Perculus responded with HTTP 400 and no result that could be read\. Check the Domain /],
	])('says why there is none: %i', async (searchFails, message) => {
		await withServer(
			async (server) => {
				const refused = await search(server).catch((error: unknown) => error as Error);
				expect(refused).toMatchObject({
					name: 'NodeApiError',
					message: expect.stringMatching(message) as string,
				});
				expectNoSecrets(refused);
			},
			{ searchFails },
		);
	});

	it('says so where Perculus is out of reach', async () => {
		const context = editor({ url: 'http://127.0.0.1:1' });
		await expect(perculus.methods.listSearch[method].call(context)).rejects.toThrow(
			/^Couldn't connect to your Perculus server\./,
		);
	});
});
