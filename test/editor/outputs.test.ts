import { randomUUID } from 'node:crypto';
import { connect, credentialFor, perculusNode } from '../e2e/stage';
import type { N8nClient } from '../n8n/client';
import type { Connection, Workflow, WorkflowNode } from '../n8n/execution';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import type { Canvas } from './canvas';
import { Editor } from './editor';
import { pictureStep } from './step';
import { rowsWorkflow } from './workflow';

const OPERATIONS: Array<[operation: string, label: string, first: string]> = [
	['upsert', 'Create or Update', 'Approved'],
	['create', 'Create', 'Approved'],
	['update', 'Update', 'Approved'],
	['get', 'Get', 'Found'],
	['getAll', 'Get Many', 'Found'],
	['delete', 'Delete', 'Deleted'],
];

describe('The outputs on the canvas', () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let credential: { id: string; name: string };
	let editor: Editor;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		const data = credentialFor(perculus);
		credential = await n8n.createCredential('Perculus account', 'perculusApi', data);
		editor = await Editor.open(n8n);
	});

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	const perculusAt = (
		name: string,
		row: number,
		parameters: Record<string, unknown>,
		extra: Partial<WorkflowNode> = {},
	): WorkflowNode => {
		const node = perculusNode(credential, { id: randomUUID(), name, ...extra });
		return {
			...node,
			position: [480, row * 220],
			parameters: { ...node.parameters, ...parameters },
		};
	};
	const end = (name: string, row: number): WorkflowNode => ({
		id: randomUUID(),
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [800, row * 110],
		parameters: {},
	});
	const to = (node: string, type: Connection['type'] = 'main'): Connection[] => [
		{ node, type, index: 0 },
	];
	const opened = async (workflow: Workflow): Promise<Canvas> => {
		const { id } = await n8n.createWorkflow(workflow);
		const canvas = await editor.openWorkflow(id);
		await canvas.fit();
		return canvas;
	};

	const OF_ALL: Array<
		[outputs: string, onError: 'stopWorkflow' | 'continueErrorOutput', more: string[]]
	> = [
		['two', 'stopWorkflow', []],
		['three', 'continueErrorOutput', ['Error']],
	];

	it.each(OF_ALL)('the canvas shows %s outputs, named by operation', async (_, onError, more) => {
		const nodes = (['session', 'attendee'] as const).flatMap((resource, column) =>
			OPERATIONS.filter(
				([operation]) => resource === 'session' || !/^create|^update/.test(operation),
			).map(([operation], row) => {
				const node = perculusAt(
					`${resource} ${operation}`,
					row,
					{ resource, operation },
					{ onError },
				);
				return { ...node, position: [480 + column * 400, row * 220] as [number, number] };
			}),
		);
		const canvas = await opened(rowsWorkflow('Operations', [], ...nodes));
		await pictureStep(editor.page, `outputs-${onError}`);
		const seen = new Map<string, string[]>();
		for (const { name } of nodes) seen.set(name, await canvas.outputNamesOf(name));
		const firsts = new Map(OPERATIONS.map(([operation, , first]) => [operation, first]));
		expect([...seen]).toEqual(
			nodes.map(({ name, parameters }) => [
				name,
				[firsts.get(String(parameters.operation)), 'Rejected', ...more],
			]),
		);
	});

	it('the outputs keep their lines when another operation is chosen', async () => {
		const node = perculusAt('Perculus', 0, {}, { onError: 'continueErrorOutput' });
		const ends = ['First', 'Second', 'Third'].map((name, row) => end(name, row));
		const workflow = rowsWorkflow('Lines', [{ name: 'Algebra' }], node);
		workflow.nodes.push(...ends);
		workflow.connections.Perculus = { main: ends.map(({ name }) => to(name)) };
		const canvas = await opened(workflow);
		const lines = ['main 0 to First', 'main 1 to Second', 'main 2 to Third'];
		for (const [operation, label, first] of [...OPERATIONS].reverse()) {
			const panel = await canvas.open('Perculus');
			await panel.parameter('operation').choose(label);
			await panel.close();
			expect(await canvas.outputNamesOf('Perculus')).toEqual([first, 'Rejected', 'Error']);
			expect(await canvas.linesFrom('Perculus')).toEqual(lines);
			await pictureStep(editor.page, `outputs-lines-${operation}`);
		}
	});

	it('a tool has only the line to its agent', async () => {
		const tool = perculusAt('Perculus Tool', 1, {}, { type: 'n8n-nodes-perculus.perculusTool' });
		const agent: WorkflowNode = {
			id: randomUUID(),
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 2.2,
			position: [480, 0],
			parameters: { promptType: 'define', text: 'Plan', options: {} },
		};
		const workflow = rowsWorkflow('Tool', [], agent);
		workflow.nodes.push(tool);
		workflow.connections[tool.name] = { main: [], ai_tool: [to('Agent', 'ai_tool')] };
		const canvas = await opened(workflow);
		await pictureStep(editor.page, 'outputs-tool');
		expect(await canvas.outputTypesOf(tool.name)).toEqual(['ai_tool']);
		expect(await canvas.linesFrom(tool.name)).toEqual(['ai_tool 0 to Agent']);
	});
});
