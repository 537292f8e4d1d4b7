import {
	NodeConnectionTypes,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type NodeOutput,
} from 'n8n-workflow';

/** The part of a langchain tool an agent uses; langchain is not a dependency of this project. */
type Tool = { invoke(input: IDataObject): Promise<string | undefined> };

/** How n8n 2.41 runs a tool: the default agent asks the engine, other agents call it themselves. */
export type ToolRoute = 'agentRequest' | 'toolInvocation';

/** A node type of the harness, with the properties that n8n needs and no test checks. */
export function describe(
	name: string,
	rest: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: name,
		defaults: { name },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...rest,
	};
}

/** A node as it is in a workflow. */
export const placed = (parameters: INodeParameters = {}, rest: Partial<INode> = {}): INode => ({
	id: '1',
	name: 'Perculus',
	type: 'perculus',
	typeVersion: 1,
	position: [0, 0],
	parameters,
	credentials: { perculusApi: { id: '1', name: 'Perculus API' } },
	...rest,
});

/** The installed node types. */
export const typesOf = (byName: (name: string) => INodeType): INodeTypes => {
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
};

/** Emits the given items unchanged: a Luxon DateTime or a Date in them stays one. */
export function source(items: INodeExecutionData[]): INodeType {
	return { description: describe('source'), execute: async () => [items] };
}

/** Evaluates one expression for each of its items, as a node after an output would. */
export function probe(): INodeType {
	const expression = { displayName: 'Expression', name: 'expression', type: 'string', default: '' };
	return {
		description: describe('probe', { properties: [expression as INodeProperties] }),
		async execute(this: IExecuteFunctions) {
			const evaluate = (itemIndex: number): IDataObject => {
				try {
					return { value: this.getNodeParameter('expression', itemIndex) as IDataObject };
				} catch (error) {
					// A lost item link throws; as a value it shows which items have lost their link.
					return { value: { unavailable: (error as Error).message } };
				}
			};
			return [
				this.getInputData().map((_, item) => ({ json: evaluate(item), pairedItem: { item } })),
			];
		},
	};
}

/** An agent without a model: calls its one tool once, by the engine or itself, and emits what a model would read. */
export function agent(via: ToolRoute, nodeName: string, input: IDataObject): INodeType {
	const inputs = [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool];
	return {
		description: describe('agent', { inputs }),
		async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
			if (via === 'toolInvocation') {
				const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
				const [tool] = tools as Tool[];
				return [[{ json: { observation: await tool?.invoke(input) } }]];
			}
			const answered = response?.actionResponses[0];
			if (answered) return [[{ json: { observation: observe(answered.data) } }]];
			const type = NodeConnectionTypes.AiTool;
			const rest = { type, id: 'call_1', metadata: { itemIndex: 0 } };
			const action = { actionType: 'ExecutionNodeAction' as const, nodeName, input, ...rest };
			return { actions: [action], metadata: {} };
		},
	};
}

/** The default agent's own rule (buildSteps): output 0 of the tool, else its error, else nothing. */
function observe(task: EngineResponse['actionResponses'][number]['data']): string {
	const items = task.data?.[NodeConnectionTypes.AiTool]?.[0];
	if (items?.length) return JSON.stringify(items.map((item) => item.json));
	return JSON.stringify(task.error ? { error: task.error.message } : '');
}

/** The tool variant of a node type, as n8n's server creates it (`convertNodeToAiTool`, which no package exports). */
export function toolVariant(node: INodeType): INodeType {
	const { description } = node;
	const own: Partial<INodeTypeDescription> = {
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	const described = Object.assign(Object.create(description) as INodeTypeDescription, own);
	return Object.create(node, { description: { value: described } }) as INodeType;
}

export type TinyBehaviour = (
	this: IExecuteFunctions,
	items: INodeExecutionData[],
) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

/** A node with the two outputs of the Perculus node, and any behavior. */
export function tinyNode(behaviour: TinyBehaviour): INodeType {
	return {
		description: describe('tiny', {
			outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
			usableAsTool: true,
			properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
		}),
		async execute(this: IExecuteFunctions) {
			return await behaviour.call(this, this.getInputData());
		},
	};
}
