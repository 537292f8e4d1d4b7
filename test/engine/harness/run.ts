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
	type IRun,
	type IRunData,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { oneCredential, type StoredCredential } from './credentials';
import { agent, placed, probe, source, toolVariant, typesOf, type ToolRoute } from './nodes';

/** What the run data keeps of a thrown error: a plain object with the error's own properties. */
interface ThrownError extends IDataObject, Pick<Error, 'name' | 'message' | 'stack'> {
	description?: string;
	httpCode?: string;
	context: IDataObject;
}

const SETTINGS = [
	...(['onError', 'retryOnFail', 'maxTries', 'waitBetweenTries'] as const),
	...(['alwaysOutputData', 'executeOnce'] as const),
];

/** The settings of a node, and the surroundings of a run. */
export interface RunSettings extends Pick<INode, (typeof SETTINGS)[number]> {
	timezone?: string; // of the workflow; without it, n8n's own default (America/New_York)
	cancel?: Promise<unknown>; // the user stops the run when it settles
}

export interface NodeRun extends RunSettings {
	type: INodeType;
	parameters?: INodeParameters;
	credential?: StoredCredential;
}

/** A node between a source of items and one probe after each output. */
export interface ItemRun extends NodeRun {
	items: IDataObject[] | INodeExecutionData[];
	probe?: string; // evaluated for each item after each output
}

export interface ToolRun extends NodeRun {
	via: ToolRoute;
	input: IDataObject; // the model's arguments, for `$fromAI()`
	agentItem?: IDataObject; // the agent's own item; default: what n8n's chat trigger emits
}

interface WorkflowRun extends Pick<NodeRun, 'timezone' | 'cancel' | 'credential'> {
	nodes: INode[];
	connections: IConnections;
	types: Record<string, INodeType>; // by the last part of their names: `set` is `n8n-nodes-base.set`
	start: string; // name of the first node
}

interface Outcome {
	thrown?: ThrownError; // thrown by the node, or carried on from
	hints: NodeExecutionHint[];
	status: string; // of the execution: success, error, canceled …
	runData: IRunData;
	executionMs: number; // of the node; 0 if it did not finish
}

/** The outcome of a node run on items, its outputs named after those of the Perculus node. */
export interface EngineRun extends Outcome {
	approved: INodeExecutionData[];
	rejected: INodeExecutionData[];
	error: INodeExecutionData[]; // only with the setting "Continue (using error output)"
	/** The probe's values after each output, `{ unavailable }` if it failed. */
	probed: { approved: unknown[]; rejected: unknown[]; error: unknown[] };
}

export interface ToolEngineRun extends Outcome {
	observation?: string; // the text the model would read; absent when the agent itself failed
	answer: unknown; // the same, parsed
}

const PROBES = ['Approved Probe', 'Rejected Probe', 'Error Probe'] as const;
const CHAT_ITEM = { sessionId: 'chat-1', action: 'sendMessage', chatInput: 'Plan the courses' };

/** Runs a node on items: Source → node → one probe after each output. */
export async function runNode(run: ItemRun): Promise<EngineRun> {
	const { displayName: name, name: typeName } = run.type.description;
	const items = run.items.map((item) => (isItem(item) ? { ...item } : { json: item }));
	const types = { source: source(items), [typeName]: run.type, probe: probe() };
	const nodes = [
		place('Source', 'source'),
		{ ...place(name, typeName), ...settings(run) },
		...PROBES.map((at) => place(at, 'probe', { expression: run.probe ?? '' })),
	];
	const connections: IConnections = {
		Source: { main: [[{ node: name, type: 'main', index: 0 }]] },
		[name]: { main: PROBES.map((node) => [{ node, type: 'main', index: 0 }]) },
	};
	const done = await runWorkflow({ ...run, types, nodes, connections, start: 'Source' });
	const { runData } = done.data.resultData;
	const task = runData[name]?.at(-1);
	const outputs = task?.data?.main ?? [];
	const probedAt = (at: number) =>
		(runData[PROBES[at] ?? '']?.at(-1)?.data?.main?.[0] ?? []).map(({ json }) => json.value);
	return {
		...outcome(task, done),
		approved: outputs[0] ?? [],
		rejected: outputs[1] ?? [],
		error: outputs[2] ?? [],
		probed: { approved: probedAt(0), rejected: probedAt(1), error: probedAt(2) },
	};
}

/** Runs a node as the tool of an agent, in either of the two ways n8n does. */
export async function runNodeAsTool(run: ToolRun): Promise<ToolEngineRun> {
	const { displayName: name, name: typeName } = run.type.description;
	const types = {
		source: source([{ json: run.agentItem ?? CHAT_ITEM }]),
		[`${typeName}Tool`]: toolVariant(run.type),
		agent: agent(run.via, name, run.input),
	};
	const nodes = [
		place('Source', 'source'),
		{ ...place(name, `${typeName}Tool`), ...settings(run) },
		place('Agent', 'agent'),
	];
	const connections: IConnections = {
		Source: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		[name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};
	const done = await runWorkflow({ ...run, types, nodes, connections, start: 'Source' });
	const { runData } = done.data.resultData;
	const said = runData.Agent?.at(-1)?.data?.main?.[0]?.[0]?.json.observation;
	const observation = typeof said === 'string' ? said : undefined;
	const answer = observation === undefined ? undefined : (JSON.parse(observation) as unknown);
	return { ...outcome(runData[name]?.at(-1), done), observation, answer };
}

/** Runs a workflow in n8n's engine; the status is the one n8n would save. */
export async function runWorkflow(run: WorkflowRun): Promise<IRun> {
	const typeNamed = (name: string) => {
		const type = run.types[name.replace(/^.*\./, '')];
		if (type === undefined) throw new Error(`There is no node type ${name}`);
		return type;
	};
	const workflow = new Workflow({
		...WORKFLOW,
		nodes: run.nodes,
		connections: run.connections,
		nodeTypes: typesOf(typeNamed),
		settings: { executionOrder: 'v1', ...(run.timezone && { timezone: run.timezone }) },
	});
	const start = workflow.getNode(run.start);
	if (start === null) throw new Error(`The workflow has no node ${run.start}`);
	const nodeExecutionStack = [{ node: start, data: { main: [[{ json: {} }]] }, source: null }];
	const data = createRunExecutionData({ executionData: { nodeExecutionStack } });
	const additionalData = surroundings(run.credential);
	// n8n saves the first status: on a stop it is "canceled", and the promise may still end with the node's error.
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

const WORKFLOW = { id: 'workflow', name: 'Workflow', active: false };

/** The data that n8n's server gives an execution. The addresses must be valid, because expressions can read them. */
function surroundings(credential?: StoredCredential): IWorkflowExecuteAdditionalData {
	const addresses = [
		...['restApiUrl', 'instanceBaseUrl', 'formBaseUrl', 'formWaitingBaseUrl', 'formTestBaseUrl'],
		...['webhookBaseUrl', 'webhookWaitingBaseUrl', 'webhookTestBaseUrl', 'mcpBaseUrl'],
		'mcpTestBaseUrl',
	].map((name) => [name, 'http://127.0.0.1:5678/']);
	const dates = { createdAt: new Date(0), updatedAt: new Date(0) };
	const saved = { ...WORKFLOW, activeVersionId: null, isArchived: false, ...dates };
	return {
		...Object.fromEntries(addresses),
		credentialsHelper: oneCredential(credential),
		hooks: new ExecutionLifecycleHooks('manual', '1', { ...saved, nodes: [], connections: {} }),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

const place = (name: string, type: string, parameters: INodeParameters = {}): INode =>
	placed(parameters, {
		id: name,
		name,
		type: `n8n-nodes-perculus.${type}`,
		credentials: undefined,
	});

/** n8n's saved workflows leave out settings that were never touched. */
function settings({ parameters = {}, credential, ...run }: NodeRun): Partial<INode> {
	const touched = SETTINGS.filter((key) => run[key] !== undefined).map((key) => [key, run[key]]);
	const { name = '', displayName = '' } = credential?.type ?? {};
	const credentials = credential && { [name]: { id: '1', name: displayName } };
	return { parameters, credentials, ...(Object.fromEntries(touched) as Partial<INode>) };
}

function isItem(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	const others = ['json', 'binary', 'pairedItem', 'error', 'index', 'metadata'];
	const isOne = typeof item.json === 'object' || ('json' in item && item.json === undefined);
	return isOne && Object.keys(item).every((key) => others.includes(key));
}

function outcome(task: ITaskData | undefined, { status, data }: IRun): Outcome {
	return {
		...(task?.error && { thrown: task.error as unknown as ThrownError }),
		hints: task?.hints ?? [],
		status,
		runData: data.resultData.runData,
		executionMs: task?.executionTime ?? 0,
	};
}
