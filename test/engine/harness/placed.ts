import type { INode, INodeParameters, INodeType, INodeTypes } from 'n8n-workflow';

/** The node as it stands in a workflow. */
export const placed = (parameters: INodeParameters = {}): INode => ({
	id: '1',
	name: 'Perculus',
	type: 'perculus',
	typeVersion: 1,
	position: [0, 0],
	parameters,
	credentials: { perculusApi: { id: '1', name: 'Perculus API' } },
});

/** The types of an n8n that has one node alone. */
export const typesOf = (type: INodeType): INodeTypes => ({
	getByName: () => type,
	getByNameAndVersion: () => type,
	getKnownTypes: () => ({}),
});
