import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

/** The node also sends the attendees of so many sessions at a time. */
const AT_ONCE = 4;

/** An attendee where there is a session, or else a session. */
function bodyOf({ session_guid, ...json }: IDataObject): IDataObject {
	const { name, surname, email, role, duration, timezone, lang } = json;
	if (session_guid !== undefined) return { email, name, surname, role };
	const start_date = `${String(json.start_date).replace(' ', 'T')}:00Z`;
	return { name, start_date, duration, timezone, lang };
}

/**
 * The least any client could do: bodies built by hand from keys that are known, one POST for all sessions or for the
 * attendees of each, and the answers wrapped in the order they came. No check, no matching, no date. What the node
 * takes beyond this is its price.
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
		const items = this.getInputData();
		const requests = new Map<unknown, number[]>();
		items.forEach(({ json }, item) => {
			const known = requests.get(json.session_guid);
			if (known) known.push(item);
			else requests.set(json.session_guid, [item]);
		});
		const queue = [...requests];
		const out = new Array<{ json: IDataObject; pairedItem: { item: number } }>(items.length);
		const work = async () => {
			for (let next = queue.shift(); next; next = queue.shift()) {
				const [guid, indexes] = next;
				const url =
					guid === undefined ? '/session/batch' : `/session/${String(guid)}/attendee/batch`;
				const body = indexes.map((item) => bodyOf(items[item]?.json ?? {}));
				const { approved } = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'perculusApi',
					{ method: 'POST', url, body, json: true },
				)) as { approved: IDataObject[] };
				approved.forEach((json, i) => {
					const item = indexes[i] ?? 0;
					out[item] = { json, pairedItem: { item } };
				});
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		return [out, []];
	},
};
