import { connect } from './stage';

interface LoadedNode {
	name: string;
	displayName: string;
	/** An expression that the editor evaluates for each node (see the tests of the editor). */
	outputs: string | string[];
}

describe('The packed package in n8n', () => {
	it('provides the node with outputs named by operation, its tool, and the trigger', async () => {
		const nodes = await (await connect()).loadedTypes<LoadedNode>('nodes');
		const ours = nodes.filter(({ name }) => name.startsWith('n8n-nodes-perculus.'));
		expect(ours.map(({ name }) => name).sort()).toEqual([
			'n8n-nodes-perculus.perculus',
			'n8n-nodes-perculus.perculusTool',
			'n8n-nodes-perculus.perculusTrigger',
		]);
		const node = ours.find(({ name }) => name === 'n8n-nodes-perculus.perculus');
		expect(node?.displayName).toBe('Perculus');
		expect(node?.outputs).toMatch(/^=\{\{ .*Approved.*Rejected.* \}\}$/);
		const tool = ours.find(({ name }) => name === 'n8n-nodes-perculus.perculusTool');
		expect(tool?.outputs).toEqual(['ai_tool']);
	});

	it('provides the credential for the node', async () => {
		const types = await (
			await connect()
		).loadedTypes<{ name: string; displayName: string; supportedNodes?: string[] }>('credentials');
		const ours = types.find(({ name }) => name === 'perculusApi');
		expect(ours).toMatchObject({
			displayName: 'Perculus API',
			supportedNodes: expect.arrayContaining(['n8n-nodes-perculus.perculus']),
		});
	});
});
