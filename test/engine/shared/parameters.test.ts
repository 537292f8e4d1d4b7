import type { IExecuteFunctions } from 'n8n-workflow';

import { parameterReader, readOptions } from '../../../nodes/Perculus/batch/parameter';
import { runNode } from '../harness/run';
import { tinyNode } from '../harness/nodes';

/** What a parameter reads as for each of some items, and how often n8n was asked for it. */
async function readings(text: unknown, items: object[]) {
	let asked = 0;
	const read: unknown[] = [];
	const node = tinyNode(function (all) {
		const getNodeParameter = (...given: unknown[]) => {
			asked++;
			return (this.getNodeParameter as (...given: unknown[]) => unknown)(...given);
		};
		const context = Object.assign(Object.create(this) as IExecuteFunctions, { getNodeParameter });
		const reader = parameterReader(context, 'text');
		all.forEach(({ json }, index) => read.push(reader(index, json)));
		return [[], []];
	});
	await runNode({ type: node, items: items as never, parameters: { text: text as never } });
	return { asked, read };
}

const ITEMS = Array.from({ length: 50 }, (_, i) => ({ zone: `zone ${i}` }));
const THEIRS = ITEMS.map(({ zone }) => ({ value: zone }));

describe('a parameter that may differ from item to item', () => {
	it('is asked for once where it is a constant', async () => {
		const { asked, read } = await readings('UTC', ITEMS);

		expect(read).toEqual(ITEMS.map(() => ({ value: 'UTC' })));
		expect(asked).toBe(1);
	});

	it('costs nothing where it is a plain reference: n8n judges the first item alone', async () => {
		const { asked, read } = await readings('={{ $json.zone }}', ITEMS);

		expect(read).toEqual(THEIRS);
		expect(asked).toBe(2);
	});

	it('is evaluated for each item where it is anything else', async () => {
		const { asked, read } = await readings('={{ $json.zone + "" }}', ITEMS);

		expect(read).toEqual(THEIRS);
		expect(asked).toBe(51);
	});

	it('says what an expression that does not work means, for its item alone', async () => {
		const { read } = await readings(
			'={{ $json.zone === "zone 1" ? $("Nowhere").item.json.x : 5 }}',
			ITEMS.slice(0, 3),
		);

		expect(read).toEqual([
			{ value: 5 },
			{ issue: expect.stringMatching(/^has an expression that does not work for this item: ./) },
			{ value: 5 },
		]);
	});
});

describe('options that are the same for all items', () => {
	it('are read as they are for the first, those that differ are left out', async () => {
		let options: unknown;
		const node = tinyNode(function () {
			options = readOptions(this, ['dateFormat']);
			return [[], []];
		});
		node.description.properties.push({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: ['dateFormat', 'batchSize', 'simplify'].map((name) => ({
				displayName: name,
				name,
				type: 'string',
				default: '',
			})),
		});
		const given = { dateFormat: '={{ $("Nowhere").item.json.x }}', batchSize: '={{ $json.n }}' };
		await runNode({
			type: node,
			items: [{ n: 5 }, { n: 6 }],
			parameters: { options: { ...given, simplify: false } },
		});

		expect(options).toEqual({ batchSize: 5, simplify: false });
	});
});
