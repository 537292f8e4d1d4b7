import { connect } from './stage';

interface LoadedNode {
	name: string;
	displayName: string;
	outputs: Array<string | { displayName?: string }>;
	outputNames?: string[];
}

const outputNames = ({ outputs, outputNames: names }: LoadedNode) =>
	names ?? outputs.map((output) => (typeof output === 'string' ? output : output.displayName));

describe('the packed package in n8n', () => {
	it('offers the node with its two outputs, and its tool', async () => {
		const nodes = await (await connect()).loadedTypes<LoadedNode>('nodes');
		const ours = nodes.filter(({ name }) => name.startsWith('n8n-nodes-perculus.'));
		expect(ours.map(({ name }) => name).sort()).toEqual([
			'n8n-nodes-perculus.perculus',
			'n8n-nodes-perculus.perculusTool',
		]);
		const node = ours.find(({ name }) => name === 'n8n-nodes-perculus.perculus');
		expect(node?.displayName).toBe('Perculus');
		expect(node && outputNames(node)).toEqual(['Approved', 'Rejected']);
	});

	it('offers the credential, for that node', async () => {
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
