import '../harness/environment';

import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeProperties,
	type INodeType,
	type OnError,
} from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { placed, toolVariant, typesOf } from '../harness/nodes';

/** The names of a node's outputs, as n8n works them out for the canvas and for a run. */
function outputsOf(type: INodeType, parameters: INode['parameters'], onError?: OnError) {
	const node: INode = { ...placed(parameters), ...(onError && { onError }) };
	const nodeTypes = typesOf(type);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const [ours = node] = Object.values(workflow.nodes);
	return NodeHelpers.getNodeOutputs(workflow, ours, type.description).map((output) =>
		typeof output === 'string' ? output : [output.type, output.displayName],
	);
}

/** The node with any operation one could think of: n8n drops a parameter's value that the description does not offer. */
function withAnyOperation(): INodeType {
	const node = new Perculus();
	const properties = ['resource', 'operation'].map((name): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	}));
	return Object.assign(node, { description: { ...node.description, properties } });
}

const main = (...names: string[]) => names.map((name) => ['main', name]);

describe('the two outputs', () => {
	it.each([
		['upsert', 'Approved'],
		['create', 'Approved'],
		['update', 'Approved'],
		['get', 'Found'],
		['getAll', 'Found'],
		['getReport', 'Found'],
		['getAttendance', 'Found'],
		['delete', 'Deleted'],
	])('of %s are %s and Rejected, whatever the resource', (operation, name) => {
		for (const resource of ['session', 'attendee']) {
			const parameters = { resource, operation };
			const node = withAnyOperation();
			expect(outputsOf(node, parameters)).toEqual(main(name, 'Rejected'));
			expect(outputsOf(node, parameters, 'continueErrorOutput')).toEqual(
				main(name, 'Rejected', 'Error'),
			);
		}
	});

	it.each([{}, { operation: 'unheard of' }, { operation: null }, { operation: 5 }])(
		'are there for %j, too',
		(parameters) => {
			for (const node of [new Perculus(), withAnyOperation()])
				expect(outputsOf(node, parameters as never)).toEqual(main('Approved', 'Rejected'));
		},
	);

	it('become the one of a tool', () => {
		expect(outputsOf(toolVariant(new Perculus()), { operation: 'upsert' })).toEqual(['ai_tool']);
	});
});

it.each([
	['upsert', 'create or update: session'],
	['getAll', 'get many: session'],
	['getReport', 'get report: session'],
	['getAttendance', 'get attendance: session'],
	['delete', 'delete: session'],
])('the canvas says of %s: %s', (operation, subtitle) => {
	const type = new Perculus();
	const parameters = { resource: 'session', operation };
	const node = placed(parameters);
	const nodeTypes = typesOf(type);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const text = type.description.subtitle ?? '';
	expect(workflow.expression.getSimpleParameterValue(node, text, 'internal', {})).toBe(subtitle);
});
