import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

/**
 * The least any client could do: the body built by hand from keys that are known, one POST, and the answer wrapped
 * in the order it came. No check, no pairing, no date. What the node costs beyond this is its price.
 */
export const floor: INodeType = {
	description: {
		displayName: 'Floor',
		name: 'floor',
		group: ['output'],
		version: 1,
		description: 'The least any client could do',
		defaults: { name: 'Floor' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		credentials: [{ name: 'perculusApi', required: true }],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const body = this.getInputData().map(({ json }) => ({
			name: json.name,
			start_date: `${String(json.start_date).replace(' ', 'T')}:00Z`,
			duration: json.duration,
			timezone: json.timezone,
			lang: json.lang,
		}));
		const { approved } = (await this.helpers.httpRequestWithAuthentication.call(
			this,
			'perculusApi',
			{
				method: 'POST',
				url: '/session/batch',
				body,
				json: true,
			},
		)) as { approved: IDataObject[] };
		return [approved.map((json, item) => ({ json, pairedItem: { item } })), []];
	},
};
