import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { ZONE_NAMES, zoneName } from '../values/zones';

/**
 * The zones to choose from, the workflow's first. A method, so that no workflow stores the list. n8n asks it without
 * the workflow, whose zone therefore comes as a parameter that the editor evaluates.
 */
export async function getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const evaluated = this.getCurrentNodeParameter('workflowTimezone');
	const workflows =
		(typeof evaluated === 'string' ? zoneName(evaluated) : undefined) ?? this.getTimezone();
	return [
		{ name: `The Workflow's (${workflows})`, value: '' },
		// With spaces, so that who types "new york" finds it.
		...ZONE_NAMES.map((name) => ({ name: name.replaceAll('_', ' '), value: name })),
	];
}
