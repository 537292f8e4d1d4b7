import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runNode, runNodeAsTool, type ItemRun } from './run';
import { tinyApi, tinyNode, type TinyBehaviour } from './tinyNode';

const ROWS = [{ row: 'a' }, { row: 'b' }, { row: 'c' }];
const SOURCE_ROW = "={{ $('Source').item.json.row }}";

const run = async (behaviour: TinyBehaviour, rest: Partial<ItemRun> = {}) =>
	await runNode({ type: tinyNode(behaviour), items: ROWS, probe: SOURCE_ROW, ...rest });

const jsonOf = (items: INodeExecutionData[]) => items.map((item) => item.json);

/** The second of three items goes to output 1, all with their link. */
const split: TinyBehaviour = (items) => {
	const out = items.map((item, index) => ({ json: { ...item.json }, pairedItem: { item: index } }));
	return [out.filter((_, index) => index !== 1), out.filter((_, index) => index === 1)];
};

const fail: TinyBehaviour = () => {
	throw new Error('the service is away');
};

describe('the harness', () => {
	it('returns the items of both outputs, and resolves item links through the engine', async () => {
		const done = await run(split);

		expect(done.status).toBe('success');
		expect(done.thrown).toBeUndefined();
		expect(jsonOf(done.approved)).toEqual([{ row: 'a' }, { row: 'c' }]);
		expect(jsonOf(done.rejected)).toEqual([{ row: 'b' }]);
		expect(done.error).toEqual([]);
		expect(done.probed).toEqual({ approved: ['a', 'c'], rejected: ['b'], error: [] });
		expect(done.executionMs).toBeGreaterThanOrEqual(0);
	});

	it('shows a missing item link as unavailable', async () => {
		const done = await run(() => [[{ json: {} }], [{ json: {} }]]);

		for (const value of [...done.probed.approved, ...done.probed.rejected]) {
			expect(value).toEqual({ unavailable: expect.stringMatching(/paired item/i) });
		}
	});

	it('shows execution hints', async () => {
		const done = await run(function (items) {
			this.addExecutionHints({ message: 'one of three', location: 'outputPane' });
			return [items];
		});

		expect(done.hints).toEqual([{ message: 'one of three', location: 'outputPane' }]);
	});

	it('evaluates parameters per item, in the zone of the workflow', async () => {
		const read: TinyBehaviour = function (items) {
			return [
				items.map((_, i) => ({ json: { text: this.getNodeParameter('text', i) as string } })),
			];
		};
		const text = '={{ $json.row + " " + DateTime.fromISO("2030-07-01T00:00Z").toFormat("HH ZZ") }}';
		const tokyo = await run(read, { parameters: { text }, timezone: 'Asia/Tokyo' });
		const unset = await run(read, { parameters: { text } });

		expect(jsonOf(tokyo.approved)[1]).toEqual({ text: 'b 09 +09:00' });
		expect(jsonOf(unset.approved)[1]).toEqual({ text: 'b 20 -04:00' });
	});

	it('returns the thrown error with what the node put on it', async () => {
		const done = await run(function (items) {
			expect(items).toHaveLength(3);
			throw Object.assign(new Error('refused'), { description: 'why', httpCode: '401' });
		});

		expect(done.status).toBe('error');
		expect(done.thrown).toMatchObject({ message: 'refused', description: 'why', httpCode: '401' });
		expect(done.approved).toEqual([]);
	});

	it('refuses a workflow whose parameters n8n would refuse', async () => {
		const type = tinyNode(split);
		type.description.properties = [
			{ displayName: 'Needed', name: 'needed', type: 'string', default: '', required: true },
		];
		await expect(runNode({ type, items: ROWS })).rejects.toThrow(/issues/);
	});
});

describe('HTTP', () => {
	const seen: Array<{ authorization: string | undefined; body: string }> = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			seen.push({ authorization: request.headers.authorization, body });
			if (request.url === '/never') return;
			response.writeHead(207, { 'content-type': 'application/json' }).end('{"ok":true}');
		});
	});
	let url = '';

	beforeAll(async () => {
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => seen.splice(0));
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	});

	const post = (path: string): TinyBehaviour =>
		async function (this: IExecuteFunctions, items) {
			const request = { url: url + path, method: 'POST' as const, body: { rows: items.length } };
			const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'tinyApi', {
				...request,
				returnFullResponse: true,
			});
			return [[{ json: { status: answer.statusCode, body: answer.body } }]];
		};
	const credential = { type: tinyApi, data: { key: 'k1' } };

	it('is real, and signed by the credential', async () => {
		const done = await run(post('/'), { credential });

		expect(jsonOf(done.approved)).toEqual([{ status: 207, body: { ok: true } }]);
		expect(seen).toEqual([{ authorization: 'Bearer k1', body: '{"rows":3}' }]);
	});

	it('wants a credential', async () => {
		const done = await run(post('/'));

		expect(done.thrown?.message).toMatch(/credentials/);
		expect(seen).toEqual([]);
	});

	it('is cut off when the user presses stop', async () => {
		const done = await run(post('/never'), { credential, cancel: once(server, 'request') });

		expect(done.status).toBe('canceled');
		expect(done.runData.Tiny?.[0]?.data).toBeUndefined();
	});
});

it('stop also ends a wait of the node', async () => {
	const events = new EventEmitter();
	const wait: TinyBehaviour = async function () {
		events.emit('waiting');
		await once(events, 'never', { signal: this.getExecutionCancelSignal() });
		return [[]];
	};
	const done = await run(wait, { cancel: once(events, 'waiting') });

	expect(done.status).toBe('canceled');
	expect(done.thrown).toBeDefined();
});

/** Why the node is as it is: these hold in n8n 2.41 and shape what it emits and when it throws. */
describe("n8n's engine", () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'puts the unprocessed input on Approved when a node throws with %s',
		async (onError) => {
			const done = await run(fail, { onError });

			expect(done.status).toBe('success');
			expect(done.thrown?.message).toBe('the service is away');
			expect(jsonOf(done.approved)).toEqual(ROWS);
			expect(done.rejected).toEqual([]);
			expect(done.error).toEqual([]);
		},
	);

	it('wipes the json of an item that has an error', async () => {
		const done = await run(() => [
			[],
			[{ json: { reason: 'x' }, error: Object.assign(new Error('gone')) as never }],
		]);

		expect(jsonOf(done.rejected)).toEqual([{ error: 'gone' }]);
	});

	it('moves items to Error that hold nothing but error, message and details', async () => {
		const emit: TinyBehaviour = () => [
			[{ json: { error: 'from Approved' }, pairedItem: { item: 0 } }],
			[
				{ json: { error: 'moved', message: 'm', details: { d: 1 } }, pairedItem: { item: 1 } },
				{ json: { error: 'kept', reason: 'one key more' }, pairedItem: { item: 2 } },
			],
		];
		const done = await run(emit, { onError: 'continueErrorOutput' });

		expect(done.approved).toEqual([]);
		expect(jsonOf(done.rejected)).toEqual([{ error: 'kept', reason: 'one key more' }]);
		expect(jsonOf(done.error)).toEqual([
			{ row: 'a', error: 'from Approved' },
			{ row: 'b', error: 'moved', message: 'm', details: { d: 1 } },
		]);
		expect(done.probed).toEqual({ approved: [], rejected: ['c'], error: ['a', 'b'] });
	});

	it('has no Error output without that setting', async () => {
		const done = await run(() => [[], [{ json: { error: 'stays' }, pairedItem: { item: 0 } }]]);

		expect(jsonOf(done.rejected)).toEqual([{ error: 'stays' }]);
		expect(done.error).toEqual([]);
	});

	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('tries again when the first item of Approved has an error, without any throw', async () => {
		const seen: number[] = [];
		await run((_, tries) => [[{ json: { error: seen.push(tries) } }]], retry);

		expect(seen).toEqual([1, 2, 3]);
	});

	it('does not look at Rejected for that', async () => {
		const seen: number[] = [];
		await run((_, tries) => [[], [{ json: { error: seen.push(tries) } }]], retry);

		expect(seen).toEqual([1]);
	});

	it('repeats the whole node after a throw', async () => {
		const seen: number[] = [];
		const done = await run((items, tries) => {
			seen.push(items.length);
			if (tries < 3) throw new Error('not yet');
			return [items];
		}, retry);

		expect(seen).toEqual([3, 3, 3]);
		expect(done.thrown).toBeUndefined();
		expect(done.approved).toHaveLength(3);
	});

	it('adds an empty item to Approved with Always Output Data when all were rejected', async () => {
		const done = await run((items) => [[], items], { alwaysOutputData: true });

		expect(jsonOf(done.approved)).toEqual([{}]);
		expect(done.rejected).toHaveLength(3);
	});
});

describe('a node as the tool of an agent', () => {
	const reveal: TinyBehaviour = function (items) {
		const { type } = this.getNode();
		const isTool = this.isToolExecution();
		const text = this.getNodeParameter('text', 0) as string;
		this.addExecutionHints({ message: 'seen' });
		return [[{ json: { type, isTool, text, item: items[0]?.json } }], [{ json: { lost: true } }]];
	};
	const parameters = { text: "={{ $fromAI('title', 'The title', 'string') }}" };
	const call = { parameters, input: { title: 'Physics' } };

	it('called by the default agent: a request to the engine, an ordinary context', async () => {
		const done = await runNodeAsTool({ type: tinyNode(reveal), via: 'agentRequest', ...call });

		expect(done.status).toBe('success');
		expect(done.answer).toEqual([
			{
				type: 'n8n-nodes-perculus.tinyTool',
				isTool: false,
				text: 'Physics',
				item: {
					sessionId: 'chat-1',
					action: 'sendMessage',
					chatInput: 'Plan the courses',
					title: 'Physics',
					toolCallId: 'call_1',
				},
			},
		]);
		expect(done.hints).toEqual([{ message: 'seen' }]);
	});

	it('called by other agents: within the agent, in a tool context', async () => {
		const done = await runNodeAsTool({ type: tinyNode(reveal), via: 'toolInvocation', ...call });

		expect(done.status).toBe('success');
		expect(done.answer).toEqual([
			{
				type: 'n8n-nodes-perculus.tinyTool',
				isTool: true,
				text: 'Physics',
				item: { title: 'Physics' },
			},
		]);
		expect(done.hints).toEqual([{ message: 'seen' }]);
	});

	it.each([
		['agentRequest', ''],
		['toolInvocation', [{ approved: true }]],
	] as const)('with an error output, by %s: %j is what the agent gets', async (via, answer) => {
		// By its request n8n takes the tool's only main output, the Error output, for its first one, and
		// empties it: no node can do anything about that.
		const type = tinyNode(() => [[{ json: { approved: true } }], []]);
		const done = await runNodeAsTool({ type, via, ...call, onError: 'continueErrorOutput' });

		expect(done.answer).toEqual(answer);
	});

	it('that throws: the default agent reads the message and nothing of the item', async () => {
		const done = await runNodeAsTool({ type: tinyNode(fail), via: 'agentRequest', ...call });

		expect(done.answer).toEqual([{ error: 'the service is away' }]);
		expect(done.thrown?.message).toBe('the service is away');
	});

	it('that throws: other agents fail with it', async () => {
		const done = await runNodeAsTool({ type: tinyNode(fail), via: 'toolInvocation', ...call });

		expect(done.status).toBe('error');
		expect(done.observation).toBeUndefined();
		expect(done.thrown?.message).toBe('the service is away');
	});
});

async function text(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
