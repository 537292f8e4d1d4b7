import '../harness/environment';

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IExecuteFunctions, ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { accountOf } from '../../../nodes/Perculus/transport/client';
import { n8nTransport, type RequestContext } from '../../../nodes/Perculus/transport/client';
import { pathOf } from '../../../nodes/Perculus/transport/transport';
import { requestIdempotent } from '../../../nodes/Perculus/transport/retry';
import type { Request } from '../../../nodes/Perculus/transport/transport';
import { ACCESS_KEY, bearerToken, SECRET_KEY } from '../../perculus-server';
import { editorContext } from '../harness/editorContext';
import { runNode } from '../harness/run';

/** A server that tells what it was sent, or does as it is told, once. */
let told: Array<'hang' | 'drop' | number> = [];
const seen: Array<{
	method?: string;
	url?: string;
	body: string;
	headers: IncomingMessage['headers'];
}> = [];
const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const { method, url, headers } = request;
		seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
		const next = told.shift();
		if (next === 'hang') return;
		if (next === 'drop') return void request.socket.destroy();
		if (typeof next === 'number') return void response.writeHead(next).end();
		response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"name":"CS201"}');
	});
});
let url = '';
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	told = [];
	seen.length = 0;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const credential = () => ({
	type: new PerculusApi(),
	data: { domain: url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey: SECRET_KEY },
});

type Use = (context: RequestContext) => Promise<unknown>;

/** In a run of the node. */
async function inARun(use: Use): Promise<unknown> {
	let result: unknown;
	const type: INodeType = Object.assign(new Perculus(), {
		async execute(this: IExecuteFunctions) {
			result = await use(this);
			return [[], []];
		},
	});
	const { thrown } = await runNode({ type, items: [{}], credential: credential() });
	if (thrown) throw new Error(thrown.message);
	return result;
}

/** While the editor asks for the entries of a list. */
async function inTheEditor(use: Use): Promise<unknown> {
	const context: ILoadOptionsFunctions = editorContext({}, credential());
	return await use(context);
}

describe.each([
	['a run', inARun],
	['the editor', inTheEditor],
])('the transport in %s', (_, within) => {
	it.each<[Request, string]>([
		[{ method: 'GET', path: pathOf('session', 'G 1') as string }, ''],
		[{ method: 'DELETE', path: pathOf('session', 'G', 'attendee', 'a@b.example') as string }, ''],
		[{ method: 'POST', path: '/session/search', body: { page_number: 1 } }, '{"page_number":1}'],
	])('sends %j, signed', async (request, body) => {
		const response = await within(
			async (context) => await n8nTransport(context, 5).request(request),
		);
		expect(response).toMatchObject({ kind: 'response', status: 200, body: { name: 'CS201' } });
		expect(seen).toMatchObject([
			{
				method: request.method,
				url: `/xapi/v2${request.path}`,
				body,
				headers: { authorization: `Bearer ${bearerToken(ACCESS_KEY, SECRET_KEY)}` },
			},
		]);
	});

	it('asks again for an answer that was lost, and tells how often', async () => {
		told = ['drop', 204];
		const asked = await within(
			async (context) =>
				await requestIdempotent(n8nTransport(context, 5), { method: 'DELETE', path: '/session/G' }),
		);
		expect(asked).toMatchObject({ reply: { kind: 'answer', response: { status: 204 } }, sent: 2 });
		expect(seen).toHaveLength(2);
	});

	it('gives up a server that is silent, and follows no redirect', async () => {
		told = ['hang', 302];
		const request: Request = { method: 'GET', path: '/session/G' };
		const outcomes = await within(async (context) => {
			const transport = n8nTransport(context, 1);
			return [await transport.request(request), await transport.request(request)];
		});
		expect(outcomes).toMatchObject([
			{ kind: 'networkError', code: 'ECONNABORTED' },
			{ kind: 'response', status: 302 },
		]);
	});

	it('knows the account, and nothing of its keys', async () => {
		const account = await within(accountOf);
		expect(account).toMatch(/^[0-9a-f]{64}$/);
		expect(account).toBe(await inARun(accountOf));
		expect(seen).toEqual([]);
	});
});
