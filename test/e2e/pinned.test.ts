import type { Workflow } from '../n8n/execution';
import { type Line, baseNode, connected, fields, rows, start } from './nodes';
import { itemsOf, resultsOf, row, rowStage, tooLate } from './rowStage';

const LIST = [row('a'), tooLate('b'), row('c')];
const PINNED = LIST.map((json) => ({ json }));

describe('Pinned data in n8n', () => {
	const stage = rowStage();

	/** Start, Rows, Pass, Perculus, and after each output a node that reads the linked row in `source`. */
	const workflow = (pinData: Workflow['pinData'], source: string, first = start()): Workflow => {
		const asked = { row: `={{ $('${source}').item.json.session_reference }}` };
		const lines: Line[] = [
			[first.name, 0, 'Rows'],
			['Rows', 0, 'Pass'],
			['Pass', 0, 'Perculus'],
			['Perculus', 0, 'Yes'],
			['Perculus', 1, 'No'],
		];
		const pass = baseNode('Pass', 'noOp', 1);
		const nodes = [
			first,
			rows(LIST),
			pass,
			stage.perculusNode(),
			fields('Yes', asked),
			fields('No', asked),
		];
		return connected('Pinned', nodes, lines, { pinData });
	};

	it.each([
		['Rows', 'Rows'],
		['Pass', 'Pass'],
		['Pass', 'Rows'],
	])(
		'with %s pinned without links, the nodes after both outputs find their item in %s',
		async (pinned, source) => {
			const execution = await stage.run(workflow({ [pinned]: PINNED }, source));
			expect(execution.status).toBe('success');
			expect(resultsOf(execution)).toEqual([['a created', 'c created'], ['b rejected']]);
			expect(itemsOf(execution, 'Yes').map(({ json }) => json.row)).toEqual(['a', 'c']);
			expect(itemsOf(execution, 'No').map(({ json }) => json.row)).toEqual(['b']);
		},
	);

	it('rejects the pinned item without json', async () => {
		const execution = await stage.run(workflow({ Pass: [row('a'), ...PINNED] }, 'Pass'));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Perculus', 1)).toMatchObject([
			{ json: { rejection: { source: 'check' } }, pairedItem: { item: 0 } },
			{ json: { session: { session_reference: 'b' } }, pairedItem: { item: 2 } },
		]);
	});

	it('sends no request if the node itself is pinned', async () => {
		const pinned = [{ json: { outcome: 'created', session_reference: 'pinned' } }];
		const execution = await stage.run(workflow({ Perculus: pinned }, 'Perculus'));
		expect(resultsOf(execution)).toEqual([['pinned created'], []]);
		expect(stage.perculus.requests).toEqual([]);
	});

	it('ignores pinned data in production', async () => {
		const hook = { ...baseNode('Hook', 'webhook', 2), webhookId: 'perculus-e2e-pinned' };
		hook.parameters = { httpMethod: 'POST', path: hook.webhookId, responseMode: 'lastNode' };
		const pinData = { Perculus: [{ json: {} }], Rows: [{ json: row('pinned') }] };
		const stored = await stage.n8n.createWorkflow(workflow(pinData, 'Rows', hook));
		await stage.n8n.activateWorkflow(stored);
		const response = await fetch(`${stage.n8n.url}/webhook/${hook.webhookId}`, { method: 'POST' });
		expect(response.status).toBe(200);
		const [execution] = await stage.n8n.endedExecutionsOf(stored.id, 1);
		expect(execution && resultsOf(execution)).toEqual([['a created', 'c created'], ['b rejected']]);
	});

	it('sends nothing again when the next nodes are executed step by step', async () => {
		const stored = await stage.n8n.createWorkflow(workflow({}, 'Rows'));
		let { runData } = (await stage.n8n.runStep(stored, 'Perculus', {})).result;
		for (const [node, expected] of [
			['No', ['b']],
			['Yes', ['a', 'c']],
		] as const) {
			const execution = await stage.n8n.runStep(stored, node, runData);
			expect(itemsOf(execution, node).map(({ json }) => json.row)).toEqual(expected);
			({ runData } = execution.result);
		}
		expect(stage.perculus.batches()).toHaveLength(1);
	});
});
