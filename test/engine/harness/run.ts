import './environment';

import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ExecutionStatus,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunData,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';

import { OneCredential, type StoredCredential } from './credentials';
import { agent, probe, source, toolVariant, type ToolRoute } from './nodes';

/** What the run data keeps of a thrown error: a plain object with the error's own properties. */
export interface ThrownError extends IDataObject {
	name: string;
	message: string;
	description?: string;
	httpCode?: string;
	context: IDataObject;
	stack?: string;
}

/** A node's settings tab, and what surrounds a run. */
export interface RunSettings {
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
	/** The workflow's time zone; without it, n8n's own default holds (America/New_York). */
	timezone?: string;
	/** The user presses stop when the promise settles. */
	cancel?: Promise<unknown>;
}

/** One node to be run in n8n's engine. */
export interface NodeRun extends RunSettings {
	type: INodeType;
	parameters?: INodeParameters;
	credential?: StoredCredential;
}

/** A node between a source of items and one probe behind each output. */
export interface ItemRun extends NodeRun {
	items: IDataObject[] | INodeExecutionData[];
	/** Evaluated for each item behind each output, e.g. `={{ $('Source').item.json.row }}`. */
	probe?: string;
}

/** A node called as a tool by an agent. */
export interface ToolRun extends NodeRun {
	via: ToolRoute;
	/** The arguments the model gives; parameters take them with `$fromAI()`. */
	input: IDataObject;
	/** The item the agent itself works on: by default what n8n's chat trigger emits. */
	agentItem?: IDataObject;
}

/** A whole workflow. */
export interface WorkflowRun extends Pick<RunSettings, 'timezone' | 'cancel'> {
	nodes: INode[];
	connections: IConnections;
	/** By the last part of their names: `set` is `n8n-nodes-base.set`. */
	types: Record<string, INodeType>;
	/** The name of the first node. */
	start: string;
	credential?: StoredCredential;
}

/** What is the same for every run. */
interface Outcome {
	/** The node's error, thrown or carried on from; absent when the node did not throw. */
	thrown?: ThrownError;
	hints: NodeExecutionHint[];
	/** The execution's status: success, error, canceled … */
	status: string;
	runData: IRunData;
	/** What the node itself took; 0 when it did not get to its end. */
	executionMs: number;
}

/** The outcome of a node run on items, its outputs named after those of the Perculus node. */
export interface EngineRun extends Outcome {
	approved: INodeExecutionData[];
	rejected: INodeExecutionData[];
	/** Only there with the setting "Continue (using error output)". */
	error: INodeExecutionData[];
	/** What the probe's expression said behind each output, `{ unavailable }` where it failed. */
	probed: { approved: unknown[]; rejected: unknown[]; error: unknown[] };
}

/** The outcome of a tool call. */
export interface ToolEngineRun extends Outcome {
	/** The very text the model would read; absent when the agent itself failed. */
	observation?: string;
	/** The same, parsed. */
	answer: unknown;
	/** The item the node was run on. */
	input: unknown;
}

const PROBES = ['Approved Probe', 'Rejected Probe', 'Error Probe'] as const;
const CHAT_ITEM = { sessionId: 'chat-1', action: 'sendMessage', chatInput: 'Plan the courses' };

/** Runs a node on items: Source → node → one probe behind each output. */
export async function runNode(run: ItemRun): Promise<EngineRun> {
	const { displayName: name, name: typeName } = run.type.description;
	const types = { source: source(asItems(run.items)), [typeName]: run.type, probe: probe() };
	const nodes = [
		place('Source', 'source'),
		{ ...place(name, typeName), ...settings(run) },
		...PROBES.map((at) => place(at, 'probe', { expression: run.probe ?? '' })),
	];
	const connections: IConnections = {
		Source: { main: [[{ node: name, type: 'main', index: 0 }]] },
		[name]: { main: PROBES.map((node) => [{ node, type: 'main', index: 0 }]) },
	};

	const { data, status } = await runWorkflow({
		...run,
		types,
		nodes,
		connections,
		start: 'Source',
	});
	const { runData } = data.resultData;
	const task = runData[name]?.at(-1);
	const output = (index: number) => task?.data?.main?.[index] ?? [];
	const probed = PROBES.map((at) =>
		(runData[at]?.at(-1)?.data?.main?.[0] ?? []).map((item) => item.json.value as unknown),
	);
	const [approved = [], rejected = [], error = []] = probed;
	return {
		...outcome(task, status, runData),
		approved: output(0),
		rejected: output(1),
		error: output(2),
		probed: { approved, rejected, error },
	};
}

/** Runs a node as the tool of an agent, in either of the two ways n8n does. */
export async function runNodeAsTool(run: ToolRun): Promise<ToolEngineRun> {
	const { displayName: name } = run.type.description;
	const type = toolVariant(run.type);
	const call = { via: run.via, toolNode: name, input: run.input };
	const types = {
		source: source([{ json: run.agentItem ?? CHAT_ITEM }]),
		[type.description.name]: type,
		agent: agent(call),
	};
	const nodes = [
		place('Source', 'source'),
		{ ...place(name, type.description.name), ...settings(run) },
		place('Agent', 'agent'),
	];
	const connections: IConnections = {
		Source: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		[name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};

	const { data, status } = await runWorkflow({
		...run,
		types,
		nodes,
		connections,
		start: 'Source',
	});
	const { runData } = data.resultData;
	const task = runData[name]?.at(-1);
	const said = runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json.observation;
	const observation = typeof said === 'string' ? said : undefined;
	return {
		...outcome(task, status, runData),
		observation,
		answer: observation === undefined ? undefined : (JSON.parse(observation) as unknown),
		input: task?.inputOverride?.ai_tool?.[0]?.[0]?.json,
	};
}

/** Runs a workflow in n8n's engine; the status is the one n8n would save. */
export async function runWorkflow(run: WorkflowRun): Promise<IRun> {
	const workflow = new Workflow({
		id: 'workflow',
		name: 'Workflow',
		active: false,
		nodes: run.nodes,
		connections: run.connections,
		nodeTypes: new KnownTypes(run.types),
		settings: { executionOrder: 'v1', ...(run.timezone && { timezone: run.timezone }) },
	});
	const start = workflow.getNode(run.start);
	if (start === null) throw new Error(`The workflow has no node ${run.start}`);
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
		},
	});
	const additionalData = surroundings(run);
	// n8n saves what the first of these hooks is told: on stop it comes at once, with "canceled",
	// while the promise may still end as an error, with what the interrupted node then threw.
	let status: ExecutionStatus | undefined;
	additionalData.hooks?.addHandler('workflowExecuteAfter', (saved) => {
		status ??= saved.status;
	});
	const engine = new WorkflowExecute(additionalData, 'manual', data);
	const running = engine.processRunExecutionData(workflow);

	void run.cancel?.finally(() => running.cancel());
	const ended = await running;
	return { ...ended, status: status ?? ended.status };
}

/** What n8n's server gives an execution. The addresses must parse: expressions offer them. */
function surroundings(run: Pick<WorkflowRun, 'credential'>): IWorkflowExecuteAdditionalData {
	const address = 'http://127.0.0.1:5678/';
	const unavailable = async () => {
		throw new Error('Not part of the test engine');
	};
	return {
		credentialsHelper: new OneCredential(run.credential),
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: 'workflow',
			name: 'Workflow',
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: [],
			connections: {},
		}),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: address,
		instanceBaseUrl: address,
		formBaseUrl: address,
		formWaitingBaseUrl: address,
		formTestBaseUrl: address,
		webhookBaseUrl: address,
		webhookWaitingBaseUrl: address,
		webhookTestBaseUrl: address,
		mcpBaseUrl: address,
		mcpTestBaseUrl: address,
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
	};
}

/** The installed node types, of any package. Tool variants carry `Tool` at the end of their name, as in n8n. */
class KnownTypes implements INodeTypes {
	constructor(private readonly types: Record<string, INodeType>) {}

	getByName(name: string): INodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string): INodeType {
		const type = this.types[name.replace(/^.*\./, '')];
		if (type === undefined) throw new Error(`There is no node type ${name}`);
		return type;
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

const PACKAGE = 'n8n-nodes-perculus.';

function place(name: string, type: string, parameters: INodeParameters = {}): INode {
	return {
		id: name,
		name,
		type: `${PACKAGE}${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
}

function settings(run: NodeRun): Partial<INode> {
	const { parameters = {}, credential, onError, retryOnFail, maxTries } = run;
	const { waitBetweenTries, alwaysOutputData, executeOnce } = run;
	return {
		parameters,
		...(credential && {
			credentials: { [credential.type.name]: { id: '1', name: credential.type.displayName } },
		}),
		// n8n's saved workflows leave settings out that were never touched.
		...(onError && { onError }),
		...(retryOnFail && { retryOnFail, maxTries, waitBetweenTries }),
		...(alwaysOutputData && { alwaysOutputData }),
		...(executeOnce && { executeOnce }),
	};
}

function asItems(items: IDataObject[] | INodeExecutionData[]): INodeExecutionData[] {
	return items.map((item) => (isItem(item) ? { ...item } : { json: item }));
}

function isItem(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	const others = ['json', 'binary', 'pairedItem', 'error', 'index', 'metadata'];
	const isOne = typeof item.json === 'object' || ('json' in item && item.json === undefined);
	return isOne && Object.keys(item).every((key) => others.includes(key));
}

function outcome(task: ITaskData | undefined, status: string, runData: IRunData): Outcome {
	return {
		...(task?.error && { thrown: task.error as unknown as ThrownError }),
		hints: task?.hints ?? [],
		status,
		runData,
		executionMs: task?.executionTime ?? 0,
	};
}
