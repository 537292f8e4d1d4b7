import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { valueReader } from '../../../nodes/Perculus/batch/parameter';
import { describe } from './nodes';
import { runNode } from './run';

/** The parameters to read from a node, and their paths. */
export interface Question {
	properties: INodeProperties[];
	parameters: INodeParameters;
	paths: Array<[path: string, fallback?: string]>; // and a value if there is none
}

/** The value of a parameter for one item, read both ways: in a list of one, or a word if there is none. */
interface Compared {
	n8n: unknown;
	ours: unknown;
	isAsked: boolean; // n8n was asked for ours
}

const attempt = (read: () => unknown): unknown => {
	try {
		const value = read();
		return value === undefined ? 'undefined' : [value];
	} catch (error) {
		return `threw: ${(error as Error).message}`;
	}
};

/** A node that reads parameters for every item with n8n and with our own code. */
const judge = ({ properties, paths }: Question): INodeType => ({
	description: describe('judge', { outputs: [NodeConnectionTypes.Main], properties }),
	async execute(this: IExecuteFunctions) {
		let isAsked = false;
		const watched = Object.create(this) as IExecuteFunctions;
		watched.getNodeParameter = ((...args: Parameters<IExecuteFunctions['getNodeParameter']>) => {
			if (!args[3]?.rawExpressions) isAsked = true;
			return this.getNodeParameter(...args);
		}) as IExecuteFunctions['getNodeParameter'];
		const compared = paths.flatMap(([path, fallback]) => {
			const read = valueReader(watched, path, fallback);
			return this.getInputData().map(({ json }, item): Compared => {
				isAsked = false;
				const ours = attempt(() => read(item, json));
				const asN8n = () => this.getNodeParameter(path, item, fallback, { skipValidation: true });
				return { ours, isAsked, n8n: attempt(asN8n) };
			});
		});
		return [[{ json: { compared } as unknown as IDataObject, pairedItem: { item: 0 } }]];
	},
});

/** Reads parameters for each item both ways; throws what the node throws: a parameter that doesn't exist. */
export async function compareParameters(
	question: Question,
	rows: IDataObject[],
): Promise<Compared[]> {
	const { parameters } = question;
	const items = rows.map((json) => ({ json }));
	const { approved, thrown } = await runNode({ type: judge(question), items, parameters });
	if (thrown) throw new Error(thrown.message);
	return approved[0]?.json.compared as unknown as Compared[];
}

/** Reads each expression for each item both ways; throws if n8n has another value. */
export async function compareExpressions(
	expressions: readonly string[],
	items: IDataObject[],
): Promise<Compared[]> {
	const values = Object.fromEntries(expressions.map((text, at) => [`e${at}`, text]));
	const properties = [
		{ displayName: 'Values', name: 'values', type: 'json' as const, default: '' },
	];
	const paths = expressions.map((_, at): [string] => [`values["e${at}"]`]);
	const compared = await compareParameters({ properties, parameters: { values }, paths }, items);
	for (const [at, { ours, n8n }] of compared.entries()) {
		const expression = expressions[Math.floor(at / items.length)];
		const where = { expression, item: items[at % items.length] };
		expect({ ...where, value: ours }).toEqual({ ...where, value: n8n });
	}
	return compared;
}
