import {
	NodeConnectionTypes,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type NodeOutput,
} from 'n8n-workflow';

/** The part of a langchain tool an agent uses; langchain is not a dependency of this project. */
interface Tool {
	invoke(input: IDataObject): Promise<string | undefined>;
}

/** How n8n 2.41 runs a tool: the default agent asks the engine, other agents call it themselves. */
export type ToolRoute = 'agentRequest' | 'toolInvocation';

/** What the agent's model decided: the arguments of one tool call. */
export interface ToolCall {
	via: ToolRoute;
	toolNode: string;
	input: IDataObject;
}

/** A node type of the harness: everything n8n asks for and no test looks at is filled in. */
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

/** Emits the given items, as they are: a luxon DateTime or a Date in them stays one. */
export function source(items: INodeExecutionData[]): INodeType {
	return { description: describe('source'), execute: async () => [items] };
}

/** Evaluates one expression for each of its items, as any node a user puts behind an output would. */
export function probe(): INodeType {
	const expression = { displayName: 'Expression', name: 'expression', type: 'string', default: '' };
	return {
		description: describe('probe', { properties: [expression as INodeProperties] }),
		async execute(this: IExecuteFunctions) {
			const evaluate = (itemIndex: number): IDataObject => {
				try {
					return { value: this.getNodeParameter('expression', itemIndex) as IDataObject };
				} catch (error) {
					// A lost item link throws; told as a value it shows which items have lost theirs.
					return { value: { unavailable: (error as Error).message } };
				}
			};
			return [
				this.getInputData().map((_, item) => ({ json: evaluate(item), pairedItem: { item } })),
			];
		},
	};
}

/**
 * An agent without a model: it calls its one tool once and emits what a model would be told.
 *
 * `agentRequest` is what n8n's default agent does: it returns a request and is run again with the
 * tool's run data. `toolInvocation` is the way of the older agents and of sub-agents: the tool is a
 * langchain object and runs inside the agent, in a supply-data context.
 */
export function agent(call: ToolCall): INodeType {
	return {
		description: describe('agent', {
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		}),
		async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
			if (call.via === 'toolInvocation') {
				const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
				const [tool] = tools as Tool[];
				return [[{ json: { observation: await tool?.invoke(call.input) } }]];
			}
			const answered = response?.actionResponses[0];
			if (answered) return [[{ json: { observation: observe(answered.data) } }]];
			return {
				actions: [
					{
						actionType: 'ExecutionNodeAction',
						nodeName: call.toolNode,
						input: call.input,
						type: NodeConnectionTypes.AiTool,
						id: 'call_1',
						metadata: { itemIndex: 0 },
					},
				],
				metadata: {},
			};
		},
	};
}

/** The default agent's own rule (buildSteps): output 0 of the tool, else its error, else nothing. */
function observe(task: EngineResponse['actionResponses'][number]['data']): string {
	const items = task.data?.[NodeConnectionTypes.AiTool]?.[0];
	if (items?.length) return JSON.stringify(items.map((item) => item.json));
	return JSON.stringify(task.error ? { error: task.error.message } : '');
}

/**
 * The tool variant of a node type, which n8n's server makes when a workflow names `<type>Tool`
 * (`convertNodeToAiTool`, not part of any package this project could import). As there, it inherits
 * from the node: the methods are the same, and so is every property of the description not set here.
 */
export function toolVariant(node: INodeType): INodeType {
	const { description } = node;
	const toolDescription: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
		required: true,
		displayOptions: { show: { descriptionType: ['manual'] } },
	};
	const descriptionType: INodeProperties = {
		displayName: 'Tool Description',
		name: 'descriptionType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Set Automatically', value: 'auto' },
			{ name: 'Set Manually', value: 'manual' },
		],
		default: 'auto',
	};
	const own: Partial<INodeTypeDescription> = {
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [descriptionType, toolDescription, ...description.properties],
	};
	const described = Object.assign(Object.create(description) as INodeTypeDescription, own);
	return Object.create(node, { description: { value: described } }) as INodeType;
}
