import type { Execution, WorkflowNode } from '../n8n/execution';
import { type Line, baseNode, connected, fields, merge, rows, start } from './nodes';
import { itemsOf, resultOf, resultsOf, row, rowStage, tooLate } from './rowStage';

/** The node runs more than once: in a loop, with its own output as input, or by a retry. */
describe('The node run several times in n8n', () => {
	const stage = rowStage();
	const LIST = [row('a'), tooLate('b'), row('c'), row('a', { name: 'renamed' })];

	it.each([
		['one by one, both outputs connected to the loop', 1, []],
		['two by two, both outputs merged', 2, [merge()]],
	] as Array<[string, number, WorkflowNode[]]>)(
		'Loop Over Items returns each row once, %s',
		async (_, batchSize, between) => {
			const isMerged = between.length > 0;
			const back: Line[] = [0, 1].map((output) =>
				isMerged ? ['Perculus', output, 'Merge', output] : ['Perculus', output, 'Loop'],
			);
			const nodes = [
				start(),
				rows(LIST),
				baseNode('Loop', 'splitInBatches', 3, { batchSize, options: {} }),
				stage.perculusNode(),
				...between,
				baseNode('Done', 'noOp', 1),
			];
			const execution = await stage.run(
				connected('Loop', nodes, [
					['Start', 0, 'Rows'],
					['Rows', 0, 'Loop'],
					['Loop', 0, 'Done'],
					['Loop', 1, 'Perculus'],
					...back,
					...(isMerged ? [['Merge', 0, 'Loop'] satisfies Line] : []),
				]),
			);
			expect(execution.result.runData.Done).toHaveLength(1);
			expect(itemsOf(execution, 'Done').map(resultOf)).toEqual([
				'a created',
				'b rejected',
				'c created',
				'a updated',
			]);
			expect(stage.perculus.sessions.size).toBe(2);
		},
	);

	it('saves a corrected Rejected item that is connected to the node again', async () => {
		const mend = fields('Mend', {
			session_reference: '={{ $json.session.session_reference }}',
			name: '={{ $json.session.name }}',
			start_date: row('').start_date,
			duration: '60',
		});
		const execution = await stage.run(
			connected(
				'Back',
				[
					start(),
					rows([row('a'), tooLate('b')]),
					stage.perculusNode(),
					mend,
					fields('Row', { row: "={{ $('Rows').item.json.session_reference }}" }),
				],
				[
					['Start', 0, 'Rows'],
					['Rows', 0, 'Perculus'],
					['Perculus', 0, 'Row'],
					['Perculus', 1, 'Mend'],
					['Mend', 0, 'Perculus'],
				],
			),
		);
		expect([0, 1].map((run) => resultsOf(execution, run))).toEqual([
			[['a created'], ['b rejected']],
			[['b created'], []],
		]);
		const rowsOf = (run: number) => itemsOf(execution, 'Row', 0, run).map(({ json }) => json.row);
		expect([...rowsOf(0), ...rowsOf(1)].sort()).toEqual(['a', 'b']);
	});

	describe('Retry in the list of executions', () => {
		const HOOK = 'perculus-e2e-retry';

		/** Runs it in production, because only production executions can be retried. */
		const failed = async (name: string, ...behind: WorkflowNode[]): Promise<Execution> => {
			const path = `${HOOK}-${name}`;
			const hook = { ...baseNode('Hook', 'webhook', 2), webhookId: path };
			hook.parameters = { httpMethod: 'POST', path, responseMode: 'onReceived' };
			const nodes = [hook, rows([row('a'), row('b')]), stage.perculusNode(), ...behind];
			const lines = nodes
				.slice(1)
				.map((node, place): Line => [nodes[place]?.name ?? '', 0, node.name]);
			const stored = await stage.n8n.createWorkflow(connected(name, nodes, lines));
			await stage.n8n.activateWorkflow(stored);
			const response = await fetch(`${stage.n8n.url}/webhook/${path}`, { method: 'POST' });
			expect(response.status).toBe(200);
			const [execution] = await stage.n8n.endedExecutionsOf(stored.id, 1);
			if (!execution) throw new Error('The webhook started nothing.');
			expect(execution.status).toBe('error');
			return execution;
		};

		it('a retry finds the sessions that a request with a lost response created', async () => {
			stage.perculus.fail({ route: 'batch', drop: 'after' });
			// The search before sending succeeds, the later ones don't.
			stage.perculus.fail({ route: 'search', nth: 3, status: 400, times: 50 });
			const first = await failed('lost');
			expect(stage.perculus.sessions.size).toBe(2);
			stage.perculus.faults.length = 0;
			expect(resultsOf(await stage.n8n.retry(first))).toEqual([['a updated', 'b updated'], []]);
			expect(stage.perculus.sessions.size).toBe(2);
		});

		it('a retry sends nothing again if only a later node failed', async () => {
			const boom = baseNode('Boom', 'stopAndError', 1, { errorMessage: 'Boom' });
			const again = await stage.n8n.retry(await failed('later', boom));
			expect(again.result.error?.message).toBe('Boom');
			expect(stage.perculus.batches()).toHaveLength(1);
		});
	});
});
