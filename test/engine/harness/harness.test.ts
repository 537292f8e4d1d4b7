import { EventEmitter, once } from 'node:events';

import { compareExpressions } from './judge';
import { tinyNode, type TinyBehaviour } from './nodes';
import { runNode, runNodeAsTool, type ItemRun } from './run';
import { jsonOf } from './setup';

const ROWS = [{ row: 'a' }, { row: 'b' }, { row: 'c' }];
const probe = "={{ $('Source').item.json.row }}";

const run = async (behaviour: TinyBehaviour, rest: Partial<ItemRun> = {}) =>
	await runNode({ type: tinyNode(behaviour), items: ROWS, probe, ...rest });

it('runNode returns both outputs, with item links as the engine resolves them', async () => {
	const done = await run((items) => {
		const linked = items.map(({ json }, item) => ({ json: { ...json }, pairedItem: { item } }));
		return [linked.filter((_, at) => at !== 1), linked.filter((_, at) => at === 1)];
	});
	expect(done).toMatchObject({ status: 'success', error: [] });
	expect(jsonOf(done.approved)).toEqual([{ row: 'a' }, { row: 'c' }]);
	expect(jsonOf(done.rejected)).toEqual([{ row: 'b' }]);
	expect(done.probed).toEqual({ approved: ['a', 'c'], rejected: ['b'], error: [] });
});

it('runNode shows a missing item link as unavailable', async () => {
	const { probed } = await run(() => [[{ json: {} }], [{ json: {} }]]);
	const unavailable = { unavailable: expect.stringMatching(/paired item/i) };
	expect(probed).toEqual({ approved: [unavailable], rejected: [unavailable], error: [] });
});

it("runNode evaluates parameters for each item, in the workflow's zone", async () => {
	const read: TinyBehaviour = function (items) {
		return [
			items.map((_, at) => ({ json: { text: this.getNodeParameter('text', at) as string } })),
		];
	};
	const text = '={{ $json.row + DateTime.fromISO("2030-07-01T00:00Z").toFormat(" HH ZZ") }}';
	const tokyo = await run(read, { parameters: { text }, timezone: 'Asia/Tokyo' });
	expect(jsonOf(tokyo.approved)[1]).toEqual({ text: 'b 09 +09:00' });
	const unset = await run(read, { parameters: { text } });
	expect(jsonOf(unset.approved)[1]).toEqual({ text: 'b 20 -04:00' });
});

it('runNode returns what a node throws, and moves items with only error keys to Error', async () => {
	const done = await run(() => {
		throw Object.assign(new Error('refused'), { description: 'why', httpCode: '401' });
	});
	const thrown = { message: 'refused', description: 'why', httpCode: '401' };
	expect(done).toMatchObject({ status: 'error', thrown, approved: [] });
	const emit: TinyBehaviour = () => [
		[],
		[
			{ json: { error: 'moved', message: 'm', details: {} }, pairedItem: { item: 1 } },
			{ json: { error: 'stays', reason: 'one key more' }, pairedItem: { item: 2 } },
		],
	];
	const { error, probed } = await run(emit, { onError: 'continueErrorOutput' });
	expect(jsonOf(error)).toMatchObject([{ error: 'moved' }]);
	expect(probed).toEqual({ approved: [], rejected: ['c'], error: ['b'] });
});

it('runNode cancels a waiting node when the user stops it', async () => {
	const events = new EventEmitter();
	const wait: TinyBehaviour = async function () {
		events.emit('waiting');
		await once(events, 'never', { signal: this.getExecutionCancelSignal() });
		return [[]];
	};
	const done = await run(wait, { cancel: once(events, 'waiting') });
	expect(done).toMatchObject({ status: 'canceled', approved: [] });
});

it.each(['agentRequest', 'toolInvocation'] as const)(
	'runNodeAsTool shows the agent the first output, by %s',
	async (via) => {
		const type = tinyNode(function () {
			const text = this.getNodeParameter('text', 0) as string;
			return [[{ json: { text, isTool: this.isToolExecution() } }], [{ json: { lost: true } }]];
		});
		const parameters = { text: "={{ $fromAI('title', 'The title', 'string') }}" };
		const done = await runNodeAsTool({ type, via, parameters, input: { title: 'Physics' } });
		expect(done.answer).toEqual([{ text: 'Physics', isTool: via === 'toolInvocation' }]);
	},
);

it('compareExpressions returns the values of n8n and of our own evaluation', async () => {
	const [one] = await compareExpressions(['={{ $json.a }}'], [{ a: 1 }]);
	expect(one).toMatchObject({ n8n: [1], ours: [1] });
	await expect(compareExpressions(['={{ Math.random() }}'], [{}])).rejects.toThrow(/value/);
});
