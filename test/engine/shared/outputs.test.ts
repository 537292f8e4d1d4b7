import '../harness/environment';
import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeProperties,
	type INodeType,
	type OnError,
	type IDataObject,
	type INodeExecutionData,
} from 'n8n-workflow';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { placed, toolVariant, typesOf } from '../harness/nodes';
import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { byGuid } from '../harness/attendees';
import { by } from '../harness/sessions';
import { good, jsonOf } from '../harness/setup';
import { mapping, runPerculus } from '../harness';

/** The names of a node's outputs, as n8n determines them for the canvas and for a run. */
function outputsOf(type: INodeType, parameters: INode['parameters'], onError?: OnError) {
	const node: INode = { ...placed(parameters), ...(onError && { onError }) };
	const nodeTypes = typesOf(() => type);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const [ours = node] = Object.values(workflow.nodes);
	return NodeHelpers.getNodeOutputs(workflow, ours, type.description).map((output) =>
		typeof output === 'string' ? output : [output.type, output.displayName],
	);
}

/** The node with free text for resource and operation: n8n drops a value that the description doesn't offer. */
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

describe('Outputs of the node', () => {
	it.each([
		['upsert', 'Approved'],
		['create', 'Approved'],
		['update', 'Approved'],
		['get', 'Found'],
		['getAll', 'Found'],
		['getReport', 'Found'],
		['getAttendance', 'Found'],
		['delete', 'Deleted'],
	])('%s has the outputs %s and Rejected for any resource', (operation, name) => {
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
		'the parameters %j also have the outputs Approved and Rejected',
		(parameters) => {
			for (const node of [new Perculus(), withAnyOperation()])
				expect(outputsOf(node, parameters as never)).toEqual(main('Approved', 'Rejected'));
		},
	);

	it('the tool variant has the output of a tool', () => {
		expect(outputsOf(toolVariant(new Perculus()), { operation: 'upsert' })).toEqual(['ai_tool']);
	});
});

it.each([
	['upsert', 'create or update: session'],
	['getAll', 'get many: session'],
	['getReport', 'get report: session'],
	['getAttendance', 'get attendance: session'],
	['delete', 'delete: session'],
])("the canvas shows the subtitle of %s as '%s'", (operation, subtitle) => {
	const type = new Perculus();
	const parameters = { resource: 'session', operation };
	const node = placed(parameters);
	const nodeTypes = typesOf(() => type);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const text = type.description.subtitle ?? '';
	expect(workflow.expression.getSimpleParameterValue(node, text, 'internal', {})).toBe(subtitle);
});

describe('Items without json', () => {
	/** Pinned data that was not created in the editor, and items of other nodes, may have no `json`. */
	const ITEM = { json: undefined, binary: {} } as unknown as INodeExecutionData;
	const NEIGHBOUR: INodeExecutionData = {
		json: good('neighbour', { email: 'a@b.example', surname: 'Lovelace' }),
	};

	describe('An item without json', () => {
		let server: PerculusServer;
		let guid: string;

		beforeAll(async () => {
			server = await startPerculusServer();
			guid = server.preload({ name: 'Known' }).session_guid;
		});

		afterAll(async () => {
			await server.stop();
		});

		const session = mapping({
			name: '={{ $json.name }}',
			start_date: '={{ $json.start_date }}',
			duration: 60,
		});
		const person = mapping({
			email: '={{ $json.email }}',
			name: '={{ $json.name }}',
			surname: '={{ $json.surname }}',
		});
		const SETTINGS: Array<[string, IDataObject]> = [
			['sessions, mapped automatically', {}],
			['sessions, mapped by hand', { fields: session }],
			['sessions, with the input', { options: { includeInput: true } }],
			['attendees, mapped automatically', { resource: 'attendee' }],
			['attendees, mapped by hand', { resource: 'attendee', fields: person }],
			['Get', { operation: 'get', session: by('guid', "={{ $json.name ? 'GUID' : '' }}") }],
		];

		it.each(SETTINGS)(
			'an item without json is rejected, and the other item is approved: %s',
			async (_, given) => {
				const text = JSON.stringify(given).replace('GUID', guid);
				const parameters = JSON.parse(text) as IDataObject;
				const done = await runPerculus({
					server,
					items: [ITEM, NEIGHBOUR],
					parameters: {
						...(parameters.resource === 'attendee' && {
							operation: 'upsert',
							session: byGuid(guid) as never,
						}),
						...parameters,
					} as never,
				});
				expect(done.thrown).toBeUndefined();
				expect(jsonOf(done.rejected)).toMatchObject([{ rejection: { source: 'check' } }]);
				expect(done.rejected.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
				expect(done.approved.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			},
		);
	});
});
