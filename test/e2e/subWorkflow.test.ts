import type { StoredWorkflow } from '../n8n/client';
import type { WorkflowNode } from '../n8n/execution';
import { type Line, call, calledByAnother, connected, fields, merge, rows, start } from './nodes';
import { itemsOf, resultOf, resultsOf, row, rowStage, tooLate } from './rowStage';

const MODES = ['once', 'each'] as const;
const MERGED: Line[] = [
	['Perculus', 0, 'Merge', 0],
	['Perculus', 1, 'Merge', 1],
];

describe('The node in a sub-workflow in n8n', () => {
	const stage = rowStage();

	const createSub = async (
		more: WorkflowNode[] = [],
		lines: Line[] = [],
		settings: Record<string, unknown> = {},
	): Promise<StoredWorkflow> => {
		const nodes = [calledByAnother(), stage.perculusNode(), ...more];
		const workflow = connected('Sub-workflow', nodes, [['Called', 0, 'Perculus'], ...lines]);
		return await stage.n8n.createWorkflow({
			...workflow,
			settings: { ...workflow.settings, ...settings },
		});
	};

	/** A workflow that calls it with rows, and then reads the row of each returned item. */
	const parentOf = (caller: WorkflowNode, list: object[]) =>
		connected(
			'Parent',
			[
				start(),
				rows(list),
				caller,
				fields('Row', {
					row: "={{ $('Rows').item.json.session_reference }}",
					outcome: '={{ $json.outcome }}',
				}),
			],
			[
				['Start', 0, 'Rows'],
				['Rows', 0, 'Call'],
				['Call', 0, 'Row'],
			],
		);

	const LIST = [row('a'), tooLate('b'), row('c')];

	it.each(MODES)(
		'returns the items of both merged outputs, each linked to its row, when run %s',
		async (mode) => {
			const { id } = await createSub([merge()], MERGED);
			const execution = await stage.run(parentOf(call(id, mode), LIST));
			expect(execution.status).toBe('success');
			const seen = itemsOf(execution, 'Row').map(({ json }) => `${json.row} ${json.outcome}`);
			expect(seen.sort()).toEqual(['a created', 'b rejected', 'c created']);
			expect(stage.perculus.batches()).toHaveLength(mode === 'once' ? 1 : 3);
		},
	);

	it.each(MODES)(
		'returns only the Approved items if the node is the last one, when run %s',
		async (mode) => {
			const { id } = await createSub();
			const execution = await stage.run(parentOf(call(id, mode), LIST));
			expect(itemsOf(execution, 'Row').map(({ json }) => json)).toEqual([
				{ row: 'a', outcome: 'created' },
				{ row: 'c', outcome: 'created' },
			]);
		},
	);

	it('the nodes after both outputs find the row that the sub-workflow was called with', async () => {
		const asked = { row: "={{ $('Called').item.json.session_reference }}" };
		const { id } = await createSub(
			[fields('Yes', asked), fields('No', asked)],
			[
				['Perculus', 0, 'Yes'],
				['Perculus', 1, 'No'],
			],
		);
		await stage.run(parentOf(call(id, 'once'), LIST));
		const [execution] = await stage.n8n.endedExecutionsOf(id, 1);
		if (!execution) throw new Error('The sub-workflow did not run.');
		expect(itemsOf(execution, 'Yes').map(({ json }) => json.row)).toEqual(['a', 'c']);
		expect(itemsOf(execution, 'No').map(({ json }) => json.row)).toEqual(['b']);
	});

	it('six simultaneous runs with one reference create one session', async () => {
		stage.perculus.set({ latencyMs: 50, searchLag: 1 });
		const { id } = await createSub();
		const list = Array.from({ length: 6 }, (_, n) => row('same', { name: `Course ${n}` }));
		await stage.run(parentOf(call(id, 'each', { waitForSubWorkflow: false }), list));
		const results = (await stage.n8n.endedExecutionsOf(id, 6)).flatMap((one) => resultsOf(one));
		expect(results.flat().sort()).toEqual(['same created', ...Array(5).fill('same updated')]);
		expect(stage.perculus.sessions.size).toBe(1);
	});

	it('updates the session that its caller created with the same reference', async () => {
		const { id } = await createSub();
		const workflow = connected(
			'Parent',
			[start(), rows([row('a')]), stage.perculusNode(), call(id, 'once')],
			[
				['Start', 0, 'Rows'],
				['Rows', 0, 'Perculus'],
				['Perculus', 0, 'Call'],
			],
		);
		const execution = await stage.run(workflow);
		expect(resultsOf(execution)).toEqual([['a created'], []]);
		expect(itemsOf(execution, 'Call').map(resultOf)).toEqual(['a updated']);
		expect(stage.perculus.sessions.size).toBe(1);
	});

	it("uses the time zone of the sub-workflow instead of the caller's", async () => {
		const { id } = await createSub([], [], { timezone: 'Asia/Tokyo' });
		const parent = parentOf(call(id, 'once'), [row('a', { timezone: undefined })]);
		parent.settings.timezone = 'Europe/Istanbul';
		const [item] = itemsOf(await stage.run(parent), 'Call');
		expect(item?.json).toMatchObject({
			timezone: 'Asia/Tokyo',
			start_date: expect.stringMatching(/T14:00:00\+09:00$/),
		});
	});

	it.each(MODES)(
		'the caller shows the message that stopped the sub-workflow, when run %s',
		async (mode) => {
			stage.perculus.set({ secretKey: 'another one' });
			const { id } = await createSub();
			const execution = await stage.run(parentOf(call(id, mode), [row('a')]));
			expect(execution.status).toBe('error');
			const [stopped] = await stage.n8n.endedExecutionsOf(id, 1);
			expect(stopped?.result.error?.message).toContain('Access Key');
			expect(execution.result.error?.message).toBe(stopped?.result.error?.message);
		},
	);
});
