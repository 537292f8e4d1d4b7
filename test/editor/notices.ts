import { type INodeParameters, NodeHelpers } from 'n8n-workflow';
import { Perculus } from '../../nodes/Perculus/Perculus.node';

const { description } = new Perculus();

/**
 * The notices that the panel shows for these values of its parameters. Their words are the node's own; what the editor
 * decides is which of them a person sees.
 */
export function noticesFor(values: INodeParameters): string[] {
	return description.properties
		.filter(({ type }) => type === 'notice')
		.filter((property) => NodeHelpers.displayParameter(values, property, null, description))
		.map(({ displayName }) => displayName);
}
