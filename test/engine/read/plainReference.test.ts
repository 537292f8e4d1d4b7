import fc from 'fast-check';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

import { plainPath, plainReader } from '../../nodes/Perculus/batch/read/plainReference';
import { runNode } from './run';

interface Compared {
	expression: string;
	item: number;
	n8n: unknown;
	ours: unknown;
	/** n8n was asked. */
	asked: boolean;
}

const attempt = (read: () => unknown): unknown => {
	try {
		const value = read();
		return value === undefined ? 'undefined' : [value];
	} catch {
		return 'threw';
	}
};

/** Reads every expression of its parameter for every item both ways: n8n is the judge. */
const judge: INodeType = {
	description: {
		displayName: 'Judge',
		name: 'judge',
		group: ['transform'],
		version: 1,
		description: 'Evaluates expressions',
		defaults: { name: 'Judge' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Values', name: 'values', type: 'json', default: '' }],
	},
	async execute(this: IExecuteFunctions) {
		const expressions = this.getNodeParameter('values', 0, {}, { rawExpressions: true }) as Record<
			string,
			string
		>;
		const compared = Object.entries(expressions).flatMap(([name, expression]) => {
			const path = plainPath(expression);
			if (!path) return [];
			let asked = false;
			const evaluate = (index: number) =>
				this.getNodeParameter(`values["${name}"]`, index, undefined, { skipValidation: true });
			const read = plainReader(path, (index) => {
				asked = true;
				return evaluate(index);
			});
			return this.getInputData().map(({ json }, item): Compared => {
				asked = false;
				const ours = attempt(() => read(item, json));
				return { expression, item, ours, asked, n8n: attempt(() => evaluate(item)) };
			});
		});
		return [[{ json: { compared } as unknown as IDataObject, pairedItem: { item: 0 } }]];
	},
};

async function compare(expressions: string[], items: IDataObject[]): Promise<Compared[]> {
	const { approved } = await runNode({
		type: judge,
		items: items.map((json) => ({ json })),
		parameters: { values: Object.fromEntries(expressions.map((text, i) => [`e${i}`, text])) },
	});
	return approved[0]?.json.compared as unknown as Compared[];
}

const NAMES = [
	'name',
	'Start Date',
	'a',
	'b',
	'0',
	'length',
	'toString',
	'map',
	'first',
	'isEmpty',
	'toDateTime',
	'json',
	"teacher's",
	'say "so"',
	'back\\slash',
	'Başlık',
	'ö',
	'a.b',
	'a[0]',
	'$json',
	'_x',
	'$x',
	'',
	' ',
	'x}}y',
	'{{x',
	'constructor',
	'__proto__',
	'prototype',
	'hasOwnProperty',
	'caller',
	'binding',
	'null',
	'true',
	'1a',
	'new',
];

const value = fc.letrec((tie) => ({
	leaf: fc.oneof(
		fc.string(),
		fc.constantFrom('={{ 1 + 1 }}', '{{ $json.a }}', '2027-03-05T14:00:00Z', '90', ''),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
		fc.boolean(),
		fc.constant(null),
	),
	tree: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		tie('leaf'),
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('tree')), { maxLength: 4 }).map(
			(entries) =>
				// As n8n would get it from JSON: own keys, even one called __proto__.
				JSON.parse(
					`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
				) as unknown,
		),
	),
})).tree;

const step = fc.oneof(
	fc.constantFrom(...NAMES).map((name) => `.${name}`),
	fc.constantFrom(...NAMES).map((name) => `["${name}"]`),
	fc.constantFrom(...NAMES).map((name) => `['${name}']`),
	fc.constantFrom(...NAMES).map((name) => `[${JSON.stringify(name)}]`),
	fc.nat(3).map((position) => `[${position}]`),
);

const expression = fc
	.tuple(
		fc.constantFrom('', ' ', '  ', '\n'),
		fc.array(step, { minLength: 1, maxLength: 3 }),
		fc.constantFrom('', ' '),
	)
	.map(([before, steps, after]) => `={{${before}$json${steps.join('')}${after}}}`);

const item = fc
	.array(fc.tuple(fc.constantFrom(...NAMES), value), { minLength: 1, maxLength: 6 })
	.map(
		(entries) =>
			JSON.parse(
				`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
			) as IDataObject,
	);

describe('plain references', () => {
	it('agree with n8n on every item and every form the editor writes', async () => {
		let answered = 0;
		const lists = { minLength: 4, maxLength: 8 };
		await fc.assert(
			fc.asyncProperty(
				fc.array(expression, lists),
				fc.array(item, lists),
				async (expressions, items) => {
					for (const { ours, n8n, asked, ...where } of await compare(expressions, items)) {
						expect({ ...where, value: ours }).toEqual({ ...where, value: n8n });
						if (!asked) answered++;
					}
				},
			),
			{ numRuns: 60 },
		);
		expect(answered).toBeGreaterThan(100);
	});

	it('ask n8n once where the value is plain, and for every item where it is not', async () => {
		const items = [{ a: 1, list: [1] }, { a: 'x', list: ['y'] }, { a: null, list: [] }, {}];
		const asked = async (text: string) => (await compare([text], items)).map((one) => one.asked);
		expect(await asked('={{ $json.a }}')).toEqual([true, false, false, false]);
		expect(await asked('={{ $json.list[0] }}')).toEqual([true, false, true, true]);
		expect(await asked('={{ $json.list }}')).toEqual([true, true, true, true]);
		expect(await asked('={{ $json.binding }}')).toEqual([true, true, true, true]);
	});

	it.each([
		['={{ $json.name }}', ['name']],
		['={{ $json["Start Date"] }}', ['Start Date']],
		["={{ $json['Start Date'] }}", ['Start Date']],
		['={{ $json.a.b[0] }}', ['a', 'b', 0]],
		['={{$json.a}}', ['a']],
	])('%s is one', (text, path) => {
		expect(plainPath(text)).toEqual(path);
	});

	it.each([
		'={{ $json }}',
		'={{ $json.a + 1 }}',
		'={{ $json.a.toUpperCase() }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json.a }} ',
		'=x{{ $json.a }}',
		'={{ $json.a }}{{ $json.b }}',
		'={{ $json?.a }}',
		'={{ $json[$json.a] }}',
		'={{ $json.a /* why */ }}',
		"={{ $('Form').item.json.a }}",
		'{{ $json.a }}',
	])('%s is left to n8n', (text) => {
		expect(plainPath(text)).toBeUndefined();
	});
});
